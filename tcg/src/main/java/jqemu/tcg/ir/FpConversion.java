package jqemu.tcg.ir;

/// How a floating-point conversion is done, packed into the `aux` of `fcvt`, `ftoi` and `itof`: the operand's type, the
/// rounding mode, signedness and the number of fraction bits of a fixed-point number.
///
/// With a vector type the source is the type of one lane; a 16-bit integer lane is spelled F16, for its width.
public final class FpConversion {
    private static final int TYPE_BITS = 4;
    private static final int ROUNDING_POSITION = 4;
    private static final int ROUNDING_BITS = 3;
    private static final int SIGNED_POSITION = 7;
    private static final int FRACTION_POSITION = 8;
    private static final int FRACTION_BITS = 7;

    private FpConversion() {}

    /// Packs a conversion from `source` in a mode of [Rounding].
    public static int pack(Type source, int rounding, boolean signed, int fractionBits) {
        return source.ordinal()
                | rounding << ROUNDING_POSITION
                | (signed ? 1 : 0) << SIGNED_POSITION
                | fractionBits << FRACTION_POSITION;
    }

    /// The type of the operand, or of a lane of it.
    public static Type source(int conversion) {
        return Type.of(Bits.field(conversion, 0, TYPE_BITS));
    }

    /// The rounding mode.
    public static int rounding(int conversion) {
        return Bits.field(conversion, ROUNDING_POSITION, ROUNDING_BITS);
    }

    /// Whether the integer is signed.
    public static boolean signed(int conversion) {
        return Bits.bit(conversion, SIGNED_POSITION) != 0;
    }

    /// The number of fraction bits of the fixed-point number, 0 to 64.
    public static int fractionBits(int conversion) {
        return Bits.field(conversion, FRACTION_POSITION, FRACTION_BITS);
    }
}
