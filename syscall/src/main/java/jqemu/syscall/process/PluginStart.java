package jqemu.syscall.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginException;
import jqemu.syscall.launcher.EarlyExit;
import jqemu.syscall.launcher.Options;
import jqemu.tcg.instrument.Instrumentation;
import jqemu.tcg.instrument.PluginFailure;
import jqemu.tcg.instrument.PluginLoader;
import jqemu.tcg.instrument.PluginOption;

/// Loads and installs the plugins of the command line; only reached when there are any.
final class PluginStart {
    private PluginStart() {}

    /// Installs every plugin that `options` names.
    ///
    /// @throws EarlyExit with one line when one cannot be loaded or refuses
    static void install(Instrumentation instrumentation, Options options) throws EarlyExit {
        try {
            PluginOption.Parser parser = new PluginOption.Parser();
            for (byte[] text : options.plugins()) {
                parser.add(new String(text, StandardCharsets.UTF_8));
            }
            parser.warnings().forEach(System.err::println);
            if (parser.isHelpWanted()) {
                throw EarlyExit.answer(PluginOption.USAGE, 0);
            }
            PluginLoader loader = new PluginLoader(Path.of(System.getProperty("jqemu.home", "."), "plugins"));
            for (PluginOption option : parser.plugins()) {
                install(instrumentation, loader.load(option));
            }
        } catch (PluginException e) {
            throw EarlyExit.mistake(String.valueOf(e.getMessage())); // may have javac's messages below
        } catch (PluginFailure e) {
            throw EarlyExit.mistake(oneLine(e));
        }
    }

    /// Installs one plugin; tells of its arguments when the user asks for that or gives others.
    private static void install(Instrumentation instrumentation, PluginLoader.LoadedPlugin plugin) throws EarlyExit {
        PluginArguments arguments = plugin.arguments();
        try {
            instrumentation.install(plugin);
        } catch (PluginException e) {
            if (arguments.isHelpWanted()) {
                throw help(plugin);
            }
            String mistake = oneLine(e);
            throw EarlyExit.mistake(arguments.hasUnknown() ? mistake + "\n" + about(plugin) : mistake);
        }
        if (arguments.isHelpWanted()) {
            throw help(plugin);
        }
    }

    private static EarlyExit help(PluginLoader.LoadedPlugin plugin) {
        return EarlyExit.answer(about(plugin), 0);
    }

    private static String about(PluginLoader.LoadedPlugin plugin) {
        String usage = plugin.arguments().usage();
        return usage.isEmpty()
                ? "plugin " + plugin.name() + " has no arguments"
                : ("arguments of plugin " + plugin.name() + ":\n" + usage).stripTrailing();
    }

    private static String oneLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).replace('\n', ' ');
    }
}
