package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.ir.Type;

/// Arithmetic on doubles with Java's own, where that gives what [SoftFloat] gives: the rule is [HardFloat]'s.
///
/// In each method `usual` is [HardFloat#isUsual]: known to the caller, so that nothing but the result is looked at.
public final class HardDouble {
    private HardDouble() {}

    static double number(long bits) {
        return Double.longBitsToDouble(bits);
    }

    static long bits(double number) {
        return Double.doubleToRawLongBits(number);
    }

    /// The packed NZCV of comparing `a` with `b`; `signaling` is not 0 if a quiet NaN is invalid, too.
    public static long compare(CpuState env, boolean usual, double a, double b, int signaling) {
        long flags = usual ? HardFloat.order(a, b) : HardFloat.UNORDERED;
        return flags != HardFloat.UNORDERED
                ? flags
                : HardFloat.compare(env, Type.F64, bits(a), bits(b), signaling != 0);
    }

    /// `a + b`.
    public static double add(CpuState env, boolean usual, double a, double b) {
        double sum = a + b;
        return usual && HardFloat.isOrdinary(sum) ? sum : addCarefully(env, a, b);
    }

    private static double addCarefully(CpuState env, double a, double b) {
        double sum = a + b;
        // a sum that is zero is exact
        if (HardFloat.isPlain(env) && (HardFloat.isOrdinary(sum) || sum == 0)) {
            if (!HardFloat.inexactIsKnown(env)) {
                noteSumError(env, a, b, sum);
            }
            return sum;
        }
        return number(SoftFloat.add(env, FloatFormat.DOUBLE, bits(a), bits(b)));
    }

    /// `a - b`.
    public static double subtract(CpuState env, boolean usual, double a, double b) {
        double difference = a - b;
        return usual && HardFloat.isOrdinary(difference) ? difference : subtractCarefully(env, a, b);
    }

    private static double subtractCarefully(CpuState env, double a, double b) {
        double difference = a - b;
        if (HardFloat.isPlain(env) && (HardFloat.isOrdinary(difference) || difference == 0)) {
            if (!HardFloat.inexactIsKnown(env)) {
                noteSumError(env, a, -b, difference);
            }
            return difference;
        }
        return number(SoftFloat.subtract(env, FloatFormat.DOUBLE, bits(a), bits(b)));
    }

    /// Sets IXC when `sum` is not exactly `x + y`: Knuth's TwoSum, which computes the rounding error itself.
    static void noteSumError(CpuState env, double x, double y, double sum) {
        double other = sum - x;
        double error = (x - (sum - other)) + (y - other);
        if (error != 0) {
            FpStatus.raise(env, FpStatus.IXC);
        }
    }

    /// `a * b`.
    public static double multiply(CpuState env, boolean usual, double a, double b) {
        double product = a * b;
        return usual && HardFloat.isOrdinary(product) ? product : multiplyCarefully(env, a, b);
    }

    private static double multiplyCarefully(CpuState env, double a, double b) {
        double product = a * b;
        boolean ordinary = HardFloat.isOrdinary(product) || (product == 0 && (a == 0 || b == 0));
        if (HardFloat.isPlain(env)
                && ordinary
                && (HardFloat.inexactIsKnown(env) || notesProductError(env, a, b, product))) {
            return product;
        }
        return number(SoftFloat.multiply(env, FloatFormat.DOUBLE, bits(a), bits(b)));
    }

    /// Sets IXC when `product` is not exactly `x * y`; false where that cannot be told, since the error might
    /// underflow.
    private static boolean notesProductError(CpuState env, double x, double y, double product) {
        if (product == 0) {
            return true;
        }
        if (Math.abs(product) < HardFloat.SMALLEST_WITH_ERROR) {
            return false;
        }
        HardFloat.noteDifference(env, Math.fma(x, y, -product) != 0);
        return true;
    }

    /// `a / b`.
    public static double divide(CpuState env, boolean usual, double a, double b) {
        double quotient = a / b;
        return usual && HardFloat.isOrdinary(quotient) ? quotient : divideCarefully(env, a, b);
    }

    private static double divideCarefully(CpuState env, double a, double b) {
        double quotient = a / b;
        boolean ordinary = HardFloat.isOrdinary(quotient) || (quotient == 0 && a == 0);
        if (HardFloat.isPlain(env)
                && ordinary
                && (HardFloat.inexactIsKnown(env) || notesQuotientError(env, a, b, quotient))) {
            return quotient;
        }
        return number(SoftFloat.divide(env, FloatFormat.DOUBLE, bits(a), bits(b)));
    }

    private static boolean notesQuotientError(CpuState env, double x, double y, double quotient) {
        if (x == 0) {
            return true;
        }
        if (Math.abs(x) < HardFloat.SMALLEST_WITH_ERROR) {
            return false;
        }
        HardFloat.noteDifference(env, Math.fma(quotient, y, -x) != 0);
        return true;
    }

    /// `a * b + c` rounded once.
    public static double multiplyAdd(CpuState env, boolean usual, double a, double b, double c) {
        double result = Math.fma(a, b, c);
        return usual && HardFloat.isOrdinary(result) ? result : multiplyAddCarefully(env, a, b, c);
    }

    private static double multiplyAddCarefully(CpuState env, double a, double b, double c) {
        double result = Math.fma(a, b, c);
        if (HardFloat.isPlain(env)
                && HardFloat.isOrdinary(result)
                && (HardFloat.inexactIsKnown(env) || notesSumOfProductError(env, a, b, c))) {
            return result;
        }
        return number(SoftFloat.multiplyAdd(env, FloatFormat.DOUBLE, bits(a), bits(b), bits(c)));
    }

    /// Sets IXC when `x * y + z` is inexact; false where that is not easily told.
    private static boolean notesSumOfProductError(CpuState env, double x, double y, double z) {
        double product = x * y;
        double sum = product + z;
        boolean inRange = Math.abs(product) >= HardFloat.SMALLEST_WITH_ERROR || x == 0 || y == 0;
        if (!inRange || Double.isInfinite(sum) || Math.fma(x, y, -product) != 0) {
            return false;
        }
        noteSumError(env, product, z, sum);
        return true;
    }

    /// The square root.
    public static double squareRoot(CpuState env, boolean usual, double a) {
        double root = Math.sqrt(a);
        return usual && HardFloat.isOrdinary(root) ? root : squareRootCarefully(env, a);
    }

    private static double squareRootCarefully(CpuState env, double a) {
        double root = Math.sqrt(a);
        // false for a NaN; infinity and zeros are exact
        if (HardFloat.isPlain(env) && root >= 0 && (HardFloat.inexactIsKnown(env) || notesRootError(env, a, root))) {
            return root;
        }
        return number(SoftFloat.squareRoot(env, FloatFormat.DOUBLE, bits(a)));
    }

    private static boolean notesRootError(CpuState env, double x, double root) {
        if (x == 0 || Double.isInfinite(x)) {
            return true;
        }
        if (x < HardFloat.SMALLEST_WITH_ERROR) {
            return false;
        }
        HardFloat.noteDifference(env, Math.fma(root, root, -x) != 0);
        return true;
    }
}
