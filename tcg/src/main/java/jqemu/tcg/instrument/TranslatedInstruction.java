package jqemu.tcg.instrument;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.MemoryCallback;
import jqemu.plugin.api.MemoryValueCallback;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.VcpuCallback;
import jqemu.tcg.a64.Disassembler;
import org.jspecify.annotations.Nullable;

/// The handle of an instruction that plugins get: collects what they ask for.
final class TranslatedInstruction implements Instruction {
    private static final int SIZE = 4;

    private final TranslatedBlock block;
    private final long address;
    private final int word;
    private final List<Request> execution = new ArrayList<>();
    private final List<Request.OnMemory> memory = new ArrayList<>();

    TranslatedInstruction(TranslatedBlock block, long address, int word) {
        this.block = block;
        this.address = address;
        this.word = word;
    }

    /// The address, without a check of validity.
    long pc() {
        return address;
    }

    /// What happens before each execution, in order.
    List<Request> executionRequests() {
        return execution;
    }

    /// What happens after each memory access, in order.
    List<Request.OnMemory> memoryRequests() {
        return memory;
    }

    private void check() {
        block.check("instruction", address);
    }

    private void add(Request request) {
        check();
        execution.add(request);
    }

    private void add(MemoryAccess access, Request request) {
        check();
        memory.add(new Request.OnMemory(access, request));
    }

    @Override
    public long address() {
        check();
        return address;
    }

    @Override
    public int size() {
        check();
        return SIZE;
    }

    @Override
    public byte[] bytes() {
        check();
        return ByteBuffer.allocate(SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .array();
    }

    @Override
    public String disassembly() {
        check();
        return Disassembler.disassemble(word, address);
    }

    @Override
    public @Nullable String symbol() {
        check();
        return block.program().symbol(address);
    }

    @Override
    public long symbolOffset() {
        check();
        return block.program().symbolOffset(address);
    }

    @Override
    public long hostAddress() {
        check();
        return block.program().memory().hostAddress(address);
    }

    @Override
    public void onExecute(RegisterAccess registers, VcpuCallback callback) {
        add(new Request.Call(block.pluginName(), registers, callback));
    }

    @Override
    public void onExecuteIf(
            Condition condition, ScoreboardU64 cell, long constant, RegisterAccess registers, VcpuCallback callback) {
        add(new Request.CallIf(new Request.Call(block.pluginName(), registers, callback), condition, cell, constant));
    }

    @Override
    public void inlineAdd(ScoreboardU64 cell, long value) {
        add(new Request.Add(cell, value));
    }

    @Override
    public void inlineStore(ScoreboardU64 cell, long value) {
        add(new Request.Store(cell, value));
    }

    @Override
    public void onMemory(MemoryAccess access, RegisterAccess registers, MemoryCallback callback) {
        onMemoryValue(access, registers, (vcpu, vaddr, info, low, high) -> callback.access(vcpu, vaddr, info));
    }

    @Override
    public void onMemoryValue(MemoryAccess access, RegisterAccess registers, MemoryValueCallback callback) {
        add(access, new Request.MemoryCall(block.pluginName(), registers, callback));
    }

    @Override
    public void inlineMemoryAdd(MemoryAccess access, ScoreboardU64 cell, long value) {
        add(access, new Request.Add(cell, value));
    }

    @Override
    public void inlineMemoryStore(MemoryAccess access, ScoreboardU64 cell, long value) {
        add(access, new Request.Store(cell, value));
    }
}
