package jqemu.tcg.instrument;

import java.util.function.Consumer;
import jqemu.plugin.api.PluginException;
import jqemu.tcg.ir.IrBlock;
import org.jspecify.annotations.Nullable;

/// All plugins of a process: hands events to them and puts what they ask for into the code.
///
/// The plugin that was loaded last is called first, as in QEMU. Without plugins every method returns at once.
public final class Instrumentation {
    private final Consumer<String> log;
    private final IrBlock injected = new IrBlock();

    /// The last loaded one first.
    private InstalledPlugin[] plugins = {};

    private @Nullable ProgramFacts program;
    private int vcpuCount;

    /// No plugin yet.
    ///
    /// @param log takes what plugins print
    public Instrumentation(Consumer<String> log) {
        this.log = log;
    }

    /// Installs a loaded plugin.
    ///
    /// @throws PluginException with a message for the user when the plugin refuses
    public void install(PluginLoader.LoadedPlugin loaded) {
        InstalledPlugin installed = new InstalledPlugin(loaded.name(), this);
        try {
            loaded.plugin().install(installed, loaded.arguments());
        } catch (PluginException e) {
            throw new PluginException("plugin " + loaded.name() + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            throw new PluginFailure(loaded.name(), "install", 0, e);
        }
        InstalledPlugin[] all = new InstalledPlugin[plugins.length + 1];
        all[0] = installed;
        System.arraycopy(plugins, 0, all, 1, plugins.length);
        plugins = all;
    }

    /// Tells what is known of the guest program, when it is loaded.
    public void setProgram(ProgramFacts facts) {
        program = facts;
    }

    ProgramFacts program() {
        ProgramFacts facts = program;
        if (facts == null) {
            throw new IllegalStateException("the guest program is not loaded yet");
        }
        return facts;
    }

    void print(String text) {
        log.accept(text);
    }

    /// Whether there is any plugin.
    public boolean isActive() {
        return plugins.length > 0;
    }

    /// The highest vCPU index ever in use plus 1.
    public int vcpuCount() {
        return vcpuCount;
    }

    // ---- events

    /// Lets plugins instrument a block that was just translated: `ir` becomes the instrumented block.
    ///
    /// @param pc the block's address
    public void apply(IrBlock ir, long pc) {
        if (plugins.length == 0) {
            return;
        }
        TranslatedBlock block = new TranslatedBlock(pc, ir, program());
        for (InstalledPlugin plugin : plugins) {
            plugin.translated(block);
        }
        injected.clear();
        new PluginInjection(ir, injected, block).run();
        ir.copyFrom(injected);
    }

    /// Makes room for vCPUs in every scoreboard; no vCPU may run meanwhile.
    public void reserveVcpus(int count) {
        vcpuCount = Math.max(vcpuCount, count);
        for (InstalledPlugin plugin : plugins) {
            plugin.ensureCapacity(vcpuCount);
        }
    }

    /// A vCPU starts, on its own thread, before its first block is translated; [#reserveVcpus] made room for it.
    public void vcpuStarted(int index) {
        for (InstalledPlugin plugin : plugins) {
            plugin.vcpuStarted(index);
        }
    }

    /// A vCPU ends while others remain, on its own thread.
    public void vcpuEnded(int index) {
        for (InstalledPlugin plugin : plugins) {
            plugin.vcpuEnded(index);
        }
    }

    /// All translations were dropped.
    public void flushed() {
        for (InstalledPlugin plugin : plugins) {
            plugin.flushed();
        }
    }

    /// The process ends: every callback but those of the end is forgotten, then those run.
    public void processExits() {
        InstalledPlugin[] all = plugins;
        plugins = new InstalledPlugin[0];
        for (InstalledPlugin plugin : all) {
            plugin.disable();
        }
        for (InstalledPlugin plugin : all) {
            plugin.exited();
        }
    }
}
