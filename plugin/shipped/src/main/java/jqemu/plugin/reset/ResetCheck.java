package jqemu.plugin.reset;

import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;

/// Resets itself at the first block, uninstalls itself at the first block after that, and checks that each step comes
/// when it should. QEMU's test plugin `reset`.
///
/// QEMU's prints `plugin exit` when its library is unloaded; a class has no such moment, so that line is the last thing
/// that this one does in the callback of its removal.
public final class ResetCheck implements Plugin {
    private enum Stage {
        INSTALLED,
        RESET,
        UNINSTALLED
    }

    private volatile Stage stage = Stage.INSTALLED;

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        arguments.rejectUnknown();
        context.onTranslate(block -> {
            expect(Stage.INSTALLED);
            block.onExecute(vcpu -> {
                expect(Stage.INSTALLED);
                context.reset(() -> wasReset(context));
            });
        });
    }

    private void wasReset(PluginContext context) {
        expect(Stage.INSTALLED);
        stage = Stage.RESET;
        context.print("reset done\n");
        context.onTranslate(block -> {
            expect(Stage.RESET);
            block.onExecute(vcpu -> {
                expect(Stage.RESET);
                context.uninstall(() -> wasUninstalled(context));
            });
        });
    }

    private void wasUninstalled(PluginContext context) {
        expect(Stage.RESET);
        stage = Stage.UNINSTALLED;
        context.print("uninstall done\n");
        context.print("plugin exit\n");
    }

    private void expect(Stage expected) {
        if (stage != expected) {
            throw new PluginException("called when " + stage + " instead of " + expected);
        }
    }
}
