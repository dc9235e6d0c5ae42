package jqemu.tcg.jvm;

import java.util.ArrayList;
import java.util.List;
import jqemu.loader.host.ThreadSlot;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.interp.BlockExit;
import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.Fence;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// What each op of a block becomes: effects and control flow here, values in [ValueEmitter].
final class OpEmitter {
    private static final String ENV = RegionFrame.ENV;
    private static final String MEMORY = "jqemu/loader/memory/HostMemory";
    private static final String ACCESS = "jqemu/tcg/helper/GuestAccess";
    private static final String GUEST_MEMORY = "jqemu/loader/memory/GuestMemory";
    private static final String GUEST_MEMORY_TYPE = "Ljqemu/loader/memory/GuestMemory;";
    private static final String OPCODE_TYPE = "Ljqemu/tcg/ir/Opcode;";
    private static final String TYPE_TYPE = "Ljqemu/tcg/ir/Type;";

    private final RegionEmitter region;
    private final CodeWriter code;
    private final RegisterLocals registers;
    private final InstrumentEmitter instruments;
    private final RegionOptions options;
    private final ValueEmitter values;
    private final KeptValues kept;
    private final MemoryEmitter memory;

    private IrBlock ir = new IrBlock();
    private long pc;

    /// Where to leave for if one of the accesses so far faulted, which no check has asked yet; or -1.
    private int faultExit = -1;

    private Opcode lastAccess = Opcode.LD;

    /// What the accesses loaded that [#faultExit] is about.
    private final List<Integer> unchecked = new ArrayList<>();

    OpEmitter(RegionEmitter region, CodeWriter code, RegionOptions options) {
        this.region = region;
        this.code = code;
        this.registers = region.frame().registers();
        this.options = options;
        this.values = new ValueEmitter(region, code, registers);
        this.kept = values.kept();
        this.memory = new MemoryEmitter(code, options.opaque());
        this.instruments = new InstrumentEmitter(region, code, region.frame().cells(), values);
    }

    /// Emits all ops of `block`.
    void emitBlock(IrBlock block) {
        ir = block;
        values.start(block);
        for (int n = 0; n < block.size(); n++) {
            region.at(n);
            kept.at(n);
            emit(n);
        }
    }

    private void emit(int n) {
        Opcode op = ir.opcode(n);
        settleFaults(op);
        switch (op.effect()) {
            case MARK -> pc = ir.imm(n);
            case READ_ENV -> values.noteRead(n);
            case PURE -> {
                if (!values.isDeferred(n) && !values.isUnused(n)) {
                    values.emitExpression(n);
                    kept.keep(n);
                }
            }
            case WRITE_ENV -> storeEnv(n);
            case FP -> floatingPoint(n);
            case LOAD, STORE -> access(op, n);
            case ATOMIC -> atomic(op, n);
            case FENCE -> fence(Fence.of(ir.aux(n)));
            case CALL -> call(n);
            case INSTRUMENT -> instruments.emit(ir, n);
            case EXIT -> exit(op, n);
        }
    }

    private void push(int value) {
        values.push(value);
    }

    // ---- registers

    private void storeEnv(int n) {
        int slot = (int) ir.imm(n);
        if (slot == Slot.NZCV) {
            storeFlags(n);
        } else if (RegisterLocals.isCached(slot)) {
            values.keepReadsOf(slot, n);
            if (registers.isDouble(slot)) {
                values.pushDouble(ir.a(n));
                registers.emitWriteDouble(code, slot);
            } else {
                push(ir.a(n));
                registers.emitWrite(code, slot);
            }
        } else {
            values.keepReadsOf(slot, n);
            code.aload(RegionFrame.SLOTS_LOCAL);
            code.pushInt(slot);
            push(ir.a(n));
            code.op(Bytecode.LASTORE, -4);
            if (slot == Slot.FPCR || slot == Slot.FPSR) {
                region.frame().readUsual();
            }
        }
    }

    /// Keeps flags as their operands where they come from one comparison.
    private void storeFlags(int n) {
        values.keepReadsOf(Slot.NZCV, n);
        int flags = ir.a(n);
        int kind = values.isInline(flags) ? lazyKind(ir.opcode(flags), ir.type(flags)) : LazyFlags.PACKED;
        if (kind == LazyFlags.PACKED) {
            push(flags);
            code.lstore(RegionFrame.FLAG_A_LOCAL);
        } else {
            push(ir.a(flags));
            if (ir.opcode(flags).inputs() > 1) {
                push(ir.b(flags));
                code.lstore(RegionFrame.FLAG_B_LOCAL);
            }
            code.lstore(RegionFrame.FLAG_A_LOCAL);
        }
        code.pushInt(kind);
        code.istore(RegionFrame.FLAG_KIND_LOCAL);
    }

    private static int lazyKind(Opcode op, Type type) {
        boolean wide = type == Type.I64;
        return switch (op) {
            case NZCV_SUB -> wide ? LazyFlags.SUB_64 : LazyFlags.SUB_32;
            case NZCV_ADD -> wide ? LazyFlags.ADD_64 : LazyFlags.ADD_32;
            case NZCV_LOGIC -> wide ? LazyFlags.LOGIC_64 : LazyFlags.LOGIC_32;
            default -> LazyFlags.PACKED;
        };
    }

    // ---- memory

    private void access(Opcode op, int n) {
        int memop = ir.aux(n);
        lastAccess = op;
        switch (op) {
            case LD -> load(n, memop);
            case ST -> store(n, memop);
            case CHECK_ALIGN -> checkAlignment(n);
            case ZERO_BLOCK -> {
                pushMemory();
                push(ir.a(n));
                code.pushInt(memop);
                code.invokeStatic(ACCESS, "zeroBlock", "(" + GUEST_MEMORY_TYPE + "JI)V");
                checkFault();
            }
            case PROBE -> probe(n, memop);
            case RAISE_IF -> {
                // tier 1 describes the exception; so far the instruction did nothing
                push(ir.a(n));
                code.pushLong(0);
                code.op(Bytecode.LCMP, -3);
                code.branch(Bytecode.IFNE, 1, region.exitLabel(pc, BlockExit.INTERPRET));
            }
            default -> throw new IllegalStateException("no bytecode for " + op);
        }
    }

    private void load(int n, int memop) {
        if (MemOp.has(memop, MemOp.SEQUENTIAL | MemOp.ACQUIRE)) {
            pushMemory();
            pushEnum(ir.type(n).name(), TYPE_TYPE);
            push(ir.a(n));
            code.pushInt(memop);
            code.invokeStatic(ACCESS, "load", "(" + GUEST_MEMORY_TYPE + TYPE_TYPE + "JI)J");
        } else {
            memory.beginAccess();
            pushHostAddress(ir.a(n), memop);
            memory.load(MemOp.sizeShift(memop), MemOp.has(memop, MemOp.SIGNED), ir.type(n));
        }
        if (options.precise() && !options.opaque()) {
            kept.keepUntilReleased(n);
            unchecked.add(n);
            checkFault();
            return;
        }
        kept.keep(n);
        if (!values.isSurelyObserved(n)) {
            observe(n);
        }
        checkFault();
    }

    /// Keeps C2 from dropping a load whose result nobody reads: it may fault.
    private void observe(int n) {
        if (options.blackhole()) {
            values.push(n);
            code.invokeStatic(GUEST_MEMORY, "sink", "(J)V");
        } else {
            code.lload(RegionFrame.THREAD_SLOT_LOCAL);
            code.pushLong(ThreadSlot.SCRATCH);
            code.op(Bytecode.LADD, -2);
            values.push(n);
            code.invokeStatic(MEMORY, "store64", "(JJ)V");
        }
    }

    private void store(int n, int memop) {
        if (MemOp.has(memop, MemOp.SEQUENTIAL)) {
            pushMemory();
            push(ir.a(n));
            push(ir.b(n));
            code.pushInt(memop);
            code.invokeStatic(ACCESS, "store", "(" + GUEST_MEMORY_TYPE + "JJI)V");
        } else {
            memory.beginAccess();
            pushHostAddress(ir.a(n), memop);
            int sizeShift = MemOp.sizeShift(memop);
            pushStored(ir.b(n), MemoryEmitter.storesLong(sizeShift));
            memory.store(sizeShift);
        }
        checkFault();
    }

    /// Pushes what is stored, so that C2 does not recognize it: a plain store of what was loaded from the same
    /// place would be left out, and with it the fault of memory that is only readable.
    private void pushStored(int value, boolean isLong) {
        boolean hidden = !options.opaque() && ir.opcode(value) != Opcode.MOVI;
        if (isLong) {
            push(value);
        } else {
            values.pushInt(value);
        }
        if (hidden) {
            code.lload(RegionFrame.ZERO_LOCAL);
            if (!isLong) {
                code.op(Bytecode.L2I, -1);
            }
            code.op(isLong ? Bytecode.LXOR : Bytecode.IXOR, isLong ? -2 : -1);
        }
    }

    /// Pushes the host address of guest address `address`.
    ///
    /// A constant offset is added last: accesses by one pointer then share its masked and relocated form, and the
    /// offset becomes part of the machine instruction. Where that differs from masking the sum, both are out of the
    /// address range, by less than the guard bands.
    private void pushHostAddress(int address, int memop) {
        boolean hasOffset = values.isInline(address) && isOffsetFromValue(address);
        push(hasOffset ? ir.a(address) : address);
        if (!MemOp.has(memop, MemOp.CLEAN)) {
            code.lload(RegionFrame.MASK_LOCAL);
            code.op(Bytecode.LAND, -2);
        }
        code.lload(RegionFrame.BASE_LOCAL);
        code.op(Bytecode.LADD, -2);
        if (hasOffset) {
            code.pushLong(ir.imm(ir.b(address)));
            code.op(Bytecode.LADD, -2);
        }
    }

    private boolean isOffsetFromValue(int value) {
        if (ir.opcode(value) != Opcode.ADD || ir.type(value) != Type.I64 || ir.opcode(ir.b(value)) != Opcode.MOVI) {
            return false;
        }
        long offset = ir.imm(ir.b(value));
        return offset == (int) offset;
    }

    private void pushMemory() {
        code.aload(RegionFrame.ENV_LOCAL);
        code.invokeVirtual(ENV, "memory", "()" + GUEST_MEMORY_TYPE);
    }

    /// Has a fault checked for that the access before may have left in the thread's slot. One check serves all
    /// accesses of an instruction that do nothing else in between: the slot keeps the first fault.
    private void checkFault() {
        if (options.precise()) {
            faultExit = region.exitLabel(pc, BlockExit.FAULT);
        }
    }

    /// Before op `op`: leaves if an access faulted and the op would show that it did not stop there.
    private void settleFaults(Opcode op) {
        if (faultExit < 0) {
            return;
        }
        boolean waits = switch (op.effect()) {
            case PURE, READ_ENV -> true;
            case LOAD -> op == Opcode.LD && lastAccess == Opcode.LD;
            case STORE -> op == Opcode.ST && lastAccess == Opcode.ST;
            case MARK, WRITE_ENV, FP, ATOMIC, FENCE, CALL, INSTRUMENT, EXIT -> false;
        };
        if (!waits) {
            pushIsFault();
            code.branch(Bytecode.IFNE, 1, faultExit);
            faultExit = -1;
        }
    }

    /// Pushes whether an access faulted. The question comes behind plain stores, which change the memory that it
    /// reads, and behind plain loads by depending on what they loaded: combined with a zero that C2 does not know,
    /// that is added to the address.
    private void pushIsFault() {
        memory.beginAccess();
        code.lload(RegionFrame.THREAD_SLOT_LOCAL);
        if (!unchecked.isEmpty()) {
            push(unchecked.getFirst());
            for (int value : unchecked.subList(1, unchecked.size())) {
                push(value);
                code.op(Bytecode.LOR, -2);
            }
            code.lload(RegionFrame.ZERO_LOCAL);
            code.op(Bytecode.LAND, -2);
            code.op(Bytecode.LADD, -2);
            unchecked.forEach(kept::release);
            unchecked.clear();
        }
        memory.loadFault();
    }

    /// A misaligned access is left to tier 1, which raises the fault: so far the instruction did nothing.
    private void checkAlignment(int n) {
        push(ir.a(n));
        code.pushLong((1L << ir.aux(n)) - 1);
        code.op(Bytecode.LAND, -2);
        code.pushLong(0);
        code.op(Bytecode.LCMP, -3);
        code.branch(Bytecode.IFNE, 1, region.exitLabel(pc, BlockExit.INTERPRET));
    }

    private void probe(int n, int memop) {
        pushMemory();
        push(ir.a(n));
        code.pushInt(MemOp.bytes(memop));
        code.pushInt(MemOp.has(memop, MemOp.STORE) ? 1 : 0);
        code.invokeVirtual(GUEST_MEMORY, "isAccessible", "(JIZ)Z");
        code.branch(Bytecode.IFEQ, 1, region.exitLabel(pc, BlockExit.INTERPRET));
    }

    private void atomic(Opcode op, int n) {
        pushMemory();
        switch (op) {
            case ATOMIC_CAS -> {
                push(ir.a(n));
                push(ir.b(n));
                push(ir.c(n));
                code.pushInt(ir.aux(n));
                code.invokeStatic(ACCESS, "compareAndExchange", "(" + GUEST_MEMORY_TYPE + "JJJI)J");
            }
            case STORE_EXCLUSIVE -> {
                push(ir.a(n));
                push(ir.b(n));
                push(ir.c(n));
                push(ir.d(n));
                code.pushInt(ir.aux(n));
                code.invokeStatic(ACCESS, "storeExclusive", "(" + GUEST_MEMORY_TYPE + "JJJJI)J");
            }
            default -> {
                pushEnum(op.name(), OPCODE_TYPE);
                push(ir.a(n));
                push(ir.b(n));
                code.pushInt(ir.aux(n));
                code.lload(RegionFrame.THREAD_SLOT_LOCAL);
                code.invokeStatic(ACCESS, "fetch", "(" + GUEST_MEMORY_TYPE + OPCODE_TYPE + "JJIJ)J");
            }
        }
        kept.keep(n);
        checkFault();
    }

    private void fence(Fence fence) {
        String name = switch (fence) {
            case LOAD -> "acquireFence";
            case STORE -> "storeStoreFence";
            case FULL -> "fullFence";
        };
        code.invokeStatic("java/lang/invoke/VarHandle", name, "()V");
    }

    // ---- out-of-line semantics

    private void floatingPoint(int n) {
        values.keepReadsOf(Slot.FPSR, n);
        values.emitFloatingPoint(n);
        if (values.isUnused(n)) {
            code.op(Bytecode.POP2, -2);
        } else if (DirectCalls.givesDouble(ir.opcode(n), ir.type(n))) {
            kept.keepDouble(n);
        } else {
            kept.keep(n);
        }
    }

    /// A helper may read and write any register in env.
    private void call(int n) {
        values.keepAllReads(n);
        region.storeRegistersSettled();
        code.aload(RegionFrame.ENV_LOCAL);
        pushEnum(Helper.of(ir.aux(n)).name(), "Ljqemu/tcg/ir/Helper;");
        push(ir.a(n));
        push(ir.b(n));
        push(ir.c(n));
        push(ir.d(n));
        code.pushLong(ir.imm(n));
        code.invokeStatic(
                "jqemu/tcg/jvm/RegionCalls", "helper", "(Ljqemu/tcg/cpu/CpuState;Ljqemu/tcg/ir/Helper;JJJJJ)J");
        kept.keep(n);
        region.loadRegisters();
        if (options.precise()) {
            pushIsFault();
            code.branch(Bytecode.IFNE, 1, region.cleanExitLabel(pc, BlockExit.FAULT));
        }
    }

    // ---- exits

    private void exit(Opcode op, int n) {
        switch (op) {
            case BRCOND -> branch(n);
            case GOTO_TB -> jump(n);
            case GOTO_PTR -> computedJump(n);
            case SVC -> region.systemCall();
            default -> throw new IllegalStateException("no bytecode for " + op);
        }
    }

    private void branch(int n) {
        int target = region.targetLabel(ir.imm(n));
        Condition condition = ir.condition(n);
        int a = ir.a(n);
        int b = ir.b(n);
        if (values.isInline(a) && ir.opcode(a) == Opcode.TESTCC && isZero(b) && isEquality(condition)) {
            values.comparisons().pushTest(a);
            code.branch(condition == Condition.NE ? Bytecode.IFNE : Bytecode.IFEQ, 1, target);
            return;
        }
        values.comparisons().branch(ir.type(n), condition, a, b, target);
    }

    private boolean isZero(int value) {
        return ir.opcode(value) == Opcode.MOVI && ir.imm(value) == 0;
    }

    private static boolean isEquality(Condition condition) {
        return condition == Condition.EQ || condition == Condition.NE;
    }

    private void jump(int n) {
        long target = ir.imm(n);
        switch (ExitHint.of(ir.aux(n))) {
            case CALL -> region.call(target);
            case JUMP, RETURN -> {
                if (!region.fallsThroughTo(target)) {
                    code.goTo(region.targetLabel(target));
                }
            }
            case SYNC -> {
                code.pushLong(target);
                region.leaveFor(BlockExit.UNWIND);
            }
        }
    }

    private void computedJump(int n) {
        push(ir.a(n));
        switch (ExitHint.of(ir.aux(n))) {
            case CALL -> region.callComputed();
            case JUMP -> region.jumpToKnown();
            case RETURN -> region.leaveFor(BlockExit.RETURN);
            case SYNC -> region.leaveFor(BlockExit.UNWIND);
        }
    }

    private void pushEnum(String name, String descriptor) {
        values.pushEnum(name, descriptor);
    }
}
