package jqemu.syscall.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
                instrumentation.install(loader.load(option));
            }
        } catch (PluginException | PluginFailure e) {
            throw EarlyExit.mistake(String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }
}
