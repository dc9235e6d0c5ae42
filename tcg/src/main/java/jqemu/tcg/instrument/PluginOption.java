package jqemu.tcg.instrument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jqemu.plugin.api.PluginException;
import org.jspecify.annotations.Nullable;

/// One plugin that the command line asks for: `-plugin [file=]PATH[,name=value]...`.
///
/// @param path      the plugin's file or name, as it was given
/// @param arguments strings of the form `name=value`, in order
public record PluginOption(String path, List<String> arguments) {
    /// Keeps a copy of the arguments.
    public PluginOption {
        arguments = List.copyOf(arguments);
    }

    /// Reads `-plugin` options by the rules of QEMU's option parser (`qemu_opts_parse`, `plugin_add`).
    ///
    /// - Elements are separated by commas; a comma that belongs to a value is doubled.
    /// - A first element without `=` is the path.
    /// - A later bare word is a flag: `foo` becomes `foo=on`, `nofoo` becomes `foo=off`, both with a warning;
    ///   `help` becomes `help=on` without one.
    /// - `arg=foo` is the old form of `foo`, `arg=a=b` of `a=b`; both are warned about. `arg=on` is an argument.
    /// - `id=...` belongs to the option parser and is dropped.
    /// - The same path given again means the same plugin: the arguments are appended.
    ///
    /// The result depends on order: add the value of `QEMU_PLUGIN` first, then the options from left to right.
    public static final class Parser {
        private final Map<String, List<String>> plugins = new LinkedHashMap<>();
        private final List<String> warnings = new ArrayList<>();
        private boolean helpWanted;

        /// Makes a parser that has read nothing.
        public Parser() {}

        /// Reads one option's value.
        ///
        /// @param text the text after `-plugin`; an empty one is nothing
        /// @return this parser
        /// @throws PluginException when there is an argument without a plugin before it, or an empty path
        public Parser add(String text) {
            int position = 0;
            String path = null;
            while (position < text.length()) {
                int end = endOfName(text, position);
                String name;
                String value;
                if (end < text.length() && text.charAt(end) == '=') {
                    name = text.substring(position, end);
                    position = endOfValue(text, end + 1);
                    value = unescape(text.substring(end + 1, position));
                } else if (position == 0) {
                    name = "file";
                    position = endOfValue(text, 0);
                    value = unescape(text.substring(0, position));
                } else {
                    String flag = text.substring(position, end);
                    position = end;
                    boolean negated = flag.startsWith("no");
                    name = negated ? flag.substring(2) : flag;
                    value = negated ? "off" : "on";
                    if (!isHelp(flag)) {
                        warn("short-form boolean option '" + flag + "' deprecated", name + "=" + value + "' instead");
                    }
                }
                position++;
                if (name.equals("file")) {
                    path = openPlugin(value);
                } else if (!name.equals("id")) {
                    addArgument(path, name, value);
                }
            }
            return this;
        }

        /// The plugins in order of first mention.
        ///
        /// @return one option for each path
        public List<PluginOption> plugins() {
            List<PluginOption> options = new ArrayList<>();
            plugins.forEach((path, arguments) -> options.add(new PluginOption(path, arguments)));
            return List.copyOf(options);
        }

        /// What QEMU warns the user about.
        ///
        /// @return one line each, without the program's name
        public List<String> warnings() {
            return List.copyOf(warnings);
        }

        /// Tells whether a value was `help` or `?`: the caller prints [PluginOption#USAGE] and exits with
        /// status 0.
        ///
        /// @return whether the user wants to know how to write the option
        public boolean isHelpWanted() {
            return helpWanted;
        }

        private String openPlugin(String path) {
            if (path.isEmpty()) {
                throw new PluginException("-plugin: file= needs a path");
            }
            helpWanted |= isHelp(path);
            plugins.computeIfAbsent(path, key -> new ArrayList<>());
            return path;
        }

        private void addArgument(@Nullable String path, String name, String value) {
            helpWanted |= isHelp(value);
            List<String> arguments = path == null ? null : plugins.get(path);
            if (arguments == null) {
                throw new PluginException("-plugin: " + name + "=" + value + " stands before the plugin's file");
            }
            if (name.equals("arg") && !isBoolean(value)) {
                String argument = value.indexOf('=') < 0 ? value + "=on" : value;
                warn("using 'arg=" + value + "' is deprecated", argument + "' directly");
                arguments.add(argument);
            } else {
                arguments.add(name + "=" + value);
            }
        }

        private void warn(String what, String instead) {
            warnings.add("warning: " + what + ", write '" + instead);
        }

        private static boolean isBoolean(String value) {
            return switch (value) {
                case "on", "yes", "true", "y", "off", "no", "false", "n" -> true;
                default -> false;
            };
        }

        private static boolean isHelp(String text) {
            return text.equals("help") || text.equals("?");
        }

        private static int endOfName(String text, int start) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '=' && text.charAt(end) != ',') {
                end++;
            }
            return end;
        }

        /// The position of the comma that ends a value, or the text's end.
        private static int endOfValue(String text, int start) {
            int end = start;
            while (end < text.length()) {
                if (text.charAt(end) == ',') {
                    if (!text.startsWith(",,", end)) {
                        return end;
                    }
                    end++;
                }
                end++;
            }
            return end;
        }

        private static String unescape(String value) {
            return value.replace(",,", ",");
        }
    }

    /// What `-plugin help` prints.
    public static final String USAGE = """
            Plugin options
              file=PATH            the plugin's jar or .java file, or the name of a shipped one; `file=` may be left out
              NAME=VALUE           an argument of the plugin; write a comma in it twice
              help=on              lists the plugin's arguments
            """;
}
