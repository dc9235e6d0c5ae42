package jqemu.tcg.opt;

import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;
import org.jspecify.annotations.Nullable;

/// Turns tests of condition flags into comparisons of what the flags were computed from, and merges those into the
/// branches and selections that use them.
///
/// ```
/// v4 = nzcv_sub_i64 v1, v2              v4 = nzcv_sub_i64 v1, v2
/// v5 = testcc_i64 v4, $3           =>   v5 = setcond_i64 v1, v2, ltu
/// v6 = movi_i64 $0                      v6 = movi_i64 $0
/// brcond_i64 v5, v6, ne, $0x1000        brcond_i64 v1, v2, ltu, $0x1000
/// ```
///
/// What is left over, the flags too when no later instruction needs them, goes to [DeadEnvStores] and
/// [DeadCodeElimination].
public final class FlagFusion implements Pass {
    /// The first of the two condition codes that always hold, `AL` and `NV`.
    private static final int ALWAYS = 14;

    @Override
    public String name() {
        return "flag-fusion";
    }

    @Override
    public void run(IrBlock block) {
        for (int n = 0; n < block.size(); n++) {
            switch (block.opcode(n)) {
                case TESTCC -> n = test(block, n);
                case SETCOND, MOVCOND, BRCOND -> truth(block, n);
                default -> {}
            }
        }
    }

    // ---- tests of flags

    /// Rewrites test `n`; the result is where the op stands then.
    private static int test(IrBlock block, int n) {
        int code = block.aux(n);
        if (code >= ALWAYS) {
            block.replaceByConstant(n, 1);
            return n;
        }
        int flags = block.a(n);
        return switch (block.opcode(flags)) {
            case NZCV_SUB -> testSubtraction(block, n, flags, code);
            case NZCV_ADD -> testResult(block, n, code, resultOf(block, flags, Opcode.ADD));
            case NZCV_LOGIC -> testLogic(block, n, flags, code);
            default -> n;
        };
    }

    private static int testSubtraction(IrBlock block, int n, int flags, int code) {
        Condition condition = afterSubtraction(code);
        if (condition == null) {
            return testResult(block, n, code, resultOf(block, flags, Opcode.SUB));
        }
        compare(block, n, block.type(flags), condition, block.a(flags), block.b(flags));
        return n;
    }

    /// The comparison of `a` and `b` that condition code `code` makes after `a - b`; null for those that only look
    /// at the result's sign or at overflow.
    private static @Nullable Condition afterSubtraction(int code) {
        return switch (code) {
            case 0 -> Condition.EQ;
            case 1 -> Condition.NE;
            case 2 -> Condition.GEU;
            case 3 -> Condition.LTU;
            case 8 -> Condition.GTU;
            case 9 -> Condition.LEU;
            case 10 -> Condition.GE;
            case 11 -> Condition.LT;
            case 12 -> Condition.GT;
            case 13 -> Condition.LE;
            default -> null;
        };
    }

    /// The op that computes the sum or difference itself from the operands of `flags`, or -1.
    private static int resultOf(IrBlock block, int flags, Opcode operation) {
        for (int m = block.size() - 1; m > 0; m--) {
            if (block.opcode(m) == operation
                    && block.type(m) == block.type(flags)
                    && block.a(m) == block.a(flags)
                    && block.b(m) == block.b(flags)) {
                return m;
            }
        }
        return -1;
    }

    /// Rewrites a test that asks only for zero or for the sign of `result`.
    private static int testResult(IrBlock block, int n, int code, int result) {
        boolean asksResult = code >> 1 == 0 || code >> 1 == 2;
        if (!asksResult || result < 0 || result >= n) {
            return n;
        }
        return compareWithZero(block, n, afterLogic(code), result);
    }

    private static int testLogic(IrBlock block, int n, int flags, int code) {
        return switch (code) {
            // the carry and overflow flags are clear: CS, VS and HI never hold, their inverses always do
            case 2, 6, 8 -> {
                block.replaceByConstant(n, 0);
                yield n;
            }
            case 3, 7, 9 -> {
                block.replaceByConstant(n, 1);
                yield n;
            }
            default -> compareWithZero(block, n, afterLogic(code), block.a(flags));
        };
    }

    /// The comparison of the result with zero that condition code `code` makes when there is no carry and no
    /// overflow.
    private static Condition afterLogic(int code) {
        return switch (code) {
            case 0 -> Condition.EQ;
            case 1 -> Condition.NE;
            case 4, 11 -> Condition.LT;
            case 5, 10 -> Condition.GE;
            case 12 -> Condition.GT;
            default -> Condition.LE;
        };
    }

    private static int compareWithZero(IrBlock block, int n, Condition condition, int value) {
        Type type = block.type(value);
        int zero = findZero(block, n, type);
        if (zero >= 0) {
            compare(block, n, type, condition, value, zero);
            return n;
        }
        block.insertConstant(n, type, 0);
        compare(block, n + 1, type, condition, value, n);
        return n + 1;
    }

    private static int findZero(IrBlock block, int before, Type type) {
        for (int m = before - 1; m >= 0; m--) {
            if (block.opcode(m) == Opcode.MOVI && block.imm(m) == 0 && block.valueIs(m, type)) {
                return m;
            }
        }
        return -1;
    }

    private static void compare(IrBlock block, int n, Type type, Condition condition, int a, int b) {
        block.replace(n, Opcode.SETCOND, type, a, b, 0, 0, condition.ordinal(), 0);
    }

    // ---- comparisons of truth values with zero

    /// Merges the comparison that op `n` compares with zero into op `n`.
    private static void truth(IrBlock block, int n) {
        Condition condition = block.condition(n);
        int tested = block.a(n);
        boolean asksTruth = condition == Condition.NE || condition == Condition.EQ;
        if (!asksTruth || !isZero(block, block.b(n))) {
            return;
        }
        if (block.opcode(tested) == Opcode.SETCOND) {
            Condition merged = block.condition(tested);
            merge(block, n, tested, condition == Condition.NE ? merged : merged.inverse());
        } else if (block.opcode(tested) == Opcode.TESTCC && block.opcode(n) == Opcode.SETCOND) {
            // the lowest bit of a condition code inverts it
            int code = block.aux(tested) ^ (condition == Condition.NE ? 0 : 1);
            block.replace(n, Opcode.TESTCC, Type.I64, block.a(tested), 0, 0, 0, code, 0);
        }
    }

    private static boolean isZero(IrBlock block, int value) {
        return block.opcode(value) == Opcode.MOVI && block.imm(value) == 0;
    }

    private static void merge(IrBlock block, int n, int comparison, Condition condition) {
        int a = block.a(comparison);
        int b = block.b(comparison);
        Type compared = block.type(comparison);
        if (block.opcode(n) == Opcode.MOVCOND) {
            block.replace(
                    n,
                    Opcode.MOVCOND,
                    block.type(n),
                    a,
                    b,
                    block.c(n),
                    block.d(n),
                    condition.ordinal(),
                    compared.ordinal());
        } else {
            block.replace(n, block.opcode(n), compared, a, b, 0, 0, condition.ordinal(), block.imm(n));
        }
    }
}
