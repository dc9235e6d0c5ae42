package jqemu.tcg.jvm;

import java.util.Arrays;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Pushes values of the IR: from a local where they are kept, else by computing them on the operand stack.
///
/// Each value is a `long` with the invariant of its [Type]. What the usual integer ops become is here; everything else
/// calls the evaluators that all tiers share, with constant operation and type, which C2 folds.
final class ValueEmitter {
    private static final String REGION_CALLS = "jqemu/tcg/jvm/RegionCalls";
    private static final String LONG = "java/lang/Long";
    private static final String INTEGER = "java/lang/Integer";
    private static final String OPCODE_TYPE = "Ljqemu/tcg/ir/Opcode;";
    private static final String TYPE_TYPE = "Ljqemu/tcg/ir/Type;";
    private static final long LOW_32 = Bits.mask(32);

    private final RegionEmitter region;
    private final CodeWriter code;
    private final RegisterLocals registers;

    private IrBlock ir = new IrBlock();
    private ValueUses uses = new ValueUses(ir);
    private final KeptValues kept;
    private final ComparisonEmitter comparisons;

    /// The last op so far that read a slot and whose value is not kept yet, and before each such op the one before.
    private final int[] lastRead = new int[Slot.COUNT];

    private int[] earlierRead = {};

    ValueEmitter(RegionEmitter region, CodeWriter code, RegisterLocals registers) {
        this.region = region;
        this.code = code;
        this.registers = registers;
        this.kept = new KeptValues(code, region.frame().firstTemporary());
        this.comparisons = new ComparisonEmitter(this, code, region.frame());
    }

    /// The values that are kept in locals.
    KeptValues kept() {
        return kept;
    }

    /// What compares values.
    ComparisonEmitter comparisons() {
        return comparisons;
    }

    /// Begins with `block`.
    void start(IrBlock block) {
        ir = block;
        uses = new ValueUses(block);
        kept.start(uses, block.size());
        comparisons.start(block);
        earlierRead = new int[block.size()];
        Arrays.fill(lastRead, -1);
    }

    boolean isDeferred(int n) {
        return uses.isDeferred(n);
    }

    boolean isUnused(int n) {
        return uses.isUnused(n);
    }

    boolean isSurelyObserved(int n) {
        return uses.isSurelyObserved(n);
    }

    /// Whether value `n` is computed where it is used and not kept in a local.
    boolean isInline(int n) {
        return uses.isDeferred(n) && !kept.contains(n);
    }

    /// Notes that op `n` reads its slot, where it is used.
    void noteRead(int n) {
        int slot = (int) ir.imm(n);
        earlierRead[n] = lastRead[slot];
        lastRead[slot] = n;
    }

    /// Before op `position` changes `slot`: values read from it that are needed later move to locals.
    void keepReadsOf(int slot, int position) {
        for (int n = lastRead[slot]; n >= 0; n = earlierRead[n]) {
            if (kept.contains(n) || uses.lastUse(n) <= position) {
                continue;
            }
            if (registers.readsDouble(ir, n)) {
                pushDouble(n);
                kept.keepDouble(n);
            } else {
                emitExpression(n);
                kept.keep(n);
            }
        }
        lastRead[slot] = -1;
    }

    /// As [#keepReadsOf], before op `position` changes any slot.
    void keepAllReads(int position) {
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            keepReadsOf(slot, position);
        }
    }

    /// Pushes value `n`.
    void push(int n) {
        if (!kept.contains(n)) {
            emitExpression(n);
        } else if (kept.isDouble(n)) {
            code.dload(kept.local(n));
            code.toBits();
        } else {
            code.lload(kept.local(n));
        }
    }

    /// Pushes value `n`, of 64 bits, as the double whose raw bits it is.
    void pushDouble(int n) {
        if (kept.isDouble(n)) {
            code.dload(kept.local(n));
        } else if (isInline(n) && registers.readsDouble(ir, n)) {
            registers.emitReadDouble(code, (int) ir.imm(n));
        } else if (isInline(n) && ir.opcode(n) == Opcode.FNEG && ir.type(n) == Type.F64) {
            pushDouble(ir.a(n));
            code.op(Bytecode.DNEG, 0);
        } else {
            push(n);
            code.toDouble();
        }
    }

    void pushEnum(String name, String descriptor) {
        code.getStatic(descriptor.substring(1, descriptor.length() - 1), name, descriptor);
    }

    /// Cuts the value on the stack down to `type`.
    void truncate(Type type) {
        if (type.bits() < 64) {
            mask(Bits.mask(type.bits()));
        }
    }

    private void mask(long mask) {
        code.pushLong(mask);
        code.op(Bytecode.LAND, -2);
    }

    // ---- pure ops

    /// Pushes the low 32 bits of value `n` as an `int`: without the masks that keep an I32 value in a `long`.
    void pushInt(int n) {
        if (kept.contains(n)) {
            push(n);
            code.op(Bytecode.L2I, -1);
            return;
        }
        switch (ir.opcode(n)) {
            case MOVI -> code.pushInt((int) ir.imm(n));
            case ADD -> combineInts(n, Bytecode.IADD);
            case SUB -> combineInts(n, Bytecode.ISUB);
            case MUL -> combineInts(n, Bytecode.IMUL);
            case AND -> combineInts(n, Bytecode.IAND);
            case OR -> combineInts(n, Bytecode.IOR);
            case XOR -> combineInts(n, Bytecode.IXOR);
            case EXTRL, EXT_I32, EXTU_I32 -> pushInt(ir.a(n));
            default -> {
                if (isDoneOnInts(n)) { // a shift: the others are above
                    shiftInt(n);
                } else if (ir.opcode(n) == Opcode.LD_ENV) {
                    readSlot((int) ir.imm(n));
                    code.op(Bytecode.L2I, -1);
                } else {
                    emitExpression(n);
                    code.op(Bytecode.L2I, -1);
                }
            }
        }
    }

    private void combineInts(int n, int opcode) {
        pushInt(ir.a(n));
        pushInt(ir.b(n));
        code.op(opcode, -1);
    }

    private void shiftInt(int n) {
        pushInt(ir.a(n));
        pushCount(ir.b(n));
        code.op(
                switch (ir.opcode(n)) {
                    case SHL -> Bytecode.ISHL;
                    case SHR -> Bytecode.IUSHR;
                    default -> Bytecode.ISHR;
                },
                -1);
    }

    /// Whether I32 op `n` is done on `int`s.
    private boolean isDoneOnInts(int n) {
        return switch (ir.opcode(n)) {
            case ADD, SUB, MUL, SHL, SHR, SAR -> ir.type(n) == Type.I32;
            case EXTRL -> true;
            default -> false;
        };
    }

    /// Computes op `n` onto the stack.
    void emitExpression(int n) {
        Opcode op = ir.opcode(n);
        Type type = ir.type(n);
        if (isDoneOnInts(n)) {
            pushInt(n);
            code.op(Bytecode.I2L, 1);
            mask(LOW_32);
            return;
        }
        switch (op) {
            case MOVI -> code.pushLong(ir.imm(n));
            case LD_ENV -> readRegister(n);
            case ADD -> bitwise(n, Bytecode.LADD);
            case SUB -> bitwise(n, Bytecode.LSUB);
            case MUL -> bitwise(n, Bytecode.LMUL);
            case AND -> bitwise(n, Bytecode.LAND);
            case OR -> bitwise(n, Bytecode.LOR);
            case XOR -> bitwise(n, Bytecode.LXOR);
            case ANDC -> inverted(n, Bytecode.LAND);
            case ORC -> inverted(n, Bytecode.LOR);
            case SHL -> shift(n, Bytecode.LSHL);
            case SHR -> shift(n, Bytecode.LUSHR);
            case SAR -> shift(n, Bytecode.LSHR);
            case ROTR -> rotate(n, type);
            case EXTRACT2 -> shiftPair(ir.a(n), ir.b(n), ir.aux(n), type);
            case EXTRACT -> extract(n);
            case SEXTRACT -> signExtract(n, type);
            case DEPOSIT -> deposit(n);
            case EXT_I32 -> {
                push(ir.a(n));
                code.op(Bytecode.L2I, -1);
                code.op(Bytecode.I2L, 1);
            }
            case EXTU_I32 -> push(ir.a(n));
            case BITCAST -> {
                push(ir.a(n));
                truncate(type);
            }
            default -> emitUncommon(n, op, type);
        }
    }

    private void emitUncommon(int n, Opcode op, Type type) {
        switch (op) {
            case MULSH -> callTwo(n, "java/lang/Math", "multiplyHigh");
            case MULUH -> callTwo(n, "java/lang/Math", "unsignedMultiplyHigh");
            case CLZ -> countLeadingZeros(n, type);
            case SETCOND -> {
                comparisons.pushOperands(type, ir.condition(n), ir.a(n), ir.b(n));
                code.pushLong(1);
                code.pushLong(0);
                comparisons.select(ir.condition(n));
            }
            case MOVCOND -> {
                comparisons.pushOperands(Type.of((int) ir.imm(n)), ir.condition(n), ir.a(n), ir.b(n));
                push(ir.c(n));
                push(ir.d(n));
                comparisons.select(ir.condition(n));
            }
            case TESTCC -> {
                comparisons.pushTest(n);
                code.op(Bytecode.I2L, 1);
            }
            case VADD -> lanes(n, Bytecode.LADD);
            case VSUB -> lanes(n, Bytecode.LSUB);
            case BSWAP -> swapBytes(n, type);
            case RBIT -> reverseBits(n, type);
            default -> evaluate(n, op, type);
        }
    }

    private void readRegister(int n) {
        readSlot((int) ir.imm(n));
        truncate(ir.type(n));
    }

    private void readSlot(int slot) {
        if (slot == Slot.NZCV) {
            region.frame().pushPackedFlags();
        } else if (RegisterLocals.isCached(slot)) {
            registers.emitRead(code, slot);
        } else {
            region.frame().loadSlot(slot);
        }
    }

    /// An op on the lanes of a vector's half, which is one on the whole where there is one lane.
    private void lanes(int n, int opcode) {
        if (Byte.SIZE << ir.aux(n) == Long.SIZE) {
            bitwise(n, opcode);
        } else {
            evaluate(n, ir.opcode(n), ir.type(n));
        }
    }

    private void bitwise(int n, int opcode) {
        push(ir.a(n));
        push(ir.b(n));
        code.op(opcode, -2);
    }

    /// The second operand inverted.
    private void inverted(int n, int opcode) {
        push(ir.a(n));
        push(ir.b(n));
        code.pushLong(-1);
        code.op(Bytecode.LXOR, -2);
        code.op(opcode, -2);
        truncate(ir.type(n));
    }

    private void shift(int n, int opcode) {
        push(ir.a(n));
        pushCount(ir.b(n));
        code.op(opcode, -1);
    }

    private void pushCount(int value) {
        if (ir.opcode(value) == Opcode.MOVI) {
            code.pushInt((int) ir.imm(value));
        } else {
            pushInt(value);
        }
    }

    private void rotate(int n, Type type) {
        if (ir.opcode(ir.b(n)) == Opcode.MOVI) {
            shiftPair(ir.a(n), ir.a(n), (int) ir.imm(ir.b(n)) & type.bits() - 1, type);
            return;
        }
        push(ir.a(n));
        if (type == Type.I64) {
            pushCount(ir.b(n));
            code.invokeStatic(LONG, "rotateRight", "(JI)J");
        } else {
            code.op(Bytecode.L2I, -1);
            pushCount(ir.b(n));
            code.invokeStatic(INTEGER, "rotateRight", "(II)I");
            code.op(Bytecode.I2L, 1);
            mask(LOW_32);
        }
    }

    /// The bits of `high:low` from `position` on: as shifts, which C2 knows as a rotation when both are the same.
    private void shiftPair(int low, int high, int position, Type type) {
        int width = type.bits();
        if (position == 0) {
            push(low);
            return;
        }
        if (low == high && isInline(low) && ir.opcode(low) != Opcode.LD_ENV) {
            emitExpression(low);
            kept.keep(low);
        }
        if (width == Long.SIZE) {
            push(low);
            code.pushInt(position);
            code.op(Bytecode.LUSHR, -1);
            push(high);
            code.pushInt(width - position);
            code.op(Bytecode.LSHL, -1);
            code.op(Bytecode.LOR, -2);
        } else {
            pushInt(low);
            code.pushInt(position);
            code.op(Bytecode.IUSHR, -1);
            pushInt(high);
            code.pushInt(width - position);
            code.op(Bytecode.ISHL, -1);
            code.op(Bytecode.IOR, -1);
            code.op(Bytecode.I2L, 1);
            mask(LOW_32);
        }
    }

    private void extract(int n) {
        int position = IrBlock.fieldPosition(ir.aux(n));
        int length = IrBlock.fieldLength(ir.aux(n));
        push(ir.a(n));
        if (position > 0) {
            code.pushInt(position);
            code.op(Bytecode.LUSHR, -1);
        }
        if (position + length < ir.type(n).bits()) {
            mask(Bits.mask(length));
        }
    }

    private void signExtract(int n, Type type) {
        int position = IrBlock.fieldPosition(ir.aux(n));
        int length = IrBlock.fieldLength(ir.aux(n));
        push(ir.a(n));
        code.pushInt(64 - position - length);
        code.op(Bytecode.LSHL, -1);
        code.pushInt(64 - length);
        code.op(Bytecode.LSHR, -1);
        truncate(type);
    }

    private void deposit(int n) {
        int position = IrBlock.fieldPosition(ir.aux(n));
        int length = IrBlock.fieldLength(ir.aux(n));
        long field = Bits.mask(length);
        push(ir.a(n));
        mask(~(field << position));
        push(ir.b(n));
        if (position + length < 64 || position == 0) {
            mask(field);
        }
        if (position > 0) {
            code.pushInt(position);
            code.op(Bytecode.LSHL, -1);
        }
        code.op(Bytecode.LOR, -2);
    }

    private void callTwo(int n, String owner, String name) {
        push(ir.a(n));
        push(ir.b(n));
        code.invokeStatic(owner, name, "(JJ)J");
    }

    private void countLeadingZeros(int n, Type type) {
        push(ir.a(n));
        if (type == Type.I64) {
            code.invokeStatic(LONG, "numberOfLeadingZeros", "(J)I");
        } else {
            code.op(Bytecode.L2I, -1);
            code.invokeStatic(INTEGER, "numberOfLeadingZeros", "(I)I");
        }
        code.op(Bytecode.I2L, 1);
    }

    private void swapBytes(int n, Type type) {
        int unit = ir.aux(n);
        if (unit == Long.BYTES) {
            push(ir.a(n));
            code.invokeStatic(LONG, "reverseBytes", "(J)J");
        } else if (unit == Integer.BYTES && type == Type.I32) {
            push(ir.a(n));
            code.op(Bytecode.L2I, -1);
            code.invokeStatic(INTEGER, "reverseBytes", "(I)I");
            code.op(Bytecode.I2L, 1);
            mask(LOW_32);
        } else if (unit == Integer.BYTES) {
            push(ir.a(n));
            code.invokeStatic(LONG, "reverseBytes", "(J)J");
            code.pushInt(Integer.SIZE);
            code.invokeStatic(LONG, "rotateRight", "(JI)J");
        } else {
            push(ir.a(n));
            code.invokeStatic("jqemu/tcg/ir/Evaluator", "swapHalfwordBytes", "(J)J");
        }
    }

    private void reverseBits(int n, Type type) {
        push(ir.a(n));
        if (type == Type.I64) {
            code.invokeStatic(LONG, "reverse", "(J)J");
        } else {
            code.op(Bytecode.L2I, -1);
            code.invokeStatic(INTEGER, "reverse", "(I)I");
            code.op(Bytecode.I2L, 1);
            mask(LOW_32);
        }
    }

    // ---- the shared evaluators

    private void evaluate(int n, Opcode op, Type type) {
        DirectCalls.Target target = DirectCalls.pure(op);
        if (target != null) {
            callDirectly(n, target);
            return;
        }
        pushEnum(op.name(), OPCODE_TYPE);
        pushEnum(type.name(), TYPE_TYPE);
        pushInputs(n, op, 4);
        code.pushInt(ir.aux(n));
        code.pushLong(ir.imm(n));
        code.invokeStatic(REGION_CALLS, "evaluate", "(" + OPCODE_TYPE + TYPE_TYPE + "JJJJIJ)J");
    }

    /// Computes the floating-point op `n` onto the stack.
    void emitFloatingPoint(int n) {
        Opcode op = ir.opcode(n);
        DirectCalls.Target target = DirectCalls.floatingPoint(op, ir.type(n));
        if (target != null) {
            callDirectly(n, target);
            return;
        }
        code.aload(RegionFrame.ENV_LOCAL);
        pushEnum(op.name(), OPCODE_TYPE);
        pushEnum(ir.type(n).name(), TYPE_TYPE);
        pushInputs(n, op, 3);
        code.pushInt(ir.aux(n));
        code.invokeStatic(
                REGION_CALLS, "evaluateFp", "(L" + RegionFrame.ENV + ";" + OPCODE_TYPE + TYPE_TYPE + "JJJI)J");
    }

    private void callDirectly(int n, DirectCalls.Target target) {
        DirectCalls.Arguments arguments = target.arguments();
        if (arguments.hasEnv()) {
            code.aload(RegionFrame.ENV_LOCAL);
        }
        if (arguments.hasUsual()) {
            code.iload(RegionFrame.USUAL_LOCAL);
        }
        if (arguments.hasType()) {
            pushEnum(ir.type(n).name(), TYPE_TYPE);
        }
        if (arguments.areDoubles()) {
            for (int i = 0; i < arguments.operands(); i++) {
                pushDouble(ir.operand(n, i));
            }
        } else {
            pushInputs(n, ir.opcode(n), arguments.operands());
        }
        if (arguments == DirectCalls.Arguments.A_COUNT_AUX) {
            pushCount(ir.b(n));
        }
        if (arguments.hasAux()) {
            code.pushInt(ir.aux(n));
        }
        code.invokeStatic(target.owner(), target.name(), arguments.descriptor());
    }

    /// Pushes `count` operands; those that the op does not have are 0.
    private void pushInputs(int n, Opcode op, int count) {
        for (int i = 0; i < count; i++) {
            if (i < op.inputs()) {
                push(ir.operand(n, i));
            } else {
                code.pushLong(0);
            }
        }
    }
}
