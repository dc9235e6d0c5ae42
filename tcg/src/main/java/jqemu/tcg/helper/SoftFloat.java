package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Rounding;

/// Exact IEEE arithmetic on raw bits, in every rounding mode and with all flags: the definition that the fast path of
/// [HardFloat] must agree with.
///
/// Every operation takes its operands apart (see [FloatFormat]), computes an exact significand with a sticky bit, and
/// leaves rounding to [#pack]. Rules for NaNs, zeros and flags follow the manual's shared pseudocode (`FPAdd`,
/// `FPMulAdd`, `FPProcessNaNs`, `FPRound`, ...).
public final class SoftFloat {
    private SoftFloat() {}

    // ---- NaNs and exceptions

    /// The result of an invalid operation.
    static long invalid(CpuState env, FloatFormat format) {
        FpStatus.raise(env, FpStatus.IOC);
        return format.defaultNan();
    }

    /// The NaN that results from the NaN operand `nan`.
    static long nanResult(CpuState env, FloatFormat format, long nan) {
        if (format.isSignalingNan(nan)) {
            FpStatus.raise(env, FpStatus.IOC);
        }
        return FpStatus.controls(env, FpStatus.DN) ? format.defaultNan() : nan | format.quietBit();
    }

    /// The result of an operation of which at least one operand is a NaN: signalling ones first, then in order.
    static long nanResult(CpuState env, FloatFormat format, long a, long b) {
        boolean first = format.isSignalingNan(a) || (!format.isSignalingNan(b) && format.isNan(a));
        return nanResult(env, format, first ? a : b);
    }

    private static long nanResult(CpuState env, FloatFormat format, long a, long b, long c) {
        if (format.isSignalingNan(a)) {
            return nanResult(env, format, a);
        }
        boolean others = format.isSignalingNan(b) || format.isSignalingNan(c) || !format.isNan(a);
        return others ? nanResult(env, format, b, c) : nanResult(env, format, a);
    }

    /// The zero that an exact sum of opposite numbers gives.
    private static long cancelled(CpuState env, FloatFormat format) {
        return format.zero(FpStatus.roundingMode(env) == Rounding.DOWN);
    }

    // ---- rounding

    /// Shifts right by `count` (0 or more), keeping a sticky bit 0.
    static long shiftRightSticky(long value, int count) {
        if (count == 0) {
            return value;
        }
        if (count > 63) {
            return value == 0 ? 0 : 1;
        }
        return value >>> count | ((value & Bits.mask(count)) != 0 ? 1 : 0);
    }

    /// Rounds `significand * 2^(exponent - 62)` by FPCR to `format`, flushing denormals as FPCR says.
    static long pack(CpuState env, FloatFormat format, boolean negative, int exponent, long significand) {
        int mode = FpStatus.roundingMode(env);
        return pack(env, format, negative, exponent, significand, mode, format.flushes(env));
    }

    /// Rounds `significand * 2^(exponent - 62)`, the significand being an unsigned non-zero number with a sticky
    /// bit 0, wherever its leading one is. Underflow is detected before rounding.
    static long pack(
            CpuState env,
            FloatFormat format,
            boolean negative,
            int exponent,
            long significand,
            int mode,
            boolean flushToZero) {
        int leading = Long.numberOfLeadingZeros(significand);
        long normalized = leading == 0 ? shiftRightSticky(significand, 1) : significand << (leading - 1);
        int trueExponent = exponent + 1 - leading;
        if (trueExponent > format.maxExponent()) {
            return overflow(env, format, negative, mode);
        }
        boolean tiny = trueExponent < format.minExponent();
        if (tiny) {
            if (flushToZero) {
                FpStatus.raise(env, FpStatus.UFC);
                return format.zero(negative);
            }
            normalized = shiftRightSticky(normalized, format.minExponent() - trueExponent);
        }
        int dropped = FloatFormat.LEAD - format.fractionBits();
        long kept = normalized >>> dropped;
        long lost = normalized & Bits.mask(dropped);
        if (Rounding.incrementsMagnitude(mode, negative, kept, lost, 1L << (dropped - 1))) {
            kept++;
        }
        // kept includes the leading one, so the exponent field goes in less one; a carry out of kept is right too
        long field = tiny ? 0 : trueExponent - format.minExponent();
        long magnitude = (field << format.fractionBits()) + kept;
        if (format.magnitude(magnitude) != magnitude || format.isInfinite(magnitude)) {
            return overflow(env, format, negative, mode);
        }
        if (lost != 0) {
            FpStatus.raise(env, tiny ? FpStatus.IXC | FpStatus.UFC : FpStatus.IXC);
        }
        return format.zero(negative) | magnitude;
    }

    private static long overflow(CpuState env, FloatFormat format, boolean negative, int mode) {
        if (format == FloatFormat.ALTERNATIVE_HALF) {
            FpStatus.raise(env, FpStatus.IOC);
            return format.largest(negative);
        }
        FpStatus.raise(env, FpStatus.OFC | FpStatus.IXC);
        return Rounding.overflowsToInfinity(mode, negative) ? format.infinity(negative) : format.largest(negative);
    }

    // ---- arithmetic

    /// `a + b`.
    static long add(CpuState env, FloatFormat format, long augend, long addend) {
        long a = format.input(env, augend);
        long b = format.input(env, addend);
        if (format.isNan(a) || format.isNan(b)) {
            return nanResult(env, format, a, b);
        }
        boolean opposite = format.isNegative(a) != format.isNegative(b);
        if (format.isInfinite(a)) {
            return opposite && format.isInfinite(b) ? invalid(env, format) : a;
        }
        if (format.isInfinite(b)) {
            return b;
        }
        if (format.isZero(a)) {
            return format.isZero(b) && opposite ? cancelled(env, format) : b;
        }
        if (format.isZero(b)) {
            return a;
        }
        return format.magnitude(a) >= format.magnitude(b)
                ? addOrdered(env, format, a, b, opposite)
                : addOrdered(env, format, b, a, opposite);
    }

    private static long addOrdered(CpuState env, FloatFormat format, long large, long small, boolean opposite) {
        int exponent = format.exponent(large);
        long aligned = shiftRightSticky(format.significand(small), exponent - format.exponent(small));
        long sum = opposite ? format.significand(large) - aligned : format.significand(large) + aligned;
        if (sum == 0) {
            return cancelled(env, format);
        }
        return pack(env, format, format.isNegative(large), exponent, sum);
    }

    /// `a - b`. A NaN `b` keeps its sign.
    static long subtract(CpuState env, FloatFormat format, long a, long b) {
        return add(env, format, a, format.isNan(b) ? b : b ^ format.signBit());
    }

    /// `a * b`.
    static long multiply(CpuState env, FloatFormat format, long multiplicand, long multiplier) {
        long a = format.input(env, multiplicand);
        long b = format.input(env, multiplier);
        if (format.isNan(a) || format.isNan(b)) {
            return nanResult(env, format, a, b);
        }
        boolean negative = format.isNegative(a) != format.isNegative(b);
        if (isInfinityTimesZero(format, a, b)) {
            return invalid(env, format);
        }
        if (format.isInfinite(a) || format.isInfinite(b)) {
            return format.infinity(negative);
        }
        if (format.isZero(a) || format.isZero(b)) {
            return format.zero(negative);
        }
        // twice each significand, so that the high word of the product has its leading one at bit 62 or 63
        long left = format.significand(a) << 1;
        long right = format.significand(b) << 1;
        long product = Math.unsignedMultiplyHigh(left, right) | (left * right != 0 ? 1 : 0);
        return pack(env, format, negative, format.exponent(a) + format.exponent(b), product);
    }

    static boolean isInfinityTimesZero(FloatFormat format, long a, long b) {
        return (format.isInfinite(a) && format.isZero(b)) || (format.isZero(a) && format.isInfinite(b));
    }

    /// `FMULX`: as [#multiply], but infinity times zero is 2.
    static long multiplyExtended(CpuState env, FloatFormat format, long multiplicand, long multiplier) {
        long a = format.input(env, multiplicand);
        long b = format.input(env, multiplier);
        if (isInfinityTimesZero(format, a, b)) {
            return format.normal(format.isNegative(a) != format.isNegative(b), 1, 0);
        }
        return multiply(env, format, a, b);
    }

    /// `a / b`.
    static long divide(CpuState env, FloatFormat format, long dividend, long divisor) {
        long a = format.input(env, dividend);
        long b = format.input(env, divisor);
        if (format.isNan(a) || format.isNan(b)) {
            return nanResult(env, format, a, b);
        }
        boolean negative = format.isNegative(a) != format.isNegative(b);
        if (format.isInfinite(a)) {
            return format.isInfinite(b) ? invalid(env, format) : format.infinity(negative);
        }
        if (format.isZero(b)) {
            if (format.isZero(a)) {
                return invalid(env, format);
            }
            FpStatus.raise(env, FpStatus.DZC);
            return format.infinity(negative);
        }
        if (format.isZero(a) || format.isInfinite(b)) {
            return format.zero(negative);
        }
        long quotient = divideSignificands(format.significand(a), format.significand(b));
        return pack(env, format, negative, format.exponent(a) - format.exponent(b), quotient);
    }

    /// The quotient of two significands as a significand with a sticky bit; its leading one is at bit 62 or 61.
    private static long divideSignificands(long dividend, long divisor) {
        // the widest format has 53 bits, so a remainder has room for 11 more; 1 + 5 * 11 quotient bits suffice
        int unused = FloatFormat.LEAD - 52;
        int step = 11;
        long denominator = divisor >>> unused;
        long remainder = dividend >>> unused;
        long quotient = remainder / denominator;
        remainder %= denominator;
        for (int bits = 0; bits < 5 * step; bits += step) {
            long numerator = remainder << step;
            long digits = Long.divideUnsigned(numerator, denominator);
            quotient = quotient << step | digits;
            remainder = numerator - digits * denominator;
        }
        return quotient << (FloatFormat.LEAD - 5 * step) | (remainder != 0 ? 1 : 0);
    }

    /// The square root.
    static long squareRoot(CpuState env, FloatFormat format, long operand) {
        long a = format.input(env, operand);
        if (format.isNan(a)) {
            return nanResult(env, format, a);
        }
        if (format.isZero(a)) {
            return a;
        }
        if (format.isNegative(a)) {
            return invalid(env, format);
        }
        if (format.isInfinite(a)) {
            return a;
        }
        int exponent = format.exponent(a);
        boolean odd = (exponent & 1) != 0;
        long radicand = format.significand(a) << (odd ? 1 : 0);
        return pack(env, format, false, (odd ? exponent - 1 : exponent) / 2, rootOfSignificand(radicand));
    }

    /// The root of `radicand * 2^62` (as unsigned number of 126 bits or less) with a sticky bit, found digit by
    /// digit.
    private static long rootOfSignificand(long radicand) {
        int rootBits = 58;
        long rest = radicand;
        long root = 0;
        long remainder = 0;
        for (int bit = 0; bit < rootBits; bit++) {
            remainder = remainder << 2 | rest >>> 62;
            rest <<= 2;
            long trial = root << 2 | 1;
            root <<= 1;
            if (remainder >= trial) {
                remainder -= trial;
                root |= 1;
            }
        }
        return root << (FloatFormat.LEAD + 1 - rootBits) | (remainder != 0 ? 1 : 0);
    }

    /// `a * b + c`, rounded once.
    static long multiplyAdd(CpuState env, FloatFormat format, long a, long b, long c) {
        return multiplyAdd(env, format, a, b, c, 0);
    }

    /// `(a * b + c) * 2^scale`, rounded once.
    static long multiplyAdd(
            CpuState env, FloatFormat format, long multiplicand, long multiplier, long addend, int scale) {
        long c = format.input(env, addend);
        long a = format.input(env, multiplicand);
        long b = format.input(env, multiplier);
        boolean impossible = isInfinityTimesZero(format, a, b);
        if (format.isNan(a) || format.isNan(b) || format.isNan(c)) {
            boolean hidden = impossible && !format.isSignalingNan(c);
            return hidden ? invalid(env, format) : nanResult(env, format, c, a, b);
        }
        boolean negative = format.isNegative(a) != format.isNegative(b);
        boolean opposite = format.isNegative(c) != negative;
        boolean infinite = format.isInfinite(a) || format.isInfinite(b);
        if (impossible || (infinite && format.isInfinite(c) && opposite)) {
            return invalid(env, format);
        }
        if (format.isInfinite(c)) {
            return c;
        }
        if (infinite) {
            return format.infinity(negative);
        }
        if (format.isZero(a) || format.isZero(b)) {
            if (format.isZero(c)) {
                return opposite ? cancelled(env, format) : c;
            }
            return pack(env, format, format.isNegative(c), format.exponent(c) + scale, format.significand(c));
        }
        return fuse(env, format, a, b, c, scale);
    }

    /// The finite case of [#multiplyAdd] with a non-zero product, in 128 bits: product and addend have their
    /// leading ones at bit 124 or 125 of `high:low`, which weigh `2^(exponent - 124)`.
    private static long fuse(CpuState env, FloatFormat format, long a, long b, long c, int scale) {
        long left = format.significand(a);
        long right = format.significand(b);
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        int exponent = format.exponent(a) + format.exponent(b);
        boolean negative = format.isNegative(a) != format.isNegative(b);
        if (format.isZero(c)) {
            return packWide(env, format, negative, exponent + scale, high, low);
        }
        long otherHigh = format.significand(c) >>> 2;
        long otherLow = format.significand(c) << 62;
        int distance = exponent - format.exponent(c);
        if (distance >= 0) {
            long shifted = shiftRightStickyLow(otherHigh, otherLow, distance);
            otherHigh = distance > 63 ? 0 : otherHigh >>> distance;
            otherLow = shifted;
        } else {
            exponent = format.exponent(c);
            long shifted = shiftRightStickyLow(high, low, -distance);
            high = -distance > 63 ? 0 : high >>> -distance;
            low = shifted;
        }
        if (format.isNegative(c) == negative) {
            long sum = low + otherLow;
            high += otherHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
            return packWide(env, format, negative, exponent + scale, high, sum);
        }
        boolean larger = high > otherHigh || (high == otherHigh && Long.compareUnsigned(low, otherLow) >= 0);
        long resultLow = larger ? low - otherLow : otherLow - low;
        boolean borrow = larger ? Long.compareUnsigned(low, otherLow) < 0 : Long.compareUnsigned(otherLow, low) < 0;
        long resultHigh = (larger ? high - otherHigh : otherHigh - high) - (borrow ? 1 : 0);
        return packWide(env, format, larger == negative, exponent + scale, resultHigh, resultLow);
    }

    /// The low word of `high:low` shifted right by `count`, with a sticky bit 0.
    private static long shiftRightStickyLow(long high, long low, int count) {
        if (count == 0) {
            return low;
        }
        if (count < 64) {
            return high << (64 - count) | shiftRightSticky(low, count);
        }
        return shiftRightSticky(high, count - 64) | (low != 0 ? 1 : 0);
    }

    private static long packWide(
            CpuState env, FloatFormat format, boolean negative, int exponent, long high, long low) {
        if (high == 0) {
            return low == 0 ? cancelled(env, format) : pack(env, format, negative, exponent - 62, low);
        }
        int shift = Long.numberOfLeadingZeros(high) - 1;
        long top = shift == 0 ? high : high << shift | low >>> (64 - shift);
        return pack(env, format, negative, exponent + 2 - shift, top | (low << shift != 0 ? 1 : 0));
    }
}
