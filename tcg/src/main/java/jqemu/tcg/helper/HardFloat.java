package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// The fast path of the usual operations: Java's own float and double arithmetic, which is IEEE's in round-to-nearest.
///
/// It is taken only where it provably gives what [SoftFloat] gives, FPSR included (QEMU's "hardfloat" rule):
/// - FPCR is 0: round to nearest, no flushing, NaNs propagate;
/// - FPSR.IXC is already set, so that no one can tell whether the result was inexact; or the result is shown to be
/// exact;
/// - the result is a normal number well inside the range, or a zero that is exact: no other flag can arise.
///
/// Half precision always goes the slow way.
public final class HardFloat {
    /// From this magnitude on, the rounding error of a product is a double itself.
    private static final double SMALLEST_WITH_ERROR = 0x1p-900;

    private HardFloat() {}

    // ---- by type

    /// `a + b`.
    public static long add(CpuState env, Type type, long a, long b) {
        return switch (type) {
            case F64 -> addDouble(env, a, b);
            case F32 -> addSingle(env, a, b);
            default -> SoftFloat.add(env, FloatFormat.of(type), a, b);
        };
    }

    /// `a - b`.
    public static long subtract(CpuState env, Type type, long a, long b) {
        return switch (type) {
            case F64 -> subtractDouble(env, a, b);
            case F32 -> subtractSingle(env, a, b);
            default -> SoftFloat.subtract(env, FloatFormat.of(type), a, b);
        };
    }

    /// `a * b`.
    public static long multiply(CpuState env, Type type, long a, long b) {
        return switch (type) {
            case F64 -> multiplyDouble(env, a, b);
            case F32 -> multiplySingle(env, a, b);
            default -> SoftFloat.multiply(env, FloatFormat.of(type), a, b);
        };
    }

    /// `a / b`.
    public static long divide(CpuState env, Type type, long a, long b) {
        return switch (type) {
            case F64 -> divideDouble(env, a, b);
            case F32 -> divideSingle(env, a, b);
            default -> SoftFloat.divide(env, FloatFormat.of(type), a, b);
        };
    }

    /// `a * b + c`, rounded once.
    public static long multiplyAdd(CpuState env, Type type, long a, long b, long c) {
        return switch (type) {
            case F64 -> multiplyAddDouble(env, a, b, c);
            case F32 -> multiplyAddSingle(env, a, b, c);
            default -> SoftFloat.multiplyAdd(env, FloatFormat.of(type), a, b, c);
        };
    }

    /// The square root.
    public static long squareRoot(CpuState env, Type type, long a) {
        return switch (type) {
            case F64 -> squareRootDouble(env, a);
            case F32 -> squareRootSingle(env, a);
            default -> SoftFloat.squareRoot(env, FloatFormat.of(type), a);
        };
    }

    /// The packed NZCV of comparing `a` with `b`.
    public static long compare(CpuState env, Type type, long a, long b, boolean signaling) {
        if (isPlain(env) && type != Type.F16) {
            double left = value(type, a);
            double right = value(type, b);
            if (left < right) {
                return FloatCompare.LESS;
            }
            if (left == right) {
                return FloatCompare.EQUAL;
            }
            if (left > right) {
                return FloatCompare.GREATER;
            }
        }
        return FloatCompare.flags(env, FloatFormat.of(type), a, b, signaling);
    }

    /// The larger operand; plain are numbers of different value.
    public static long maximum(CpuState env, Type type, long a, long b) {
        if (isPlain(env) && type != Type.F16) {
            double left = value(type, a);
            double right = value(type, b);
            if (left > right) {
                return a;
            }
            if (left < right) {
                return b;
            }
        }
        return FloatCompare.maximum(env, FloatFormat.of(type), a, b);
    }

    /// The smaller operand.
    public static long minimum(CpuState env, Type type, long a, long b) {
        if (isPlain(env) && type != Type.F16) {
            double left = value(type, a);
            double right = value(type, b);
            if (left < right) {
                return a;
            }
            if (left > right) {
                return b;
            }
        }
        return FloatCompare.minimum(env, FloatFormat.of(type), a, b);
    }

    /// As [#maximum], but a number wins over a quiet NaN.
    public static long maximumNumber(CpuState env, Type type, long a, long b) {
        return areOrdered(env, type, a, b)
                ? maximum(env, type, a, b)
                : FloatCompare.maximumNumber(env, FloatFormat.of(type), a, b);
    }

    /// As [#minimum], but a number wins over a quiet NaN.
    public static long minimumNumber(CpuState env, Type type, long a, long b) {
        return areOrdered(env, type, a, b)
                ? minimum(env, type, a, b)
                : FloatCompare.minimumNumber(env, FloatFormat.of(type), a, b);
    }

    private static boolean areOrdered(CpuState env, Type type, long a, long b) {
        return isPlain(env) && type != Type.F16 && !Double.isNaN(value(type, a)) && !Double.isNaN(value(type, b));
    }

    /// The number of type F32 or F64 in these bits; a single is a double, too.
    private static double value(Type type, long bits) {
        return type == Type.F64 ? Double.longBitsToDouble(bits) : single(bits);
    }

    // ---- conversions

    /// `a` of F32 or F64 as the other type, rounded as FPCR says.
    public static long convert(CpuState env, Type source, Type type, long a) {
        if (isPlain(env) && source == Type.F32 && type == Type.F64) {
            float value = single(a);
            if (!Float.isNaN(value)) {
                return Double.doubleToRawLongBits(value);
            }
        }
        if (isPlain(env) && source == Type.F64 && type == Type.F32) {
            double value = Double.longBitsToDouble(a);
            float rounded = (float) value;
            if (isOrdinary(rounded) || value == 0) {
                noteRounding(env, value, rounded);
                return bits(rounded);
            }
        }
        int mode = FpStatus.roundingMode(env);
        return FloatConvert.convert(env, FloatFormat.of(source), FloatFormat.of(type), a, mode);
    }

    /// `a` of `source` as an integer of `width` bits, rounded in mode `mode` and saturated.
    public static long toInteger(CpuState env, Type source, long a, int width, boolean signed, int mode) {
        if (isPlain(env) && source != Type.F16) {
            double value = value(source, a);
            // below 2^62 nothing saturates on the way to a long; a NaN is not below
            if (Math.abs(value) < 0x1p62) {
                double integral = integral(value, mode);
                long integer = (long) integral;
                boolean fits = signed
                        ? Bits.signExtend(integer, width) == integer
                        : integer >= 0 && (integer & Bits.mask(width)) == integer;
                if (fits) {
                    if (integral != value) {
                        FpStatus.raise(env, FpStatus.IXC);
                    }
                    return integer & Bits.mask(width);
                }
            }
        }
        return FloatConvert.toFixed(env, FloatFormat.of(source), a, 0, width, signed, mode);
    }

    /// The integer `value` (unsigned when not `signed`) as `type`, rounded as FPCR says.
    public static long fromInteger(CpuState env, Type type, long value, boolean signed) {
        boolean fits = Math.abs(value) < 1L << 62 && (signed || value >= 0);
        if (isPlain(env) && fits && type == Type.F64) {
            double result = (double) value;
            noteDifference(env, (long) result != value);
            return Double.doubleToRawLongBits(result);
        }
        if (isPlain(env) && fits && type == Type.F32) {
            float result = (float) value;
            noteDifference(env, (long) result != value);
            return bits(result);
        }
        return FloatConvert.fromFixed(env, FloatFormat.of(type), value, 0, signed);
    }

    private static void noteDifference(CpuState env, boolean different) {
        if (different) {
            FpStatus.raise(env, FpStatus.IXC);
        }
    }

    /// `a` rounded to an integral number in mode `mode`; `exact` says that inexact is signalled.
    public static long roundToIntegral(CpuState env, Type type, long a, int mode, boolean exact) {
        if (isPlain(env) && type != Type.F16) {
            double value = value(type, a);
            if (!Double.isNaN(value)) {
                double integral = integral(value, mode);
                noteDifference(env, exact && integral != value);
                return type == Type.F64 ? Double.doubleToRawLongBits(integral) : bits((float) integral);
            }
        }
        return FloatConvert.roundToIntegral(env, FloatFormat.of(type), a, mode, exact);
    }

    /// `value` rounded to an integral number in one of the modes that instructions name; zero keeps the sign.
    private static double integral(double value, int mode) {
        return switch (mode) {
            case Rounding.NEAREST_EVEN -> Math.rint(value);
            case Rounding.UP -> Math.ceil(value);
            case Rounding.DOWN -> Math.floor(value);
            case Rounding.ZERO -> truncated(value);
            case Rounding.NEAREST_AWAY -> {
                double truncated = truncated(value);
                // the difference is exact, and so is the sum: where there is a fraction, there is room for the carry
                boolean away = Math.abs(value - truncated) >= 0.5;
                yield away ? truncated + Math.copySign(1, value) : truncated;
            }
            default -> throw new IllegalArgumentException("not a rounding mode of an instruction: " + mode);
        };
    }

    private static double truncated(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    // ---- conditions

    private static boolean isPlain(CpuState env) {
        return env.get(Slot.FPCR) == 0;
    }

    private static boolean inexactIsKnown(CpuState env) {
        return (env.get(Slot.FPSR) & FpStatus.IXC) != 0;
    }

    private static boolean isOrdinary(double result) {
        double magnitude = Math.abs(result);
        return magnitude > Double.MIN_NORMAL && magnitude <= Double.MAX_VALUE;
    }

    private static boolean isOrdinary(float result) {
        float magnitude = Math.abs(result);
        return magnitude > Float.MIN_NORMAL && magnitude <= Float.MAX_VALUE;
    }

    // ---- double

    /// `a + b`, doubles as raw bits.
    public static long addDouble(CpuState env, long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double sum = x + y;
        // a sum that is zero is exact
        if (isPlain(env) && (isOrdinary(sum) || sum == 0)) {
            if (!inexactIsKnown(env)) {
                noteSumError(env, x, y, sum);
            }
            return Double.doubleToRawLongBits(sum);
        }
        return SoftFloat.add(env, FloatFormat.DOUBLE, a, b);
    }

    /// `a - b`, doubles as raw bits.
    public static long subtractDouble(CpuState env, long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double difference = x - y;
        if (isPlain(env) && (isOrdinary(difference) || difference == 0)) {
            if (!inexactIsKnown(env)) {
                noteSumError(env, x, -y, difference);
            }
            return Double.doubleToRawLongBits(difference);
        }
        return SoftFloat.subtract(env, FloatFormat.DOUBLE, a, b);
    }

    /// Sets IXC when `sum` is not exactly `x + y`: Knuth's TwoSum, which computes the rounding error itself.
    private static void noteSumError(CpuState env, double x, double y, double sum) {
        double other = sum - x;
        double error = (x - (sum - other)) + (y - other);
        if (error != 0) {
            FpStatus.raise(env, FpStatus.IXC);
        }
    }

    /// `a * b`, doubles as raw bits.
    public static long multiplyDouble(CpuState env, long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double product = x * y;
        boolean ordinary = isOrdinary(product) || (product == 0 && (x == 0 || y == 0));
        if (isPlain(env) && ordinary && (inexactIsKnown(env) || notesProductError(env, x, y, product))) {
            return Double.doubleToRawLongBits(product);
        }
        return SoftFloat.multiply(env, FloatFormat.DOUBLE, a, b);
    }

    /// Sets IXC when `product` is not exactly `x * y`; false where that cannot be told, since the error might
    /// underflow.
    private static boolean notesProductError(CpuState env, double x, double y, double product) {
        if (product == 0) {
            return true;
        }
        if (Math.abs(product) < SMALLEST_WITH_ERROR) {
            return false;
        }
        noteDifference(env, Math.fma(x, y, -product) != 0);
        return true;
    }

    /// `a / b`, doubles as raw bits.
    public static long divideDouble(CpuState env, long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double quotient = x / y;
        boolean ordinary = isOrdinary(quotient) || (quotient == 0 && x == 0);
        if (isPlain(env) && ordinary && (inexactIsKnown(env) || notesQuotientError(env, x, y, quotient))) {
            return Double.doubleToRawLongBits(quotient);
        }
        return SoftFloat.divide(env, FloatFormat.DOUBLE, a, b);
    }

    private static boolean notesQuotientError(CpuState env, double x, double y, double quotient) {
        if (x == 0) {
            return true;
        }
        if (Math.abs(x) < SMALLEST_WITH_ERROR) {
            return false;
        }
        noteDifference(env, Math.fma(quotient, y, -x) != 0);
        return true;
    }

    /// `a * b + c` rounded once, doubles as raw bits.
    public static long multiplyAddDouble(CpuState env, long a, long b, long c) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double z = Double.longBitsToDouble(c);
        double result = Math.fma(x, y, z);
        if (isPlain(env) && isOrdinary(result) && (inexactIsKnown(env) || notesSumOfProductError(env, x, y, z))) {
            return Double.doubleToRawLongBits(result);
        }
        return SoftFloat.multiplyAdd(env, FloatFormat.DOUBLE, a, b, c);
    }

    /// Sets IXC when `x * y + z` is inexact; false where that is not easily told.
    private static boolean notesSumOfProductError(CpuState env, double x, double y, double z) {
        double product = x * y;
        double sum = product + z;
        boolean inRange = Math.abs(product) >= SMALLEST_WITH_ERROR || x == 0 || y == 0;
        if (!inRange || Double.isInfinite(sum) || Math.fma(x, y, -product) != 0) {
            return false;
        }
        noteSumError(env, product, z, sum);
        return true;
    }

    /// The square root, doubles as raw bits.
    public static long squareRootDouble(CpuState env, long a) {
        double x = Double.longBitsToDouble(a);
        double root = Math.sqrt(x);
        // false for a NaN; infinity and zeros are exact
        if (isPlain(env) && root >= 0 && (inexactIsKnown(env) || notesRootError(env, x, root))) {
            return Double.doubleToRawLongBits(root);
        }
        return SoftFloat.squareRoot(env, FloatFormat.DOUBLE, a);
    }

    private static boolean notesRootError(CpuState env, double x, double root) {
        if (x == 0 || Double.isInfinite(x)) {
            return true;
        }
        if (x < SMALLEST_WITH_ERROR) {
            return false;
        }
        noteDifference(env, Math.fma(root, root, -x) != 0);
        return true;
    }

    // ---- single: operands and most exact results fit a double, which shows whether rounding lost anything

    private static float single(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    private static long bits(float value) {
        return Float.floatToRawIntBits(value) & 0xffff_ffffL;
    }

    /// `a + b`, singles as raw bits.
    public static long addSingle(CpuState env, long a, long b) {
        float x = single(a);
        float y = single(b);
        float sum = x + y;
        if (isPlain(env) && (isOrdinary(sum) || sum == 0)) {
            if (!inexactIsKnown(env)) {
                noteSumError(env, x, y, sum);
            }
            return bits(sum);
        }
        return SoftFloat.add(env, FloatFormat.SINGLE, a, b);
    }

    /// `a - b`, singles as raw bits.
    public static long subtractSingle(CpuState env, long a, long b) {
        float x = single(a);
        float y = single(b);
        float difference = x - y;
        if (isPlain(env) && (isOrdinary(difference) || difference == 0)) {
            if (!inexactIsKnown(env)) {
                noteSumError(env, x, -y, difference);
            }
            return bits(difference);
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
    public static long multiplySingle(CpuState env, long a, long b) {
        double exact = (double) single(a) * single(b);
        float product = (float) exact;
        if (isPlain(env) && (isOrdinary(product) || exact == 0)) {
            noteRounding(env, exact, product);
            return bits(product);
        }
        return SoftFloat.multiply(env, FloatFormat.SINGLE, a, b);
    }

    private static void noteRounding(CpuState env, double exact, float rounded) {
        if (exact != rounded && !inexactIsKnown(env)) {
            FpStatus.raise(env, FpStatus.IXC);
        }
    }

    /// `a / b`, singles as raw bits.
    public static long divideSingle(CpuState env, long a, long b) {
        float x = single(a);
        float y = single(b);
        float quotient = x / y;
        if (isPlain(env) && (isOrdinary(quotient) || (quotient == 0 && x == 0))) {
            // the product of two singles is exact as a double
            if (quotient != 0 && !inexactIsKnown(env) && (double) quotient * y != x) {
                FpStatus.raise(env, FpStatus.IXC);
            }
            return bits(quotient);
        }
        return SoftFloat.divide(env, FloatFormat.SINGLE, a, b);
    }

    /// `a * b + c` rounded once, singles as raw bits.
    public static long multiplyAddSingle(CpuState env, long a, long b, long c) {
        float result = Math.fma(single(a), single(b), single(c));
        if (isPlain(env) && isOrdinary(result)) {
            if (!inexactIsKnown(env)) {
                noteSumOfProductError(env, (double) single(a) * single(b), single(c), result);
            }
            return bits(result);
        }
        return SoftFloat.multiplyAdd(env, FloatFormat.SINGLE, a, b, c);
    }

    /// Sets IXC when the single `result` is not exactly `product + z`; what no double can hold, no single can.
    private static void noteSumOfProductError(CpuState env, double product, double z, float result) {
        double sum = product + z;
        noteSumError(env, product, z, sum);
        noteDifference(env, sum != result);
    }

    /// The square root, singles as raw bits.
    public static long squareRootSingle(CpuState env, long a) {
        float x = single(a);
        // rounding twice is harmless here: a double has more than twice the bits of a single
        float root = (float) Math.sqrt(x);
        if (isPlain(env) && root >= 0) {
            if (root <= Float.MAX_VALUE && !inexactIsKnown(env) && (double) root * root != x) {
                FpStatus.raise(env, FpStatus.IXC);
            }
            return bits(root);
        }
        return SoftFloat.squareRoot(env, FloatFormat.SINGLE, a);
    }
}
