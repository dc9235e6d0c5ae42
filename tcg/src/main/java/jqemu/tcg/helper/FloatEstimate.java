package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Estimates;
import jqemu.tcg.ir.Rounding;

/// Reciprocal and reciprocal square root estimates and their Newton steps, after the manual's `FPRecipEstimate`,
/// `FPRSqrtEstimate`, `FPRecpX`, `FPRecipStepFused`, `FPRSqrtStepFused`.
public final class FloatEstimate {
    private static final int ESTIMATE_BITS = 8;

    private FloatEstimate() {}

    /// `FRECPE`.
    static long reciprocal(CpuState env, FloatFormat format, long operand) {
        long a = format.input(env, operand);
        if (format.isNan(a)) {
            return SoftFloat.nanResult(env, format, a);
        }
        boolean negative = format.isNegative(a);
        if (format.isInfinite(a)) {
            return format.zero(negative);
        }
        if (format.isZero(a)) {
            FpStatus.raise(env, FpStatus.DZC);
            return format.infinity(negative);
        }
        int exponent = format.exponent(a);
        if (exponent < -format.bias() - 1) {
            FpStatus.raise(env, FpStatus.OFC | FpStatus.IXC);
            return Rounding.overflowsToInfinity(FpStatus.roundingMode(env), negative)
                    ? format.infinity(negative)
                    : format.largest(negative);
        }
        if (exponent >= format.bias() - 1 && format.flushes(env)) {
            FpStatus.raise(env, FpStatus.UFC);
            return format.zero(negative);
        }
        int scaled = (int) (format.significand(a) >>> (FloatFormat.LEAD - ESTIMATE_BITS));
        long fraction =
                Bits.extract(Estimates.reciprocal(scaled), 0, ESTIMATE_BITS) << (format.fractionBits() - ESTIMATE_BITS);
        int field = format.bias() - 1 - exponent;
        if (field > 0) {
            return format.zero(negative) | (long) field << format.fractionBits() | fraction;
        }
        // the estimate is denormal: its leading one becomes visible
        return format.zero(negative) | (fraction | 1L << format.fractionBits()) >>> (1 - field);
    }

    /// `FRSQRTE`.
    static long reciprocalRoot(CpuState env, FloatFormat format, long operand) {
        long a = format.input(env, operand);
        if (format.isNan(a)) {
            return SoftFloat.nanResult(env, format, a);
        }
        boolean negative = format.isNegative(a);
        if (format.isZero(a)) {
            FpStatus.raise(env, FpStatus.DZC);
            return format.infinity(negative);
        }
        if (negative) {
            return SoftFloat.invalid(env, format);
        }
        if (format.isInfinite(a)) {
            return 0;
        }
        int exponent = format.exponent(a);
        // the operand becomes scaled / 512 times an even power of two
        boolean even = (exponent & 1) == 0;
        int scaled = (int) (format.significand(a) >>> (FloatFormat.LEAD - ESTIMATE_BITS + (even ? 1 : 0)));
        long fraction = Bits.extract(Estimates.reciprocalRoot(scaled), 0, ESTIMATE_BITS);
        long field = (2L * format.bias() - 1 - exponent) / 2;
        return field << format.fractionBits() | fraction << (format.fractionBits() - ESTIMATE_BITS);
    }

    /// `FRECPX`: a power of two near the reciprocal.
    static long reciprocalExponent(CpuState env, FloatFormat format, long operand) {
        long a = format.input(env, operand);
        if (format.isNan(a)) {
            return SoftFloat.nanResult(env, format, a);
        }
        long largestField = Bits.mask(format.exponentBits());
        long field = format.exponentField(a);
        long inverted = field == 0 ? largestField - 1 : largestField - field;
        return format.zero(format.isNegative(a)) | inverted << format.fractionBits();
    }

    /// `FRECPS`: `2 - a * b`, rounded once; infinity times zero counts as 0.
    static long reciprocalStep(CpuState env, FloatFormat format, long left, long right) {
        long a = format.input(env, left) ^ format.signBit();
        long b = format.input(env, right);
        long two = format.normal(false, 1, 0);
        return SoftFloat.isInfinityTimesZero(format, a, b) ? two : SoftFloat.multiplyAdd(env, format, a, b, two);
    }

    /// `FRSQRTS`: `(3 - a * b) / 2`, rounded once; infinity times zero counts as 0.
    static long reciprocalRootStep(CpuState env, FloatFormat format, long left, long right) {
        long a = format.input(env, left) ^ format.signBit();
        long b = format.input(env, right);
        if (SoftFloat.isInfinityTimesZero(format, a, b)) {
            return format.normal(false, 0, 0b10);
        }
        return SoftFloat.multiplyAdd(env, format, a, b, format.normal(false, 1, 0b10), -1);
    }
}
