package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;

/// Comparisons, minima and maxima of floating-point numbers, after the manual's `FPCompare`, `FPMax`, `FPMaxNum`, ...
public final class FloatCompare {
    /// Packed NZCV: less.
    static final int LESS = 0b1000;
    /// Packed NZCV: equal.
    static final int EQUAL = 0b0110;
    /// Packed NZCV: greater.
    static final int GREATER = 0b0010;
    /// Packed NZCV: unordered, a NaN is involved.
    static final int UNORDERED = 0b0011;

    private FloatCompare() {}

    /// -1, 0 or 1 as `a` is less than, equal to or greater than `b`; neither is a NaN.
    private static int order(FloatFormat format, long a, long b) {
        return Long.compare(signedValue(format, a), signedValue(format, b));
    }

    /// A number whose order is that of the floating-point values; both zeros give 0.
    private static long signedValue(FloatFormat format, long bits) {
        long magnitude = format.magnitude(bits);
        return format.isNegative(bits) ? -magnitude : magnitude;
    }

    /// The packed NZCV of comparing `left` with `right`; a quiet NaN is invalid when `signaling`.
    static long flags(CpuState env, FloatFormat format, long left, long right, boolean signaling) {
        long a = format.input(env, left);
        long b = format.input(env, right);
        if (isUnordered(env, format, a, b, signaling)) {
            return UNORDERED;
        }
        int order = order(format, a, b);
        return order < 0 ? LESS : order == 0 ? EQUAL : GREATER;
    }

    private static boolean isUnordered(CpuState env, FloatFormat format, long a, long b, boolean signaling) {
        if (!format.isNan(a) && !format.isNan(b)) {
            return false;
        }
        if (signaling || format.isSignalingNan(a) || format.isSignalingNan(b)) {
            FpStatus.raise(env, FpStatus.IOC);
        }
        return true;
    }

    /// The larger operand; +0 is larger than -0, a NaN wins.
    static long maximum(CpuState env, FloatFormat format, long left, long right) {
        long a = format.input(env, left);
        long b = format.input(env, right);
        if (format.isNan(a) || format.isNan(b)) {
            return SoftFloat.nanResult(env, format, a, b);
        }
        int order = order(format, a, b);
        return order > 0 ? a : order < 0 ? b : a & b;
    }

    /// The smaller operand; -0 is smaller than +0, a NaN wins.
    static long minimum(CpuState env, FloatFormat format, long left, long right) {
        long a = format.input(env, left);
        long b = format.input(env, right);
        if (format.isNan(a) || format.isNan(b)) {
            return SoftFloat.nanResult(env, format, a, b);
        }
        int order = order(format, a, b);
        return order < 0 ? a : order > 0 ? b : a | b;
    }

    /// As [#maximum], but a number wins over a quiet NaN.
    static long maximumNumber(CpuState env, FloatFormat format, long a, long b) {
        long identity = format.infinity(true);
        return maximum(env, format, numberOr(format, a, b, identity), numberOr(format, b, a, identity));
    }

    /// As [#minimum], but a number wins over a quiet NaN.
    static long minimumNumber(CpuState env, FloatFormat format, long a, long b) {
        long identity = format.infinity(false);
        return minimum(env, format, numberOr(format, a, b, identity), numberOr(format, b, a, identity));
    }

    /// `operand`, or `identity` when `operand` is the only quiet NaN of the two.
    private static long numberOr(FloatFormat format, long operand, long other, long identity) {
        return isQuietNan(format, operand) && !isQuietNan(format, other) ? identity : operand;
    }

    private static boolean isQuietNan(FloatFormat format, long bits) {
        return format.isNan(bits) && !format.isSignalingNan(bits);
    }
}
