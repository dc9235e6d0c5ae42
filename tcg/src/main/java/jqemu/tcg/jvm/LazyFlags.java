package jqemu.tcg.jvm;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Nzcv;
import jqemu.tcg.ir.Type;

/// Condition flags that are not computed yet: within a region NZCV is kept as the operation and the operands that set
/// it.
///
/// Regions hand them to each other like that, in [Slot#NZCV], [Slot#FLAG_B] and [Slot#FLAG_KIND]; for everybody else
/// [#settle] computes them. Where a condition is tested, [#holds] compares the operands.
/// The kind is a constant in almost all places, so that C2 sees only the comparison.
public final class LazyFlags {
    /// `a` is the packed flags.
    public static final int PACKED = 0;
    /// The flags of the 64-bit `a - b`.
    public static final int SUB_64 = 1;
    /// The flags of the 32-bit `a - b`.
    public static final int SUB_32 = 2;
    /// The flags of the 64-bit `a + b`.
    public static final int ADD_64 = 3;
    /// The flags of the 32-bit `a + b`.
    public static final int ADD_32 = 4;
    /// The flags of the 64-bit logical result `a`.
    public static final int LOGIC_64 = 5;
    /// The flags of the 32-bit logical result `a`.
    public static final int LOGIC_32 = 6;

    private LazyFlags() {}

    /// Computes the flags in env if they are not computed yet.
    public static void settle(long[] slots) {
        if (slots[Slot.FLAG_KIND] != PACKED) {
            slots[Slot.NZCV] = packed(slots);
            slots[Slot.FLAG_KIND] = PACKED;
        }
    }

    /// The flags in env, which stay as they are.
    public static long packed(long[] slots) {
        return pack((int) slots[Slot.FLAG_KIND], slots[Slot.NZCV], slots[Slot.FLAG_B]);
    }

    /// The packed flags.
    public static long pack(int kind, long a, long b) {
        return switch (kind) {
            case SUB_64 -> Nzcv.subtract(Type.I64, a, b);
            case SUB_32 -> Nzcv.subtract(Type.I32, a, b);
            case ADD_64 -> Nzcv.addWithCarry(Type.I64, a, b, 0);
            case ADD_32 -> Nzcv.addWithCarry(Type.I32, a, b, 0);
            case LOGIC_64 -> Nzcv.logic(Type.I64, a);
            case LOGIC_32 -> Nzcv.logic(Type.I32, a);
            default -> a;
        };
    }

    /// Whether condition code `cond` (0 to 13) holds.
    public static boolean holds(int cond, int kind, long a, long b) {
        return switch (kind) {
            case SUB_64 -> afterSubtraction(cond, a, b);
            // sign-extended operands compare as the 32-bit ones do, also unsigned; N and V differ
            case SUB_32 ->
                hasSign(cond)
                        ? Nzcv.holds(cond, pack(kind, a, b))
                        : afterSubtraction(cond, Bits.signExtend(a, 32), Bits.signExtend(b, 32));
            case LOGIC_64 -> afterLogic(cond, a);
            case LOGIC_32 -> afterLogic(cond, Bits.signExtend(a, 32));
            default -> Nzcv.holds(cond, pack(kind, a, b));
        };
    }

    /// Whether condition code `cond` looks at N or V alone.
    private static boolean hasSign(int cond) {
        return cond >= 4 && cond <= 7;
    }

    private static boolean afterSubtraction(int cond, long a, long b) {
        return switch (cond) {
            case 0 -> a == b;
            case 1 -> a != b;
            case 2 -> !Bits.isBelow(a, b);
            case 3 -> Bits.isBelow(a, b);
            case 8 -> Bits.isBelow(b, a);
            case 9 -> !Bits.isBelow(b, a);
            case 10 -> a >= b;
            case 11 -> a < b;
            case 12 -> a > b;
            case 13 -> a <= b;
            default -> Nzcv.holds(cond, Nzcv.subtract(Type.I64, a, b));
        };
    }

    /// A logical result clears C and V.
    private static boolean afterLogic(int cond, long result) {
        return switch (cond) {
            case 0 -> result == 0;
            case 1 -> result != 0;
            case 4, 11 -> result < 0;
            case 5, 10 -> result >= 0;
            case 12 -> result > 0;
            case 13 -> result <= 0;
            default -> Nzcv.holds(cond, Nzcv.logic(Type.I64, result));
        };
    }
}
