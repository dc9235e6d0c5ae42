package jqemu.tcg.ir;

/// Arm condition flags packed in four bits (N 8, Z 4, C 2, V 1), and the condition codes that test them.
///
/// Mirrors the manual's shared pseudocode `AddWithCarry` and `ConditionHolds`.
public final class Nzcv {
    /// Negative.
    public static final int N = 8;
    /// Zero.
    public static final int Z = 4;
    /// Carry; after a subtraction, no borrow.
    public static final int C = 2;
    /// Overflow.
    public static final int V = 1;

    private Nzcv() {}

    /// The flags of `a + b + carry` at the width of `type` (I32 or I64); `carry` is 0 or 1.
    public static long addWithCarry(Type type, long a, long b, long carry) {
        if (type == Type.I32) {
            long sum = a + b + carry;
            long signedSum = (long) (int) a + (int) b + carry;
            int result = (int) sum;
            return signAndZero(result, result) | (sum >>> 32 != 0 ? C : 0) | (signedSum != result ? V : 0);
        }
        long result = a + b + carry;
        long carryOut = ((a & b) | ((a | b) & ~result)) >>> 63;
        long overflow = ((a ^ result) & (b ^ result)) >>> 63;
        return signAndZero(result, result) | carryOut * C | overflow;
    }

    /// The flags of `a + b`.
    public static long add(Type type, long a, long b) {
        return addWithCarry(type, a, b, 0);
    }

    /// The flags of `a - b` at the width of `type`: C is set when there is no borrow.
    public static long subtract(Type type, long a, long b) {
        return addWithCarry(type, a, type.truncate(~b), 1);
    }

    /// The flags of a logical operation's `result`: C and V are clear.
    public static long logic(Type type, long result) {
        return signAndZero(type == Type.I32 ? (int) result : result, result);
    }

    private static long signAndZero(long signed, long result) {
        return (signed < 0 ? N : 0) | (result == 0 ? Z : 0);
    }

    /// Whether condition code `cond` (0 `EQ` to 15 `NV`, which means always) holds for the packed flags.
    public static boolean holds(int cond, long nzcv) {
        boolean n = (nzcv & N) != 0;
        boolean z = (nzcv & Z) != 0;
        boolean c = (nzcv & C) != 0;
        boolean v = (nzcv & V) != 0;
        boolean result = switch (cond >> 1) {
            case 0 -> z;
            case 1 -> c;
            case 2 -> n;
            case 3 -> v;
            case 4 -> c && !z;
            case 5 -> n == v;
            case 6 -> n == v && !z;
            default -> true;
        };
        return ((cond & 1) != 0 && cond != 15) ? !result : result;
    }

    /// The packed flags as the text of dumps shows them, such as `NzCv`: a capital is a set flag.
    public static String text(long nzcv) {
        return ((nzcv & N) != 0 ? "N" : "n")
                + ((nzcv & Z) != 0 ? "Z" : "z")
                + ((nzcv & C) != 0 ? "C" : "c")
                + ((nzcv & V) != 0 ? "V" : "v");
    }
}
