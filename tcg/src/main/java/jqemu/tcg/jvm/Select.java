package jqemu.tcg.jvm;

/// Comparisons as values: what `setcond` and `movcond` become, so that generated code needs no branches inside
/// expressions. C2 inlines them and makes conditional moves.
///
/// All comparisons are signed ones of 64 bits, see [ComparisonEmitter#pushOperands].
public final class Select {
    private Select() {}

    /// `a == b ? c : d`.
    public static long eq(long a, long b, long c, long d) {
        return a == b ? c : d;
    }

    /// `a != b ? c : d`.
    public static long ne(long a, long b, long c, long d) {
        return a != b ? c : d;
    }

    /// `a < b ? c : d`.
    public static long lt(long a, long b, long c, long d) {
        return a < b ? c : d;
    }

    /// `a <= b ? c : d`.
    public static long le(long a, long b, long c, long d) {
        return a <= b ? c : d;
    }

    /// `a > b ? c : d`.
    public static long gt(long a, long b, long c, long d) {
        return a > b ? c : d;
    }

    /// `a >= b ? c : d`.
    public static long ge(long a, long b, long c, long d) {
        return a >= b ? c : d;
    }
}
