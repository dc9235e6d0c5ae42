package jqemu.tcg.opt;

import java.util.SplittableRandom;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Builds well-formed random blocks that give the passes something to do: few registers, few and telling constants,
/// flags that are tested, fields of fields.
final class RandomBlock {
    private static final Opcode[] BINARY = {
        Opcode.ADD,
        Opcode.SUB,
        Opcode.MUL,
        Opcode.DIVS,
        Opcode.DIVU,
        Opcode.AND,
        Opcode.OR,
        Opcode.XOR,
        Opcode.ANDC,
        Opcode.ORC,
        Opcode.SHL,
        Opcode.SHR,
        Opcode.SAR,
        Opcode.ROTR
    };
    private static final Opcode[] FLAGS = {Opcode.NZCV_SUB, Opcode.NZCV_ADD, Opcode.NZCV_LOGIC, Opcode.NZCV_ADC};
    private static final long[] CONSTANTS = {0, 0, 1, 2, -1, 31, 32, 64, 255, 0xffff_ffffL, 0x8000_0000L, Long.MIN_VALUE
    };
    private static final int[] SLOTS = {0, 1, 2, Slot.SP, Slot.NZCV, Slot.V0};
    private static final Type[] ENV_TYPES = {Type.I64, Type.I64, Type.I32, Type.F64, Type.F32};

    private final SplittableRandom random;
    private final IrBlock block = new IrBlock();

    private RandomBlock(long seed) {
        random = new SplittableRandom(seed);
    }

    /// The block of `seed`.
    static IrBlock of(long seed) {
        RandomBlock builder = new RandomBlock(seed);
        builder.build();
        return builder.block;
    }

    private void build() {
        mark();
        int length = 5 + random.nextInt(60);
        for (int i = 0; i < length; i++) {
            step(random.nextInt(20));
        }
        append(Opcode.GOTO_TB, Type.I64, 0, 0, 0, 0, ExitHint.JUMP.ordinal(), 0x2000);
    }

    private void step(int kind) {
        Type type = Type.ofSf(random.nextInt(2));
        switch (kind) {
            case 0 -> mark();
            case 1, 2, 3 -> load();
            case 4, 5, 6 -> store();
            case 7, 8, 9 -> append(pick(BINARY), type, value(type), value(type), 0, 0, 0, 0);
            case 10 -> field(type);
            case 11 -> extension();
            case 12, 13 -> testFlags(type);
            case 14 -> compare(type);
            case 15 -> select(type);
            case 16 -> branch(type);
            case 17 -> append(Opcode.LD, type, value(Type.I64), 0, 0, 0, random.nextInt(3), 0);
            case 18 -> append(Opcode.ST, type, value(Type.I64), value(type), 0, 0, random.nextInt(3), 0);
            default -> rare();
        }
    }

    private void mark() {
        append(Opcode.INSN_START, Type.I64, 0, 0, 0, 0, 0xd503201f, 0x1000 + block.size());
    }

    private void rare() {
        if (random.nextInt(4) == 0) {
            append(Opcode.CALL, Type.I64, value(Type.I64), 0, 0, 0, Helper.READ_COUNTER.ordinal(), 0);
        } else {
            int memop = MemOp.SIZE_32 | MemOp.SEQUENTIAL;
            append(Opcode.ATOMIC_ADD, Type.I32, value(Type.I64), value(Type.I32), 0, 0, memop, 0);
        }
    }

    private void load() {
        append(Opcode.LD_ENV, ENV_TYPES[random.nextInt(ENV_TYPES.length)], 0, 0, 0, 0, 0, slot());
    }

    private void store() {
        Type type = ENV_TYPES[random.nextInt(ENV_TYPES.length)];
        append(Opcode.ST_ENV, type, value(type), 0, 0, 0, 0, slot());
    }

    private int slot() {
        return SLOTS[random.nextInt(SLOTS.length)];
    }

    private void field(Type type) {
        int position = random.nextInt(type.bits());
        int field = IrBlock.field(position, 1 + random.nextInt(type.bits() - position));
        int value = value(type);
        switch (random.nextInt(4)) {
            case 0 -> append(Opcode.DEPOSIT, type, value, value(type), 0, 0, field, 0);
            case 1 -> append(Opcode.SEXTRACT, type, value, 0, 0, 0, field, 0);
            default -> append(Opcode.EXTRACT, type, value, 0, 0, 0, field, 0);
        }
    }

    private void extension() {
        switch (random.nextInt(4)) {
            case 0 -> append(Opcode.EXT_I32, Type.I64, value(Type.I32), 0, 0, 0, 0, 0);
            case 1 -> append(Opcode.EXTU_I32, Type.I64, value(Type.I32), 0, 0, 0, 0, 0);
            case 2 -> append(Opcode.BITCAST, Type.F64, value(Type.I64), 0, 0, 0, 0, 0);
            default -> append(Opcode.EXTRL, Type.I32, value(Type.I64), 0, 0, 0, 0, 0);
        }
    }

    private void testFlags(Type type) {
        Opcode op = pick(FLAGS);
        int a = value(type);
        int b = op.inputs() > 1 ? value(type) : 0;
        if (random.nextBoolean()) {
            append(op == Opcode.NZCV_ADD ? Opcode.ADD : Opcode.SUB, type, a, op.inputs() > 1 ? b : a, 0, 0, 0, 0);
        }
        int carry = op.inputs() > 2 ? constant(type, random.nextInt(2)) : 0;
        int flags = append(op, type, a, b, carry, 0, 0, 0);
        if (random.nextBoolean()) {
            append(Opcode.ST_ENV, Type.I64, flags, 0, 0, 0, 0, Slot.NZCV);
        }
        int test = append(Opcode.TESTCC, Type.I64, flags, 0, 0, 0, random.nextInt(16), 0);
        useTruth(test, Type.I64);
    }

    private void compare(Type type) {
        useTruth(append(Opcode.SETCOND, type, value(type), value(type), 0, 0, condition(), 0), type);
    }

    /// Compares a truth value with 0, as the semantics of conditional instructions do.
    private void useTruth(int truth, Type type) {
        int zero = constant(type, 0);
        int condition = (random.nextBoolean() ? Condition.NE : Condition.EQ).ordinal();
        switch (random.nextInt(3)) {
            case 0 -> append(Opcode.SETCOND, type, truth, zero, 0, 0, condition, 0);
            case 1 -> {
                int c = value(Type.I64);
                append(Opcode.MOVCOND, Type.I64, truth, zero, c, value(Type.I64), condition, type.ordinal());
            }
            default -> append(Opcode.BRCOND, type, truth, zero, 0, 0, condition, 0x3000 + block.size());
        }
    }

    private void select(Type compared) {
        Type type = Type.ofSf(random.nextInt(2));
        int a = value(compared);
        int b = value(compared);
        append(Opcode.MOVCOND, type, a, b, value(type), value(type), condition(), compared.ordinal());
    }

    private void branch(Type type) {
        append(Opcode.BRCOND, type, value(type), value(type), 0, 0, condition(), 0x3000 + block.size());
    }

    private int condition() {
        return random.nextInt(Condition.values().length);
    }

    private Opcode pick(Opcode[] ops) {
        return ops[random.nextInt(ops.length)];
    }

    /// An existing value of `type`, or a new constant.
    private int value(Type type) {
        for (int attempt = 0; attempt < 6; attempt++) {
            int n = random.nextInt(block.size());
            if (block.opcode(n).hasResult() && block.valueIs(n, type)) {
                return n;
            }
        }
        return constant(type, CONSTANTS[random.nextInt(CONSTANTS.length)]);
    }

    private int constant(Type type, long value) {
        return append(Opcode.MOVI, type, 0, 0, 0, 0, 0, type.truncate(value));
    }

    private int append(Opcode op, Type type, int a, int b, int c, int d, int aux, long imm) {
        return block.append(op, type, a, b, c, d, aux, imm);
    }
}
