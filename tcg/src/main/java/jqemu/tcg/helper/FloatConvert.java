package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Rounding;

/// Conversions between floating-point formats and between them and integers or fixed-point numbers, after the manual's
/// `FPConvert`, `FPToFixed`, `FixedToFP`, `FPRoundInt`.
public final class FloatConvert {
    private FloatConvert() {}

    // ---- between formats

    /// The number `operand` of format `from` in format `to`, in rounding mode `mode`.
    ///
    /// FZ16 does not apply to conversions; AHP selects the alternative half precision on either side.
    static long convert(CpuState env, FloatFormat from, FloatFormat to, long operand, int mode) {
        FloatFormat source = alternative(env, from);
        FloatFormat target = alternative(env, to);
        long a = source == FloatFormat.SINGLE || source == FloatFormat.DOUBLE ? source.input(env, operand) : operand;
        if (source.isNan(a)) {
            return convertNan(env, source, target, a);
        }
        boolean negative = source.isNegative(a);
        if (source.isInfinite(a)) {
            if (target == FloatFormat.ALTERNATIVE_HALF) {
                FpStatus.raise(env, FpStatus.IOC);
                return target.largest(negative);
            }
            return target.infinity(negative);
        }
        if (source.isZero(a)) {
            return target.zero(negative);
        }
        boolean half = to == FloatFormat.HALF;
        return SoftFloat.pack(
                env, target, negative, source.exponent(a), source.significand(a), mode, !half && target.flushes(env));
    }

    /// The half-precision number in the low bits of `operand` as a single, which always can hold it; no flag is
    /// raised: a signalling NaN stays one for the operation that comes.
    static long widenHalf(CpuState env, long operand) {
        FloatFormat from = FloatFormat.HALF;
        FloatFormat to = FloatFormat.SINGLE;
        long a = from.input(env, operand & Bits.mask(from.width()));
        boolean negative = from.isNegative(a);
        int widening = to.fractionBits() - from.fractionBits();
        if (from.isZero(a)) {
            return to.zero(negative);
        }
        if (from.isNan(a) || from.isInfinite(a)) {
            return to.infinity(negative) | from.fraction(a) << widening;
        }
        long fraction = Bits.extract(from.significand(a), FloatFormat.LEAD - to.fractionBits(), to.fractionBits());
        return to.zero(negative) | (long) (from.exponent(a) + to.bias()) << to.fractionBits() | fraction;
    }

    private static FloatFormat alternative(CpuState env, FloatFormat format) {
        return format == FloatFormat.HALF && FpStatus.controls(env, FpStatus.AHP)
                ? FloatFormat.ALTERNATIVE_HALF
                : format;
    }

    private static long convertNan(CpuState env, FloatFormat source, FloatFormat target, long nan) {
        boolean representable = target != FloatFormat.ALTERNATIVE_HALF;
        if (source.isSignalingNan(nan) || !representable) {
            FpStatus.raise(env, FpStatus.IOC);
        }
        if (!representable) {
            return target.zero(source.isNegative(nan));
        }
        if (FpStatus.controls(env, FpStatus.DN)) {
            return target.defaultNan();
        }
        int widening = target.fractionBits() - source.fractionBits();
        long fraction = source.fraction(nan);
        long moved = widening >= 0 ? fraction << widening : fraction >>> -widening;
        return target.infinity(source.isNegative(nan)) | target.quietBit() | moved;
    }

    // ---- to integers

    /// The fixed-point number with `fractionBits` fraction bits nearest to `operand` in rounding mode `mode`,
    /// saturated to `width` bits, the bits above being 0.
    static long toFixed(
            CpuState env, FloatFormat format, long operand, int fractionBits, int width, boolean signed, int mode) {
        long a = format.input(env, operand);
        if (format.isNan(a)) {
            FpStatus.raise(env, FpStatus.IOC);
            return 0;
        }
        if (format.isZero(a)) {
            return 0;
        }
        boolean negative = format.isNegative(a);
        int exponent = format.isInfinite(a) ? Integer.MAX_VALUE : format.exponent(a) + fractionBits;
        if (exponent >= 64) {
            return saturated(env, negative, width, signed);
        }
        long significand = format.significand(a);
        long magnitude = integerPart(significand, exponent);
        long lost = exponent == 63 ? 0 : fractionPart(significand, exponent);
        if (Rounding.incrementsMagnitude(mode, negative, magnitude, lost, Long.MIN_VALUE)) {
            // cannot wrap: a magnitude of 54 bits or more has no fraction
            magnitude++;
        }
        if (Long.compareUnsigned(magnitude, largestMagnitude(negative, width, signed)) > 0) {
            return saturated(env, negative, width, signed);
        }
        if (lost != 0) {
            FpStatus.raise(env, FpStatus.IXC);
        }
        return (negative ? -magnitude : magnitude) & Bits.mask(width);
    }

    private static long integerPart(long significand, int exponent) {
        if (exponent < 0) {
            return 0;
        }
        return exponent == 63 ? significand << 1 : significand >>> (FloatFormat.LEAD - exponent);
    }

    /// The bits of a significand after the binary point, left-aligned in 64 bits with a sticky bit 0; `exponent` is
    /// at most 62.
    private static long fractionPart(long significand, int exponent) {
        if (exponent >= 0) {
            return exponent == FloatFormat.LEAD ? 0 : significand << (exponent + 64 - FloatFormat.LEAD);
        }
        return exponent == -1 ? significand << 1 : SoftFloat.shiftRightSticky(significand, -exponent - 2);
    }

    private static long largestMagnitude(boolean negative, int width, boolean signed) {
        if (signed) {
            return Bits.mask(width - 1) + (negative ? 1 : 0);
        }
        return negative ? 0 : Bits.mask(width);
    }

    private static long saturated(CpuState env, boolean negative, int width, boolean signed) {
        FpStatus.raise(env, FpStatus.IOC);
        long magnitude = largestMagnitude(negative, width, signed);
        return (negative ? -magnitude : magnitude) & Bits.mask(width);
    }

    /// `FJCVTZS`: the double `operand` truncated to an integer modulo 2^32, as JavaScript's ToInt32. Bit 32 of the
    /// result tells whether that was exact (the Z flag).
    static long toJavaScriptInteger(CpuState env, long operand) {
        FloatFormat format = FloatFormat.DOUBLE;
        long a = format.input(env, operand);
        if (format.isNan(a) || format.isInfinite(a)) {
            FpStatus.raise(env, FpStatus.IOC);
            return 0;
        }
        boolean negative = format.isNegative(a);
        long exact = 1L << 32;
        if (format.isZero(a)) {
            // flushed, or minus zero: the Z flag says that the result is not the operand
            boolean plain = operand == 0;
            return plain ? exact : 0;
        }
        int exponent = format.exponent(a);
        long significand = format.significand(a);
        long magnitude = exponent < 64 ? integerPart(significand, exponent) : shiftLeft(significand, exponent);
        boolean fractional = exponent < FloatFormat.LEAD && fractionPart(significand, exponent) != 0;
        long value = negative ? -magnitude : magnitude;
        boolean fits = exponent < 63 && value == (int) value;
        if (!fits) {
            FpStatus.raise(env, FpStatus.IOC);
        } else if (fractional) {
            FpStatus.raise(env, FpStatus.IXC);
        }
        return Bits.low32(value) | (fits && !fractional ? exact : 0);
    }

    private static long shiftLeft(long significand, int exponent) {
        int count = exponent - FloatFormat.LEAD;
        return count > 63 ? 0 : significand << count;
    }

    // ---- from integers

    /// The fixed-point number `operand` (sign-extended when `signed`, else an unsigned 64-bit number) with
    /// `fractionBits` fraction bits, rounded to `format`.
    static long fromFixed(CpuState env, FloatFormat format, long operand, int fractionBits, boolean signed) {
        if (operand == 0) {
            return 0;
        }
        boolean negative = signed && operand < 0;
        long magnitude = negative ? -operand : operand;
        return SoftFloat.pack(env, format, negative, FloatFormat.LEAD - fractionBits, magnitude);
    }

    // ---- to integral numbers

    /// `operand` rounded to an integral number in rounding mode `mode`; `exact` says that inexact is signalled.
    static long roundToIntegral(CpuState env, FloatFormat format, long operand, int mode, boolean exact) {
        long a = format.input(env, operand);
        if (format.isNan(a)) {
            return SoftFloat.nanResult(env, format, a);
        }
        if (format.isInfinite(a) || format.isZero(a)) {
            return a;
        }
        int exponent = format.exponent(a);
        if (exponent >= format.fractionBits()) {
            return a;
        }
        long significand = format.significand(a);
        boolean negative = format.isNegative(a);
        long magnitude = integerPart(significand, exponent);
        long lost = fractionPart(significand, exponent);
        if (lost == 0) {
            return a;
        }
        if (exact) {
            FpStatus.raise(env, FpStatus.IXC);
        }
        if (Rounding.incrementsMagnitude(mode, negative, magnitude, lost, Long.MIN_VALUE)) {
            magnitude++;
        }
        return magnitude == 0
                ? format.zero(negative)
                : SoftFloat.pack(env, format, negative, FloatFormat.LEAD, magnitude, mode, false);
    }

    /// `operand` rounded to an integral number that a signed integer of `width` bits can hold; where there is none,
    /// and for NaN, the least such integer and invalid operation.
    static long roundToSize(CpuState env, FloatFormat format, long operand, int width, int mode) {
        long a = format.input(env, operand);
        boolean special = format.isNan(a) || format.isInfinite(a);
        long before = env.get(Slot.FPSR);
        long rounded = special ? a : roundToIntegral(env, format, a, mode, true);
        long least = format.normal(true, width - 1, 0);
        if (!special && fits(format, rounded, least, width)) {
            return rounded;
        }
        env.set(Slot.FPSR, before);
        FpStatus.raise(env, FpStatus.IOC);
        return least;
    }

    private static boolean fits(FloatFormat format, long integral, long least, int width) {
        return format.isZero(integral) || format.exponent(integral) < width - 1 || integral == least;
    }
}
