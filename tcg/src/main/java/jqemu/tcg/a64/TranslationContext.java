package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrBuilder;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// What the semantics of an A64 instruction are written with: the IR builder, where in the guest it stands, and the
/// guest's registers and memory as instructions name them.
///
/// One context serves all instructions of a block. Register number 31 is the zero register in [#readX] and [#writeX]
/// and the stack pointer in [#readXsp] and [#writeXsp]; the manual's operand description says which.
public final class TranslationContext extends IrBuilder {
    private final CodegenOptions options;
    private final BranchTargets branchTargets = new BranchTargets(this);
    private long pc;
    private boolean ended;

    /// A context that builds into `block`.
    public TranslationContext(IrBlock block, CodegenOptions options) {
        super(block);
        this.options = options;
    }

    /// Starts the instruction `insn` at `pc`.
    void startInstruction(long address, int insn) {
        pc = address;
        ended = false;
        insnStart(address, insn);
    }

    /// The address of the current instruction.
    public long pc() {
        return pc;
    }

    /// The address of the next instruction in memory.
    public long nextPc() {
        return pc + 4;
    }

    /// Whether the current instruction ended the block.
    boolean ended() {
        return ended;
    }

    /// What the code is generated for.
    public CodegenOptions options() {
        return options;
    }

    /// The check of branch targets.
    BranchTargets branchTargets() {
        return branchTargets;
    }

    // ---- general registers

    /// Register `register`; 31 is zero.
    public int readX(Type type, int register) {
        return register == 31 ? movi(type, 0) : loadEnv(type, register);
    }

    /// Register `register`; 31 is the stack pointer.
    public int readXsp(Type type, int register) {
        return loadEnv(type, register);
    }

    /// Writes register `register`; 31 discards the value. A 32-bit value clears the upper half.
    public void writeX(Type type, int register, int value) {
        if (register != 31) {
            storeEnv(type, register, value);
        }
    }

    /// Writes register `register`; 31 is the stack pointer. A 32-bit value clears the upper half.
    public void writeXsp(Type type, int register, int value) {
        storeEnv(type, register, value);
    }

    /// The packed condition flags.
    public int readNzcv() {
        return loadEnv(Type.I64, Slot.NZCV);
    }

    /// Sets the packed condition flags.
    public void writeNzcv(int nzcv) {
        storeEnv(Type.I64, Slot.NZCV, nzcv);
    }

    // ---- vector registers

    /// The low bits of vector register `register`, as wide as `type`.
    public int readV(Type type, int register) {
        return loadEnv(type, Slot.vLow(register));
    }

    /// The low 64 bits of vector register `register`.
    public int readVLow(int register) {
        return loadEnv(Type.I64, Slot.vLow(register));
    }

    /// The high 64 bits of vector register `register`.
    public int readVHigh(int register) {
        return loadEnv(Type.I64, Slot.vHigh(register));
    }

    /// Writes a scalar to vector register `register`; all bits above it become 0.
    public void writeV(Type type, int register, int value) {
        storeEnv(type, Slot.vLow(register), value);
        storeEnv(Type.I64, Slot.vHigh(register), movi(Type.I64, 0));
    }

    /// Writes all 128 bits of vector register `register`.
    public void writeV128(int register, int low, int high) {
        storeEnv(Type.I64, Slot.vLow(register), low);
        storeEnv(Type.I64, Slot.vHigh(register), high);
    }

    // ---- guest memory, as plugins and unprotected hosts see it

    /// Loads from `address`: one access of the size in `memop` for plugins.
    public int guestLoad(Type type, int address, int memop) {
        int value = loadPart(type, address, memop);
        markAccess(address, memop, value, value);
        return value;
    }

    /// Stores `value` to `address`: one access for plugins.
    public void guestStore(Type type, int address, int value, int memop) {
        storePart(type, address, value, memop);
        markAccess(address, memop | MemOp.STORE, value, value);
    }

    /// Loads part of an access that [#markAccess] describes to plugins as a whole.
    public int loadPart(Type type, int address, int memop) {
        probe(address, memop);
        return load(type, address, memop);
    }

    /// Stores part of an access that [#markAccess] describes to plugins as a whole.
    public void storePart(Type type, int address, int value, int memop) {
        probe(address, memop | MemOp.STORE);
        store(type, address, value, memop);
    }

    /// Emits the check of an access on hosts where a stray access cannot be caught; before every other use of
    /// `address`.
    public void probe(int address, int memop) {
        if (options.probeAccesses()) {
            unary(Opcode.PROBE, Type.I64, address, memop);
        }
    }

    /// Tells plugins of one successful access; `memop` has its size, sign extension and [MemOp#STORE], `low` and
    /// `high` are its value (the same one twice below 16 bytes).
    public void markAccess(int address, int memop, int low, int high) {
        if (options.instrumented()) {
            markAccessUnless(movi(Type.I64, 0), address, memop, low, high);
        }
    }

    /// As [#markAccess], but only where the value `guard` turns out to be 0.
    public void markAccessUnless(int guard, int address, int memop, int low, int high) {
        if (options.instrumented()) {
            block().append(Opcode.PLUGIN_MEM, Type.I64, address, low, high, guard, memop, 0);
        }
    }

    /// Raises an alignment fault unless `address` is a multiple of `1 << sizeShift`.
    public void checkAlignment(int address, int sizeShift) {
        if (sizeShift != 0) {
            unary(Opcode.CHECK_ALIGN, Type.I64, address, sizeShift);
        }
    }

    // ---- leaving the block

    /// Ends the block with a jump to `target`.
    public void jump(long target, ExitHint hint) {
        gotoTb(target, hint);
        ended = true;
    }

    /// Ends the block with a jump to the address in `target`.
    public void jumpTo(int target, ExitHint hint) {
        gotoPtr(target, hint);
        ended = true;
    }

    /// Ends the block before the next instruction, for what changes how code is translated or may be interrupted.
    public void endBlock() {
        jump(nextPc(), ExitHint.SYNC);
    }

    /// Ends the block by an op that leaves it by itself ([#svc], [#raise]).
    public void endByException() {
        ended = true;
    }
}
