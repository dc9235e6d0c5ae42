package jqemu.plugin.testing;

import java.util.ArrayList;
import java.util.List;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.VcpuCallback;

/// A block that remembers what a plugin asked for, and does it.
public final class FakeBlock implements Block {
    private final List<FakeInstruction> instructions;
    private final List<VcpuCallback> actions = new ArrayList<>();

    FakeBlock(List<FakeInstruction> instructions) {
        this.instructions = instructions;
    }

    /// Executes the block; no instruction accesses memory.
    public void execute(int vcpu) {
        actions.forEach(action -> action.run(vcpu));
        instructions.forEach(instruction -> instruction.execute(vcpu));
    }

    @Override
    public long address() {
        return instructions.getFirst().address();
    }

    @Override
    public int size() {
        return instructions.size();
    }

    @Override
    public FakeInstruction instruction(int index) {
        return instructions.get(index);
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
}
