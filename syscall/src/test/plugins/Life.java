import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jqemu.plugin.api.*;

/// Resets itself from an execution callback, works on with other callbacks, and uninstalls itself while 20 threads run.
/// Prints `ok NAME` for the C functions that did what they should.
public final class Life implements Plugin {
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger flushes = new AtomicInteger();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicBoolean wasReset = new AtomicBoolean();
    private final AtomicBoolean gone = new AtomicBoolean();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        for (boolean uninstall : new boolean[] {false, true}) {
            try {
                if (uninstall) {
                    context.uninstall(() -> {});
                } else {
                    context.reset(() -> {});
                }
                context.print("WRONG: allowed in install\n");
            } catch (IllegalStateException e) {
                context.print("ok in install: " + e.getMessage() + "\n");
            }
        }
        context.onFlush(flushes::incrementAndGet);
        context.onExit(() -> context.print("WRONG: exit after reset\n"));
        context.onTranslate(block -> block.onExecute(vcpu -> {
            if (wasReset.get()) {
                context.print("WRONG: execution after reset\n");
            }
            if (answers.incrementAndGet() == 5000) {
                context.reset(() -> afterReset(context));
            }
        }));
    }

    private void afterReset(PluginContext context) {
        context.print(answers.get() >= 5000 && flushes.get() == 1 ? "ok qemu_plugin_reset\n" : "WRONG reset\n");
        wasReset.set(true);
        context.onTranslate(block -> {
            block.onExecute(vcpu -> {
                if (gone.get()) {
                    context.print("WRONG: execution after uninstall\n");
                }
            });
            if ("thread".equals(block.instruction(0).symbol())) {
                block.onExecute(vcpu -> {
                    if (threads.incrementAndGet() == 15) {
                        context.uninstall(() -> afterUninstall(context));
                        context.uninstall(() -> context.print("WRONG: uninstalled twice\n"));
                    }
                });
            }
        });
        context.onExit(() -> context.print("WRONG: exit after uninstall\n"));
    }

    private void afterUninstall(PluginContext context) {
        gone.set(true);
        context.onExit(() -> context.print("WRONG: registered after uninstall\n"));
        context.print("ok qemu_plugin_uninstall\n");
    }
}
