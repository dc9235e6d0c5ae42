package jqemu.plugin.empty;

import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;

/// Is called for every block and does nothing: what instrumentation costs at least. QEMU's `empty`.
public final class Empty implements Plugin {
    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        arguments.rejectUnknown();
        context.onTranslate(block -> {});
    }
}
