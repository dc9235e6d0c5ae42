package jqemu.tcg.opt;

import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// The algebra of [ConstantFolding]: ops that are the same as one of their operands, or a constant, or a simpler op.
///
/// Constants stand on the right where the op allows it ([#orderOperands] sees to that), so that rules look only there.
/// Every rule makes the op disappear or brings it nearer to the block's inputs: that is why folding ends.
final class Identities {
    /// The op is not the same as an earlier value.
    static final int NONE = -1;

    private Identities() {}

    /// Moves a constant to the right of a commutative op or of a comparison.
    static void orderOperands(IrBlock block, int n) {
        int a = block.a(n);
        int b = block.b(n);
        if (block.opcode(n).inputs() < 2 || !isConstant(block, a) || isConstant(block, b)) {
            return;
        }
        switch (block.opcode(n)) {
            case ADD, MUL, MULSH, MULUH, AND, OR, XOR -> swap(block, n, a, b);
            case SETCOND, MOVCOND, BRCOND -> {
                swap(block, n, a, b);
                block.setAux(n, block.condition(n).swapped().ordinal());
            }
            default -> {}
        }
    }

    private static void swap(IrBlock block, int n, int a, int b) {
        block.setOperand(n, 0, b);
        block.setOperand(n, 1, a);
    }

    /// The earlier value that pure op `n` is the same as, or [#NONE]; the op itself may be replaced by a simpler
    /// one.
    static int simplify(IrBlock block, int n) {
        return switch (block.opcode(n)) {
            case ADD, SUB, MUL, DIVS, DIVU -> arithmetic(block, n);
            case AND, OR, XOR, ANDC, ORC -> logic(block, n);
            case SHL, SHR, SAR, ROTR -> shift(block, n);
            case EXTRACT2 -> block.aux(n) == 0 ? block.a(n) : NONE;
            case EXTRACT, SEXTRACT, DEPOSIT, EXT_I32, EXTU_I32, EXTRL, BITCAST -> FieldIdentities.simplify(block, n);
            case SETCOND -> comparison(block, n);
            case MOVCOND -> selection(block, n);
            default -> NONE;
        };
    }

    static boolean isConstant(IrBlock block, int value) {
        return block.opcode(value) == Opcode.MOVI;
    }

    private static boolean isConstant(IrBlock block, int value, long constant) {
        return isConstant(block, value) && block.imm(value) == constant;
    }

    private static int becomes(IrBlock block, int n, long constant) {
        block.replaceByConstant(n, block.type(n).truncate(constant));
        return NONE;
    }

    private static int arithmetic(IrBlock block, int n) {
        int a = block.a(n);
        int b = block.b(n);
        return switch (block.opcode(n)) {
            case ADD -> isConstant(block, b, 0) ? a : NONE;
            case SUB -> {
                if (a == b) {
                    yield becomes(block, n, 0);
                }
                yield isConstant(block, b, 0) ? a : NONE;
            }
            case MUL -> {
                if (isConstant(block, b, 0)) {
                    yield b;
                }
                yield isConstant(block, b, 1) ? a : NONE;
            }
            default -> isConstant(block, b, 1) ? a : NONE;
        };
    }

    private static int logic(IrBlock block, int n) {
        int a = block.a(n);
        int b = block.b(n);
        if (a == b) {
            return logicOfEqual(block, n);
        }
        boolean zero = isConstant(block, b, 0);
        boolean ones = isConstant(block, b, block.type(n).truncate(-1));
        return switch (block.opcode(n)) {
            case AND -> and(block, a, b, zero);
            case OR -> zero ? a : ones ? b : NONE;
            case XOR -> zero ? a : NONE;
            case ANDC -> zero ? a : ones || isConstant(block, a, 0) ? becomes(block, n, 0) : NONE;
            default -> ones ? a : zero ? becomes(block, n, -1) : doubleNot(block, a, b);
        };
    }

    private static int logicOfEqual(IrBlock block, int n) {
        return switch (block.opcode(n)) {
            case AND, OR -> block.a(n);
            case XOR, ANDC -> becomes(block, n, 0);
            default -> becomes(block, n, -1);
        };
    }

    private static int and(IrBlock block, int a, int b, boolean zero) {
        if (zero) {
            return b;
        }
        boolean keepsAll = isConstant(block, b) && (~block.imm(b) & Bits.mask(SignificantBits.of(block, a))) == 0;
        return keepsAll ? a : NONE;
    }

    /// `0 | ~(0 | ~x)` is `x`.
    private static int doubleNot(IrBlock block, int a, int b) {
        boolean isNot = isConstant(block, a, 0);
        boolean ofNot = block.opcode(b) == Opcode.ORC && isConstant(block, block.a(b), 0);
        return isNot && ofNot ? block.b(b) : NONE;
    }

    private static int shift(IrBlock block, int n) {
        int a = block.a(n);
        int b = block.b(n);
        boolean still = isConstant(block, b) && (block.imm(b) & (block.type(n).bits() - 1)) == 0;
        return still || isConstant(block, a, 0) ? a : NONE;
    }

    private static int comparison(IrBlock block, int n) {
        if (isDecided(block, n)) {
            return becomes(block, n, holds(block, n, block.type(n)) ? 1 : 0);
        }
        return NONE;
    }

    private static int selection(IrBlock block, int n) {
        if (block.c(n) == block.d(n)) {
            return block.c(n);
        }
        if (isDecided(block, n)) {
            return holds(block, n, Type.of((int) block.imm(n))) ? block.c(n) : block.d(n);
        }
        return NONE;
    }

    /// Whether the outcome of the comparison in op `n` is known.
    static boolean isDecided(IrBlock block, int n) {
        int a = block.a(n);
        int b = block.b(n);
        return a == b || (isConstant(block, a) && isConstant(block, b));
    }

    /// The outcome of the decided comparison of two values of `compared` in op `n`.
    static boolean holds(IrBlock block, int n, Type compared) {
        int a = block.a(n);
        int b = block.b(n);
        Condition condition = block.condition(n);
        return a == b ? condition.test(Type.I64, 0, 0) : condition.test(compared, block.imm(a), block.imm(b));
    }
}
