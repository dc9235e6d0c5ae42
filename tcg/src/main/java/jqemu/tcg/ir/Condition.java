package jqemu.tcg.ir;

/// A comparison of two integer values, as `setcond`, `movcond` and `brcond` take it.
public enum Condition {
    /// Equal.
    EQ("eq"),
    /// Not equal.
    NE("ne"),
    /// Signed less.
    LT("lt"),
    /// Signed less or equal.
    LE("le"),
    /// Signed greater.
    GT("gt"),
    /// Signed greater or equal.
    GE("ge"),
    /// Unsigned less.
    LTU("ltu"),
    /// Unsigned less or equal.
    LEU("leu"),
    /// Unsigned greater.
    GTU("gtu"),
    /// Unsigned greater or equal.
    GEU("geu");

    private static final Condition[] VALUES = values();

    private final String text;

    Condition(String text) {
        this.text = text;
    }

    /// The name in the textual IR.
    public String text() {
        return text;
    }

    /// The condition with this ordinal, as an op's `aux` stores it.
    public static Condition of(int ordinal) {
        return VALUES[ordinal];
    }

    /// Whether this orders signed values.
    public boolean isSigned() {
        return switch (this) {
            case LT, LE, GT, GE -> true;
            case EQ, NE, LTU, LEU, GTU, GEU -> false;
        };
    }

    /// Whether this orders unsigned values.
    public boolean isUnsigned() {
        return switch (this) {
            case LTU, LEU, GTU, GEU -> true;
            case EQ, NE, LT, LE, GT, GE -> false;
        };
    }

    /// This condition for signed values, where those are so chosen that they order as unsigned ones should.
    public Condition signed() {
        return switch (this) {
            case EQ, NE, LT, LE, GT, GE -> this;
            case LTU -> LT;
            case LEU -> LE;
            case GTU -> GT;
            case GEU -> GE;
        };
    }

    /// The condition that holds exactly when this one does not.
    public Condition inverse() {
        return switch (this) {
            case EQ -> NE;
            case NE -> EQ;
            case LT -> GE;
            case LE -> GT;
            case GT -> LE;
            case GE -> LT;
            case LTU -> GEU;
            case LEU -> GTU;
            case GTU -> LEU;
            case GEU -> LTU;
        };
    }

    /// The condition `c` for which `a c b` is `b this a`.
    public Condition swapped() {
        return switch (this) {
            case EQ, NE -> this;
            case LT -> GT;
            case LE -> GE;
            case GT -> LT;
            case GE -> LE;
            case LTU -> GTU;
            case LEU -> GEU;
            case GTU -> LTU;
            case GEU -> LEU;
        };
    }

    /// Whether `a this b` holds for two values of `type` (I32 or I64).
    public boolean test(Type type, long a, long b) {
        // an I32 value is zero-extended: for a signed comparison its sign has to move up to bit 63
        long left = type == Type.I32 ? a << 32 : a;
        long right = type == Type.I32 ? b << 32 : b;
        return switch (this) {
            case EQ -> left == right;
            case NE -> left != right;
            case LT -> left < right;
            case LE -> left <= right;
            case GT -> left > right;
            case GE -> left >= right;
            case LTU -> Long.compareUnsigned(left, right) < 0;
            case LEU -> Long.compareUnsigned(left, right) <= 0;
            case GTU -> Long.compareUnsigned(left, right) > 0;
            case GEU -> Long.compareUnsigned(left, right) >= 0;
        };
    }
}
