package jqemu.plugin.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments of a plugin: the `name=value` pairs after its file name on the command line, in that order.
///
/// Where a name stands more than once, its last value counts; [#strings] gives all of them.
///
/// ```java
/// boolean inline = arguments.flag("inline", false);
/// int limit = arguments.integer("limit", 32);
/// String file = arguments.string("outfile", "bbv.out");
/// arguments.rejectUnknown();
/// context.print(file + " gets " + limit + " lines, inline: " + inline + "\n");
/// ```
public final class PluginArguments implements Iterable<PluginArguments.Argument> {
    private final List<Argument> arguments;

    /// What the plugin has asked for, with what is told about it; [#rejectUnknown] is about the rest.
    private final Map<String, String> known = Collections.synchronizedMap(new LinkedHashMap<>());

    private volatile boolean walked;

    private PluginArguments(List<Argument> arguments) {
        this.arguments = arguments;
    }

    /// One `name=value` pair.
    ///
    /// ```java
    /// for (PluginArguments.Argument argument : arguments) {
    ///     context.print(argument.name() + " is " + argument.value() + "\n");
    /// }
    /// ```
    ///
    /// @param name  what stands before the first `=`
    /// @param value what stands after it
    public record Argument(String name, String value) {
        /// The pair as on the command line.
        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    /// Makes arguments of strings. A string without `=` is a flag that is on.
    ///
    /// @param texts strings of the form `name=value`
    /// @return the arguments
    public static PluginArguments of(String... texts) {
        return of(List.of(texts));
    }

    /// Makes arguments of strings. A string without `=` is a flag that is on.
    ///
    /// @param texts strings of the form `name=value`
    /// @return the arguments
    public static PluginArguments of(List<String> texts) {
        List<Argument> parsed = new ArrayList<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            parsed.add(
                    equals < 0
                            ? new Argument(text, "on")
                            : new Argument(text.substring(0, equals), text.substring(equals + 1)));
        }
        return new PluginArguments(List.copyOf(parsed));
    }

    /// All arguments in order. Taking them makes all of them known: the caller sees to it that they are.
    @Override
    public Iterator<Argument> iterator() {
        walked = true;
        return arguments.iterator();
    }

    /// Reads a boolean: `on`, `yes`, `true`, `y` or `off`, `no`, `false`, `n`.
    ///
    /// @param name         the argument's name
    /// @param defaultValue the value when it is not given
    /// @return its value
    /// @throws PluginException when it is something else
    public boolean flag(String name, boolean defaultValue) {
        describe(name, "=on|off, otherwise " + (defaultValue ? "on" : "off"));
        String value = string(name);
        return value == null ? defaultValue : parseFlag(name, value);
    }

    /// Reads text.
    ///
    /// @param name the argument's name
    /// @return its value, or `null` when it is not given
    public @Nullable String string(String name) {
        List<String> values = strings(name);
        return values.isEmpty() ? null : values.getLast();
    }

    /// Reads text.
    ///
    /// @param name         the argument's name
    /// @param defaultValue the value when it is not given
    /// @return its value
    public String string(String name, String defaultValue) {
        describe(name, "=TEXT, otherwise " + defaultValue);
        String value = string(name);
        return value == null ? defaultValue : value;
    }

    /// Reads an argument that may be given several times.
    ///
    /// @param name the argument's name
    /// @return its values in order
    public List<String> strings(String name) {
        describe(name, "=TEXT");
        List<String> values = new ArrayList<>();
        for (Argument argument : arguments) {
            if (argument.name().equals(name)) {
                values.add(argument.value());
            }
        }
        return List.copyOf(values);
    }

    /// Reads an integer of 32 bits: decimal, hexadecimal after `0x`, octal after `0`.
    ///
    /// @param name         the argument's name
    /// @param defaultValue the value when it is not given
    /// @return its value
    /// @throws PluginException when it is no such number
    public int integer(String name, int defaultValue) {
        describe(name, "=NUMBER, otherwise " + defaultValue);
        String value = string(name);
        if (value == null) {
            return defaultValue;
        }
        try {
            return Integer.decode(value);
        } catch (NumberFormatException e) {
            throw notANumber(name, value, e);
        }
    }

    /// Reads a number of 64 bits: decimal, hexadecimal after `0x`, octal after `0`. Up to 2^64-1 is taken; read
    /// what is above 2^63-1 as unsigned.
    ///
    /// @param name         the argument's name
    /// @param defaultValue the value when it is not given
    /// @return its value
    /// @throws PluginException when it is no such number
    public long number(String name, long defaultValue) {
        describe(name, "=NUMBER, otherwise " + defaultValue);
        String value = string(name);
        if (value == null) {
            return defaultValue;
        }
        try {
            if (value.startsWith("-")) {
                return Long.decode(value);
            }
            if (value.startsWith("0x") || value.startsWith("0X")) {
                return Long.parseUnsignedLong(value, 2, value.length(), 16);
            }
            return Long.parseUnsignedLong(value, value.startsWith("0") ? 8 : 10);
        } catch (NumberFormatException e) {
            throw notANumber(name, value, e);
        }
    }

    /// Refuses arguments that no other method has asked for: call it after them.
    ///
    /// @throws PluginException that names the first such argument
    public void rejectUnknown() {
        for (Argument argument : arguments) {
            if (!walked && !known.containsKey(argument.name())) {
                throw unknown(argument);
            }
        }
    }

    /// Tells whether the user asked what arguments there are (`help` or `help=on`) and the plugin has no argument
    /// of this name: the emulator then prints [#usage].
    ///
    /// @return whether help is wanted
    public boolean isHelpWanted() {
        return !known.containsKey("help")
                && arguments.stream().anyMatch(argument -> argument.name().equals("help"));
    }

    /// Tells whether there are arguments that no method has asked for.
    ///
    /// @return whether [#rejectUnknown] would throw
    public boolean hasUnknown() {
        return !walked && arguments.stream().anyMatch(argument -> !known.containsKey(argument.name()));
    }

    /// What the plugin has asked for until now, for the user: names, kinds and default values.
    ///
    /// @return a line for each argument, empty when the plugin has none
    public String usage() {
        StringBuilder text = new StringBuilder();
        synchronized (known) {
            known.forEach((name, about) ->
                    text.append("  ").append(name).append(about).append("\n"));
        }
        return text.toString();
    }

    private void describe(String name, String about) {
        known.putIfAbsent(name, about);
    }

    /// The exception for an argument that a plugin does not know, for plugins that walk through all of them.
    ///
    /// @param argument the argument
    /// @return the exception, to be thrown
    public static PluginException unknown(Argument argument) {
        return new PluginException("option parsing failed: " + argument);
    }

    /// Reads the value of a boolean argument: `on`, `yes`, `true`, `y` or `off`, `no`, `false`, `n`, in small
    /// letters. Mirrors `qemu_plugin_bool_parse`.
    ///
    /// @param name  the argument's name, for the message
    /// @param value its value
    /// @return the boolean
    /// @throws PluginException when the value is something else
    public static boolean parseFlag(String name, String value) {
        return switch (value) {
            case "on", "yes", "true", "y" -> true;
            case "off", "no", "false", "n" -> false;
            default -> throw new PluginException("boolean argument parsing failed: " + name + "=" + value);
        };
    }

    private static PluginException notANumber(String name, String value, NumberFormatException cause) {
        return new PluginException("number argument parsing failed: " + name + "=" + value, cause);
    }
}
