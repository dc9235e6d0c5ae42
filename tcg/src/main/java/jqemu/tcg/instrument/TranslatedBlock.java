package jqemu.tcg.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.VcpuCallback;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;

/// The handle of a block that plugins get while it is translated: collects what they ask for.
///
/// All plugins get the same handle, one after the other; it is valid on the thread and for the time of its callback.
final class TranslatedBlock implements Block {
    private final long address;
    private final ProgramFacts program;
    private final List<TranslatedInstruction> instructions = new ArrayList<>();
    private final List<Request> execution = new ArrayList<>();
    private String pluginName = "";
    private boolean valid;

    /// A handle of the block at `address` whose IR is `ir`.
    TranslatedBlock(long address, IrBlock ir, ProgramFacts program) {
        this.address = address;
        this.program = program;
        for (int n = 0; n < ir.size(); n++) {
            if (ir.opcode(n) == Opcode.INSN_START) {
                instructions.add(new TranslatedInstruction(this, ir.imm(n), ir.aux(n)));
            }
        }
    }

    /// Makes the handle valid for the callback of `plugin`.
    void open(String plugin) {
        pluginName = plugin;
        valid = true;
    }

    /// Ends its validity.
    void close() {
        valid = false;
    }

    String pluginName() {
        return pluginName;
    }

    ProgramFacts program() {
        return program;
    }

    /// What happens before each execution of the block, in order.
    List<Request> executionRequests() {
        return execution;
    }

    /// The instruction at `index`, without a check of validity.
    TranslatedInstruction translated(int index) {
        return instructions.get(index);
    }

    /// Throws unless the handle named `what` at `where` is used within its callback.
    void check(String what, long where) {
        if (!valid) {
            throw new IllegalStateException(what + " at 0x" + Long.toHexString(where)
                    + " is used after the translation callback that it belongs to has returned");
        }
    }

    private void check() {
        check("block", address);
    }

    @Override
    public long address() {
        check();
        return address;
    }

    @Override
    public int size() {
        check();
        return instructions.size();
    }

    @Override
    public Instruction instruction(int index) {
        check();
        return instructions.get(Objects.checkIndex(index, instructions.size()));
    }

    @Override
    public void onExecute(RegisterAccess registers, VcpuCallback callback) {
        check();
        execution.add(new Request.Call(pluginName, registers, callback));
    }

    @Override
    public void onExecuteIf(
            Condition condition, ScoreboardU64 cell, long constant, RegisterAccess registers, VcpuCallback callback) {
        check();
        execution.add(new Request.CallIf(new Request.Call(pluginName, registers, callback), condition, cell, constant));
    }

    @Override
    public void inlineAdd(ScoreboardU64 cell, long value) {
        check();
        execution.add(new Request.Add(cell, value));
    }

    @Override
    public void inlineStore(ScoreboardU64 cell, long value) {
        check();
        execution.add(new Request.Store(cell, value));
    }
}
