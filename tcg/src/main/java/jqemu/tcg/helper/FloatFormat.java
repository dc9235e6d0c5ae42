package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Type;

/// The layout of a binary floating-point format: sign, biased exponent, fraction; and what its bit patterns stand for.
///
/// A finite non-zero number is taken apart into an exponent and a *significand* whose leading one is at bit 62:
/// value = significand * 2^(exponent - 62). The same form carries every intermediate result of [SoftFloat], with bit 0
/// "sticky": it is set when any bit below it was.
public enum FloatFormat {
    /// IEEE half precision.
    HALF(5, 10),
    /// Arm's alternative half precision: no infinities and NaNs, one more exponent; only conversions meet it.
    ALTERNATIVE_HALF(5, 10),
    /// The upper half of single precision; only conversions meet it.
    BFLOAT16(8, 7),
    /// IEEE single precision.
    SINGLE(8, 23),
    /// IEEE double precision.
    DOUBLE(11, 52);

    /// The position of the leading one of a significand.
    static final int LEAD = 62;

    private final int exponentBits;
    private final int fractionBits;
    private final long sign;
    private final long infinity;

    FloatFormat(int exponentBits, int fractionBits) {
        this.exponentBits = exponentBits;
        this.fractionBits = fractionBits;
        this.sign = 1L << (exponentBits + fractionBits);
        this.infinity = Bits.mask(exponentBits) << fractionBits;
    }

    /// The format of the scalar type `type`; throws [IllegalArgumentException] for others.
    public static FloatFormat of(Type type) {
        return switch (type) {
            case F16 -> HALF;
            case F32 -> SINGLE;
            case F64 -> DOUBLE;
            case I32, I64, F16X4, F32X2 ->
                throw new IllegalArgumentException("not a scalar floating-point type: " + type);
        };
    }

    int fractionBits() {
        return fractionBits;
    }

    int exponentBits() {
        return exponentBits;
    }

    int width() {
        return 1 + exponentBits + fractionBits;
    }

    int bias() {
        return (1 << (exponentBits - 1)) - 1;
    }

    /// The exponent of the smallest normal number.
    int minExponent() {
        return 1 - bias();
    }

    /// The exponent of the largest finite numbers.
    int maxExponent() {
        return this == ALTERNATIVE_HALF ? bias() + 1 : bias();
    }

    // ---- bit patterns

    long signBit() {
        return sign;
    }

    long magnitude(long bits) {
        return bits & sign - 1;
    }

    boolean isNegative(long bits) {
        return (bits & sign) != 0;
    }

    boolean isZero(long bits) {
        return magnitude(bits) == 0;
    }

    boolean isNan(long bits) {
        return magnitude(bits) > infinity && this != ALTERNATIVE_HALF;
    }

    boolean isSignalingNan(long bits) {
        return isNan(bits) && (bits & quietBit()) == 0;
    }

    boolean isInfinite(long bits) {
        return magnitude(bits) == infinity && this != ALTERNATIVE_HALF;
    }

    boolean isDenormal(long bits) {
        long magnitude = magnitude(bits);
        return magnitude != 0 && magnitude < 1L << fractionBits;
    }

    long quietBit() {
        return 1L << (fractionBits - 1);
    }

    long zero(boolean negative) {
        return negative ? sign : 0;
    }

    long infinity(boolean negative) {
        return zero(negative) | infinity;
    }

    /// The largest finite number.
    long largest(boolean negative) {
        return zero(negative) | (this == ALTERNATIVE_HALF ? sign - 1 : infinity - 1);
    }

    /// `1.fraction * 2^exponent` for a normal exponent; `fraction` are the top two fraction bits.
    long normal(boolean negative, int exponent, int fraction) {
        return zero(negative) | (long) (exponent + bias()) << fractionBits | (long) fraction << (fractionBits - 2);
    }

    long defaultNan() {
        return infinity | quietBit();
    }

    // ---- finite non-zero numbers

    int exponentField(long bits) {
        return (int) Bits.extract(bits, fractionBits, exponentBits);
    }

    long fraction(long bits) {
        return bits & Bits.mask(fractionBits);
    }

    int exponent(long bits) {
        int field = exponentField(bits);
        if (field != 0) {
            return field - bias();
        }
        int leadingFraction = 63 - Long.numberOfLeadingZeros(fraction(bits));
        return minExponent() - (fractionBits - leadingFraction);
    }

    long significand(long bits) {
        long fraction = fraction(bits);
        return exponentField(bits) != 0
                ? (fraction | 1L << fractionBits) << (LEAD - fractionBits)
                : fraction << (Long.numberOfLeadingZeros(fraction) - 1);
    }

    // ---- FPCR

    /// Whether FPCR makes denormal numbers of this format zeros.
    boolean flushes(CpuState env) {
        return FpStatus.controls(env, this == HALF || this == ALTERNATIVE_HALF ? FpStatus.FZ16 : FpStatus.FZ);
    }

    /// The operand as arithmetic sees it (the manual's `FPUnpack`): a denormal may be flushed to zero, which only
    /// for single and double precision is flagged.
    long input(CpuState env, long bits) {
        if (!isDenormal(bits) || !flushes(env)) {
            return bits;
        }
        if (this != HALF) {
            FpStatus.raise(env, FpStatus.IDC);
        }
        return zero(isNegative(bits));
    }
}
