package jqemu.tcg.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import jqemu.plugin.api.Discontinuity;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.Register;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.SystemCall;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.ir.IrBlock;
import org.jspecify.annotations.Nullable;

/// All plugins of a process: hands events to them and puts what they ask for into the code.
///
/// The plugin that was loaded last is called first, as in QEMU. Without plugins every method returns at once.
public final class Instrumentation {
    private final Consumer<String> log;
    private final IrBlock injected = new IrBlock();

    /// The last loaded one first.
    private volatile InstalledPlugin[] plugins = {};

    private final VcpuTable vcpus = new VcpuTable();
    private final List<Register> registers = new ArrayList<>();
    private final Queue<Departure> departures = new ConcurrentLinkedQueue<>();
    private @Nullable ProgramFacts program;
    private int vcpuCount;
    private boolean forkChild;

    /// There are or were plugins, so that code is translated with marks for them.
    private boolean instrumented;

    /// No plugin yet.
    ///
    /// @param log takes what plugins print
    public Instrumentation(Consumer<String> log) {
        this.log = log;
    }

    /// A plugin's wish to lose its callbacks, or to go for good.
    record Departure(InstalledPlugin plugin, boolean removes, Runnable done) {}

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
        installed.installed();
        instrumented = true;
        InstalledPlugin[] all = new InstalledPlugin[plugins.length + 1];
        all[0] = installed;
        System.arraycopy(plugins, 0, all, 1, plugins.length);
        plugins = all;
    }

    /// Says, before plugins are installed, that the process was forked by a guest.
    public void setForkChild() {
        forkChild = true;
    }

    boolean isForkChild() {
        return forkChild;
    }

    /// The scoreboards that a forked child has too, of all plugins, in an order that is the same there.
    public List<Scoreboard> lastingScoreboards() {
        return Arrays.stream(plugins)
                .flatMap(plugin -> plugin.lastingScoreboards().stream())
                .toList();
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

    VcpuTable vcpus() {
        return vcpus;
    }

    /// All registers; made when a plugin first asks.
    List<Register> registers() {
        synchronized (registers) {
            if (registers.isEmpty()) {
                registers.addAll(GuestRegister.all(vcpus));
            }
            return List.copyOf(registers);
        }
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
        if (!instrumented) {
            return;
        }
        TranslatedBlock block = new TranslatedBlock(pc, ir, program());
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.translated(plugin, block);
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
    public void vcpuStarted(CpuState env) {
        vcpus.add(env);
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.vcpu(plugin, "vCPU start callback", plugin.callbacks().vcpuInit, env, Access.WRITE);
        }
    }

    /// A vCPU goes on with other registers: those of a child that is executed on its parent's thread, or the
    /// parent's.
    public void vcpuIs(CpuState env) {
        if (isActive()) {
            vcpus.add(env);
        }
    }

    /// A vCPU ends while others remain, on its own thread.
    public void vcpuEnded(CpuState env) {
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.vcpu(plugin, "vCPU exit callback", plugin.callbacks().vcpuExit, env, Access.READ);
        }
        vcpus.remove(env);
    }

    /// A vCPU's thread is about to make a system call of the host that may block.
    public void vcpuIdle(CpuState env) {
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.vcpu(plugin, "vCPU idle callback", plugin.callbacks().vcpuIdle, env, Access.READ);
        }
    }

    /// A vCPU's thread goes on after [#vcpuIdle].
    public void vcpuResumed(CpuState env) {
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.vcpu(plugin, "vCPU resume callback", plugin.callbacks().vcpuResume, env, Access.READ);
        }
    }

    /// Whether a plugin wants to hear of idle vCPUs.
    public boolean watchesIdle() {
        for (InstalledPlugin plugin : plugins) {
            if (plugin.callbacks().vcpuIdle != null || plugin.callbacks().vcpuResume != null) {
                return true;
            }
        }
        return false;
    }

    /// Whether a plugin wants to hear of system calls.
    public boolean watchesSystemCalls() {
        for (InstalledPlugin plugin : plugins) {
            if (plugin.callbacks().watchesSystemCalls()) {
                return true;
            }
        }
        return false;
    }

    /// A system call is about to be served.
    ///
    /// @return what a plugin wants as its result instead
    public OptionalLong systemCall(CpuState env, SystemCall call) {
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.systemCall(plugin, env, call);
        }
        for (InstalledPlugin plugin : plugins) {
            OptionalLong result = PluginCalls.filter(plugin, env, call);
            if (result.isPresent()) {
                return result;
            }
        }
        return OptionalLong.empty();
    }

    /// A system call was served; its result is in `x0`.
    public void systemCallReturned(CpuState env, long number, long result) {
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.systemCallReturned(plugin, env, number, result);
        }
    }

    /// The guest goes on at `to`, where its instructions at `from` did not lead.
    public void discontinued(CpuState env, Discontinuity type, long from, long to) {
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.discontinued(plugin, env, type, from, to);
        }
    }

    /// All translations were dropped.
    public void flushed() {
        for (InstalledPlugin plugin : plugins) {
            PluginCalls.plain(plugin, "flush callback", plugin.callbacks().flush);
        }
    }

    // ---- plugins that go

    void request(Departure departure) {
        departures.add(departure);
        program().requestSafePoint();
    }

    /// Whether [#depart] has something to do.
    public boolean hasDepartures() {
        return !departures.isEmpty();
    }

    /// Resets and removes the plugins that asked for it; no vCPU may run.
    ///
    /// @param dropTranslations drops all translations
    public void depart(Runnable dropTranslations) {
        for (Departure departure = departures.poll(); departure != null; departure = departures.poll()) {
            InstalledPlugin plugin = departure.plugin;
            if (plugin.isRemoved()) {
                continue;
            }
            dropTranslations.run();
            flushed();
            plugin.forget();
            if (departure.removes) {
                plugin.remove();
                remove(plugin);
            }
            PluginCalls.plain(plugin, departure.removes ? "uninstall callback" : "reset callback", departure.done);
        }
    }

    private void remove(InstalledPlugin gone) {
        List<InstalledPlugin> others = new ArrayList<>(List.of(plugins));
        others.remove(gone);
        plugins = others.toArray(new InstalledPlugin[0]);
    }

    /// The process ends: every callback but those of the end is forgotten, then those run.
    public void processExits() {
        InstalledPlugin[] all = plugins;
        plugins = new InstalledPlugin[0];
        for (InstalledPlugin plugin : all) {
            plugin.forgetAllButExit();
        }
        for (InstalledPlugin plugin : all) {
            PluginCalls.plain(plugin, "exit callback", plugin.callbacks().exit);
        }
    }
}
