package jqemu.plugin.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jqemu.plugin.api.Discontinuity;
import jqemu.plugin.api.DiscontinuityCallback;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
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
import org.jspecify.annotations.Nullable;

/// Stands in for the emulator in the tests of plugins: a test translates and executes blocks by hand.
public final class FakeGuest implements PluginContext {
    private final StringBuilder output = new StringBuilder();
    private @Nullable TranslateCallback translate;
    private @Nullable VcpuCallback idle;
    private @Nullable Runnable exit;
    private int vcpus = 1;

    /// Installs a plugin in a new guest.
    public static FakeGuest with(Plugin plugin, String... arguments) {
        if (plugin.apiVersion() != PluginApi.VERSION) {
            throw new AssertionError("API version " + plugin.apiVersion());
        }
        FakeGuest guest = new FakeGuest();
        plugin.install(guest, PluginArguments.of(arguments));
        return guest;
    }

    /// Translates a block of instructions that are 4 bytes apart.
    ///
    /// @param address the address of the first
    /// @param texts   their disassembly
    public FakeBlock translate(long address, String... texts) {
        List<FakeInstruction> instructions = new ArrayList<>();
        for (String text : texts) {
            instructions.add(new FakeInstruction(address + 4L * instructions.size(), text));
        }
        FakeBlock block = new FakeBlock(instructions);
        if (translate != null) {
            translate.translate(block);
        }
        return block;
    }

    /// Starts further vCPUs.
    public void setVcpuCount(int count) {
        vcpus = count;
    }

    /// Lets a vCPU go idle.
    public void idle(int vcpu) {
        if (idle != null) {
            idle.run(vcpu);
        }
    }

    /// Ends the run and gives all output so far.
    public String exit() {
        if (exit != null) {
            exit.run();
        }
        return output();
    }

    /// All output so far.
    public String output() {
        return output.toString();
    }

    @Override
    public boolean isForkChild() {
        return false;
    }

    @Override
    public TargetInfo target() {
        throw new UnsupportedOperationException("not faked");
    }

    @Override
    public Scoreboard newScoreboard(int cells) {
        return new Scoreboard(cells);
    }

    @Override
    public void onTranslate(@Nullable TranslateCallback callback) {
        translate = callback;
    }

    @Override
    public void onVcpuInit(@Nullable VcpuCallback callback) {}

    @Override
    public void onVcpuExit(@Nullable VcpuCallback callback) {}

    @Override
    public void onVcpuIdle(@Nullable VcpuCallback callback) {
        idle = callback;
    }

    @Override
    public void onFlush(@Nullable Runnable callback) {}

    @Override
    public void onExit(@Nullable Runnable callback) {
        exit = callback;
    }

    @Override
    public int vcpuCount() {
        return vcpus;
    }

    @Override
    public void print(String text) {
        output.append(text);
    }

    @Override
    public @Nullable String pathToBinary() {
        return "./prog";
    }

    @Override
    public long startCode() {
        return 0x400000;
    }

    @Override
    public long endCode() {
        return 0x410000;
    }

    @Override
    public long entryCode() {
        return 0x400100;
    }

    @Override
    public void onVcpuResume(@Nullable VcpuCallback callback) {}

    @Override
    public void onSystemCall(@Nullable SystemCallCallback callback) {}

    @Override
    public void onSystemCallReturn(@Nullable SystemCallReturnCallback callback) {}

    @Override
    public void filterSystemCalls(@Nullable SystemCallFilter filter) {}

    @Override
    public void onDiscontinuity(Set<Discontinuity> types, @Nullable DiscontinuityCallback callback) {}

    @Override
    public void freeScoreboard(Scoreboard scoreboard) {}

    @Override
    public void reset(Runnable done) {
        throw new UnsupportedOperationException("not faked");
    }

    @Override
    public void uninstall(Runnable done) {
        throw new UnsupportedOperationException("not faked");
    }

    @Override
    public List<Register> registers() {
        throw new UnsupportedOperationException("not faked");
    }

    @Override
    public void setPc(int vcpu, long address) {
        throw new UnsupportedOperationException("not faked");
    }

    @Override
    public byte @Nullable [] readMemory(long address, int length) {
        throw new UnsupportedOperationException("not faked");
    }

    @Override
    public boolean writeMemory(long address, byte[] bytes) {
        throw new UnsupportedOperationException("not faked");
    }

    @Override
    public void forEachVcpu(VcpuCallback callback) {
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            callback.run(vcpu);
        }
    }

    @Override
    public @Nullable Register register(String name) {
        return null;
    }

    @Override
    public @Nullable TimeControl requestTimeControl() {
        return null;
    }
}
