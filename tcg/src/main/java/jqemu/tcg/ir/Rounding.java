package jqemu.tcg.ir;

/// Rounding modes as plain numbers, so that they fit an op's immediate; the first four are the values of FPCR.RMode.
public final class Rounding {
    /// To nearest, ties to even.
    public static final int NEAREST_EVEN = 0;
    /// Towards plus infinity.
    public static final int UP = 1;
    /// Towards minus infinity.
    public static final int DOWN = 2;
    /// Towards zero.
    public static final int ZERO = 3;
    /// To nearest, ties away from zero.
    public static final int NEAREST_AWAY = 4;
    /// To odd: an inexact result gets an odd significand, so that rounding once more is right (`FCVTXN`).
    public static final int ODD = 5;
    /// In an immediate: the mode that FPCR selects.
    public static final int CURRENT = 6;
    /// In an immediate of `frint`: the mode that FPCR selects, and inexact is signalled (`FRINTX`).
    public static final int CURRENT_EXACT = 7;

    private Rounding() {}

    /// Whether the magnitude `kept` + `lost` is to become `kept + 1`.
    ///
    /// @param lost the bits cut off, less than twice `half`
    /// @param half the weight of half a unit of `kept` in `lost`
    public static boolean incrementsMagnitude(int mode, boolean negative, long kept, long lost, long half) {
        return switch (mode) {
            case NEAREST_EVEN -> {
                int order = Long.compareUnsigned(lost, half);
                yield order > 0 || (order == 0 && (kept & 1) != 0);
            }
            case NEAREST_AWAY -> Long.compareUnsigned(lost, half) >= 0;
            case UP -> !negative && lost != 0;
            case DOWN -> negative && lost != 0;
            case ODD -> lost != 0 && (kept & 1) == 0;
            default -> false;
        };
    }

    /// Whether a result too large for its format becomes an infinity, not the largest finite number.
    public static boolean overflowsToInfinity(int mode, boolean negative) {
        return switch (mode) {
            case NEAREST_EVEN, NEAREST_AWAY -> true;
            case UP -> !negative;
            case DOWN -> negative;
            default -> false;
        };
    }
}
