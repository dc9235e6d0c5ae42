package jqemu.plugin.testing;

import java.util.ArrayList;
import java.util.List;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.MemoryCallback;
import jqemu.plugin.api.MemoryInfo;
import jqemu.plugin.api.MemoryValueCallback;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.VcpuCallback;
import org.jspecify.annotations.Nullable;

/// An instruction that remembers what a plugin asked for, and does it.
public final class FakeInstruction implements Instruction {
    private final long address;
    private final String disassembly;
    private final List<VcpuCallback> actions = new ArrayList<>();
    private final List<MemoryValueCallback> memoryActions = new ArrayList<>();

    FakeInstruction(long address, String disassembly) {
        this.address = address;
        this.disassembly = disassembly;
    }

    void execute(int vcpu) {
        actions.forEach(action -> action.run(vcpu));
    }

    /// Accesses memory.
    public void access(int vcpu, long vaddr, MemoryInfo info, long low, long high) {
        memoryActions.forEach(action -> action.access(vcpu, vaddr, info, low, high));
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public int size() {
        return 4;
    }

    @Override
    public byte[] bytes() {
        return new byte[4];
    }

    @Override
    public String disassembly() {
        return disassembly;
    }

    @Override
    public @Nullable String symbol() {
        return address < 0x500000 ? "main" : null;
    }

    @Override
    public void onExecute(RegisterAccess registers, VcpuCallback callback) {
        actions.add(callback);
    }

    @Override
    public void onExecuteIf(
            Condition condition, ScoreboardU64 cell, long constant, RegisterAccess registers, VcpuCallback callback) {
        actions.add(vcpu -> {
            if (condition.test(cell.get(vcpu), constant)) {
                callback.run(vcpu);
            }
        });
    }

    @Override
    public void inlineAdd(ScoreboardU64 cell, long value) {
        actions.add(vcpu -> cell.add(vcpu, value));
    }

    @Override
    public void inlineStore(ScoreboardU64 cell, long value) {
        actions.add(vcpu -> cell.set(vcpu, value));
    }

    @Override
    public void onMemory(MemoryAccess access, RegisterAccess registers, MemoryCallback callback) {
        onMemoryValue(access, registers, (vcpu, vaddr, info, low, high) -> callback.access(vcpu, vaddr, info));
    }

    @Override
    public void onMemoryValue(MemoryAccess access, RegisterAccess registers, MemoryValueCallback callback) {
        memoryActions.add((vcpu, vaddr, info, low, high) -> {
            if (access.includes(info.isStore())) {
                callback.access(vcpu, vaddr, info, low, high);
            }
        });
    }

    @Override
    public void inlineMemoryAdd(MemoryAccess access, ScoreboardU64 cell, long value) {
        onMemory(access, (vcpu, vaddr, info) -> cell.add(vcpu, value));
    }

    @Override
    public void inlineMemoryStore(MemoryAccess access, ScoreboardU64 cell, long value) {
        onMemory(access, (vcpu, vaddr, info) -> cell.set(vcpu, value));
    }

    @Override
    public long symbolOffset() {
        return address < 0x500000 ? address - 0x400000 : -1;
    }

    @Override
    public long hostAddress() {
        return address;
    }
}
