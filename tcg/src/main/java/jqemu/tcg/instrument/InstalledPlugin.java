package jqemu.tcg.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jqemu.loader.memory.GuestFault;
import jqemu.plugin.api.Discontinuity;
import jqemu.plugin.api.DiscontinuityCallback;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Register;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.SystemCallCallback;
import jqemu.plugin.api.SystemCallFilter;
import jqemu.plugin.api.SystemCallReturnCallback;
import jqemu.plugin.api.TargetInfo;
import jqemu.plugin.api.TimeControl;
import jqemu.plugin.api.TranslateCallback;
import jqemu.plugin.api.VcpuCallback;
import jqemu.tcg.cpu.CpuState;
import org.jspecify.annotations.Nullable;

/// What one plugin can do: its scoreboards, and the callbacks that it has now. Its events come from
/// [Instrumentation] through [PluginCalls].
final class InstalledPlugin implements PluginContext {
    private static final TargetInfo TARGET = new Target();

    private final String name;
    private final Instrumentation instrumentation;
    private final List<Scoreboard> scoreboards = new ArrayList<>();
    private final List<Scoreboard> lasting = new ArrayList<>();
    private volatile Callbacks callbacks = new Callbacks();
    private volatile boolean installing = true;
    private volatile boolean removed;

    InstalledPlugin(String name, Instrumentation instrumentation) {
        this.name = name;
        this.instrumentation = instrumentation;
    }

    private record Target() implements TargetInfo {
        @Override
        public String name() {
            return "aarch64";
        }

        @Override
        public int minApiVersion() {
            return PluginApi.MIN_VERSION;
        }

        @Override
        public int apiVersion() {
            return PluginApi.VERSION;
        }

        @Override
        public boolean isSystemEmulation() {
            return false;
        }
    }

    String name() {
        return name;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    void installed() {
        installing = false;
        lasting.addAll(scoreboards);
    }

    /// The scoreboards that were made in `install`, in their order: a forked child's plugin makes the same.
    synchronized List<Scoreboard> lastingScoreboards() {
        return List.copyOf(lasting);
    }

    /// Forgets every callback.
    void forget() {
        callbacks = new Callbacks();
    }

    /// Forgets every callback but the one of the end.
    void forgetAllButExit() {
        Callbacks last = new Callbacks();
        last.exit = callbacks.exit;
        callbacks = last;
    }

    /// What is registered from now on is ignored.
    void remove() {
        removed = true;
    }

    boolean isRemoved() {
        return removed;
    }

    /// Makes room for a vCPU in every scoreboard; no vCPU may run.
    synchronized void ensureCapacity(int vcpus) {
        scoreboards.forEach(scoreboard -> scoreboard.ensureCapacity(vcpus));
    }

    /// Where registrations go: nowhere once the plugin is removed.
    private Callbacks registrations() {
        return removed ? new Callbacks() : callbacks;
    }

    // ---- life

    @Override
    public void reset(Runnable done) {
        request("reset", false, done);
    }

    @Override
    public void uninstall(Runnable done) {
        request("uninstall", true, done);
    }

    private void request(String what, boolean removes, Runnable done) {
        if (installing) {
            throw new IllegalStateException(what + " is called from install");
        }
        instrumentation.request(new Instrumentation.Departure(this, removes, done));
    }

    // ---- what it asks for

    @Override
    public TargetInfo target() {
        return TARGET;
    }

    @Override
    public boolean isForkChild() {
        return instrumentation.isForkChild();
    }

    @Override
    public synchronized Scoreboard newScoreboard(int cells) {
        Scoreboard scoreboard = new Scoreboard(cells);
        scoreboard.ensureCapacity(instrumentation.vcpuCount());
        scoreboards.add(scoreboard);
        return scoreboard;
    }

    @Override
    public synchronized void freeScoreboard(Scoreboard scoreboard) {
        scoreboards.remove(scoreboard);
    }

    @Override
    public void onTranslate(@Nullable TranslateCallback callback) {
        registrations().translate = callback;
    }

    @Override
    public void onVcpuInit(@Nullable VcpuCallback callback) {
        registrations().vcpuInit = callback;
    }

    @Override
    public void onVcpuExit(@Nullable VcpuCallback callback) {
        registrations().vcpuExit = callback;
    }

    @Override
    public void onVcpuIdle(@Nullable VcpuCallback callback) {
        registrations().vcpuIdle = callback;
    }

    @Override
    public void onVcpuResume(@Nullable VcpuCallback callback) {
        registrations().vcpuResume = callback;
    }

    @Override
    public void onSystemCall(@Nullable SystemCallCallback callback) {
        registrations().systemCall = callback;
    }

    @Override
    public void onSystemCallReturn(@Nullable SystemCallReturnCallback callback) {
        registrations().systemCallReturn = callback;
    }

    @Override
    public void filterSystemCalls(@Nullable SystemCallFilter filter) {
        registrations().filter = filter;
    }

    @Override
    public void onDiscontinuity(Set<Discontinuity> types, @Nullable DiscontinuityCallback callback) {
        registrations().discontinuities =
                callback == null ? null : new Callbacks.Discontinuities(Set.copyOf(types), callback);
    }

    @Override
    public void onFlush(@Nullable Runnable callback) {
        registrations().flush = callback;
    }

    @Override
    public void onExit(@Nullable Runnable callback) {
        registrations().exit = callback;
    }

    // ---- the guest's state

    @Override
    public void forEachVcpu(VcpuCallback callback) {
        for (int vcpu : instrumentation.vcpus().indexes()) {
            callback.run(vcpu);
        }
    }

    @Override
    public List<Register> registers() {
        return instrumentation.registers();
    }

    @Override
    public @Nullable Register register(String wanted) {
        String real = wanted.equals("nzcv") ? "cpsr" : wanted;
        for (Register register : instrumentation.registers()) {
            if (register.name().equals(real)) {
                return register;
            }
        }
        return null;
    }

    @Override
    public void setPc(int vcpu, long address) {
        CpuState env = instrumentation.vcpus().get(vcpu);
        if (env.pluginAccess() != Access.JUMP) {
            throw new IllegalStateException("setPc is called by a callback that may not go on elsewhere");
        }
        if (address % Integer.BYTES != 0) {
            throw new IllegalArgumentException("setPc to 0x" + Long.toHexString(address) + ", no multiple of 4");
        }
        throw new PluginJump(address);
    }

    @Override
    public byte @Nullable [] readMemory(long address, int length) {
        try {
            return instrumentation.program().memory().read(address, length);
        } catch (GuestFault fault) {
            return null;
        }
    }

    @Override
    public boolean writeMemory(long address, byte[] bytes) {
        try {
            instrumentation.program().memory().write(address, bytes);
            return true;
        } catch (GuestFault fault) {
            return false;
        }
    }

    // ---- facts and output

    @Override
    public @Nullable TimeControl requestTimeControl() {
        return null;
    }

    @Override
    public int vcpuCount() {
        return instrumentation.vcpuCount();
    }

    @Override
    public void print(String text) {
        instrumentation.print(text);
    }

    @Override
    public String pathToBinary() {
        return instrumentation.program().pathToBinary();
    }

    @Override
    public long startCode() {
        return instrumentation.program().startCode();
    }

    @Override
    public long endCode() {
        return instrumentation.program().endCode();
    }

    @Override
    public long entryCode() {
        return instrumentation.program().entryCode();
    }
}
