package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;

/// Arithmetic on singles, as raw bits, with Java's own: what [HardDouble] is for doubles.
///
/// Operands and most exact results fit a double, which shows whether rounding lost anything.
public final class HardSingle {
    private HardSingle() {}

    /// `a + b`, singles as raw bits.
    public static long add(CpuState env, boolean usual, long a, long b) {
        float sum = HardFloat.single(a) + HardFloat.single(b);
        return usual && HardFloat.isOrdinary(sum) ? HardFloat.bits(sum) : addCarefully(env, a, b);
    }

    private static long addCarefully(CpuState env, long a, long b) {
        float x = HardFloat.single(a);
        float y = HardFloat.single(b);
        float sum = x + y;
        if (HardFloat.isPlain(env) && (HardFloat.isOrdinary(sum) || sum == 0)) {
            if (!HardFloat.inexactIsKnown(env)) {
                noteSumError(env, x, y, sum);
            }
            return HardFloat.bits(sum);
        }
        return SoftFloat.add(env, FloatFormat.SINGLE, a, b);
    }

    /// `a - b`, singles as raw bits.
    public static long subtract(CpuState env, boolean usual, long a, long b) {
        float difference = HardFloat.single(a) - HardFloat.single(b);
        return usual && HardFloat.isOrdinary(difference) ? HardFloat.bits(difference) : subtractCarefully(env, a, b);
    }

    private static long subtractCarefully(CpuState env, long a, long b) {
        float x = HardFloat.single(a);
        float y = HardFloat.single(b);
        float difference = x - y;
        if (HardFloat.isPlain(env) && (HardFloat.isOrdinary(difference) || difference == 0)) {
            if (!HardFloat.inexactIsKnown(env)) {
                noteSumError(env, x, -y, difference);
            }
            return HardFloat.bits(difference);
        }
        return SoftFloat.subtract(env, FloatFormat.SINGLE, a, b);
    }

    private static void noteSumError(CpuState env, float x, float y, float sum) {
        float other = sum - x;
        float error = (x - (sum - other)) + (y - other);
        if (error != 0) {
            FpStatus.raise(env, FpStatus.IXC);
        }
    }

    /// `a * b`, singles as raw bits.
    public static long multiply(CpuState env, boolean usual, long a, long b) {
        float product = HardFloat.single(a) * HardFloat.single(b);
        return usual && HardFloat.isOrdinary(product) ? HardFloat.bits(product) : multiplyCarefully(env, a, b);
    }

    private static long multiplyCarefully(CpuState env, long a, long b) {
        double exact = (double) HardFloat.single(a) * HardFloat.single(b);
        float product = (float) exact;
        if (HardFloat.isPlain(env) && (HardFloat.isOrdinary(product) || exact == 0)) {
            HardFloat.noteRounding(env, exact, product);
            return HardFloat.bits(product);
        }
        return SoftFloat.multiply(env, FloatFormat.SINGLE, a, b);
    }

    /// `a / b`, singles as raw bits.
    public static long divide(CpuState env, boolean usual, long a, long b) {
        float quotient = HardFloat.single(a) / HardFloat.single(b);
        return usual && HardFloat.isOrdinary(quotient) ? HardFloat.bits(quotient) : divideCarefully(env, a, b);
    }

    private static long divideCarefully(CpuState env, long a, long b) {
        float x = HardFloat.single(a);
        float y = HardFloat.single(b);
        float quotient = x / y;
        if (HardFloat.isPlain(env) && (HardFloat.isOrdinary(quotient) || (quotient == 0 && x == 0))) {
            // the product of two singles is exact as a double
            if (quotient != 0 && !HardFloat.inexactIsKnown(env) && (double) quotient * y != x) {
                FpStatus.raise(env, FpStatus.IXC);
            }
            return HardFloat.bits(quotient);
        }
        return SoftFloat.divide(env, FloatFormat.SINGLE, a, b);
    }

    /// `a * b + c` rounded once, singles as raw bits.
    public static long multiplyAdd(CpuState env, boolean usual, long a, long b, long c) {
        float result = Math.fma(HardFloat.single(a), HardFloat.single(b), HardFloat.single(c));
        return usual && HardFloat.isOrdinary(result) ? HardFloat.bits(result) : multiplyAddCarefully(env, a, b, c);
    }

    private static long multiplyAddCarefully(CpuState env, long a, long b, long c) {
        float result = Math.fma(HardFloat.single(a), HardFloat.single(b), HardFloat.single(c));
        if (HardFloat.isPlain(env) && HardFloat.isOrdinary(result)) {
            if (!HardFloat.inexactIsKnown(env)) {
                noteSumOfProductError(
                        env, (double) HardFloat.single(a) * HardFloat.single(b), HardFloat.single(c), result);
            }
            return HardFloat.bits(result);
        }
        return SoftFloat.multiplyAdd(env, FloatFormat.SINGLE, a, b, c);
    }

    /// Sets IXC when the single `result` is not exactly `product + z`; what no double can hold, no single can.
    private static void noteSumOfProductError(CpuState env, double product, double z, float result) {
        double sum = product + z;
        HardDouble.noteSumError(env, product, z, sum);
        HardFloat.noteDifference(env, sum != result);
    }

    /// The square root, singles as raw bits.
    public static long squareRoot(CpuState env, boolean usual, long a) {
        float root = (float) Math.sqrt(HardFloat.single(a));
        return usual && HardFloat.isOrdinary(root) ? HardFloat.bits(root) : squareRootCarefully(env, a);
    }

    private static long squareRootCarefully(CpuState env, long a) {
        float x = HardFloat.single(a);
        // rounding twice is harmless here: a double has more than twice the bits of a single
        float root = (float) Math.sqrt(x);
        if (HardFloat.isPlain(env) && root >= 0) {
            if (root <= Float.MAX_VALUE && !HardFloat.inexactIsKnown(env) && (double) root * root != x) {
                FpStatus.raise(env, FpStatus.IXC);
            }
            return HardFloat.bits(root);
        }
        return SoftFloat.squareRoot(env, FloatFormat.SINGLE, a);
    }
}
