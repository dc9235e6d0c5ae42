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
/// - FPSR.IXC is already set, so that no one can tell whether the result was inexact; or the result is shown to
///   be exact;
/// - the result is a normal number well inside the range, or a zero that is exact: no other flag can arise.
///
/// Half precision always goes the slow way.
///
/// The arithmetic is in [HardDouble], [HardSingle] and [FloatPair], which translated code calls by itself; here it is
/// by type, with conversions and the conditions.
public final class HardFloat {
    /// From this magnitude on, the rounding error of a product is a double itself.
    static final double SMALLEST_WITH_ERROR = 0x1p-900;

    /// A NaN is among the operands, or nobody looked.
    static final long UNORDERED = -1;

    private HardFloat() {}

    // ---- by type

    /// `a + b`.
    public static long add(CpuState env, Type type, long a, long b) {
        return switch (type) {
            case F64 -> HardDouble.bits(HardDouble.add(env, isUsual(env), HardDouble.number(a), HardDouble.number(b)));
            case F32 -> HardSingle.add(env, isUsual(env), a, b);
            default -> SoftFloat.add(env, FloatFormat.of(type), a, b);
        };
    }

    /// `a - b`.
    public static long subtract(CpuState env, Type type, long a, long b) {
        return switch (type) {
            case F64 ->
                HardDouble.bits(HardDouble.subtract(env, isUsual(env), HardDouble.number(a), HardDouble.number(b)));
            case F32 -> HardSingle.subtract(env, isUsual(env), a, b);
            default -> SoftFloat.subtract(env, FloatFormat.of(type), a, b);
        };
    }

    /// `a * b`.
    public static long multiply(CpuState env, Type type, long a, long b) {
        return switch (type) {
            case F64 ->
                HardDouble.bits(HardDouble.multiply(env, isUsual(env), HardDouble.number(a), HardDouble.number(b)));
            case F32 -> HardSingle.multiply(env, isUsual(env), a, b);
            default -> SoftFloat.multiply(env, FloatFormat.of(type), a, b);
        };
    }

    /// `a / b`.
    public static long divide(CpuState env, Type type, long a, long b) {
        return switch (type) {
            case F64 ->
                HardDouble.bits(HardDouble.divide(env, isUsual(env), HardDouble.number(a), HardDouble.number(b)));
            case F32 -> HardSingle.divide(env, isUsual(env), a, b);
            default -> SoftFloat.divide(env, FloatFormat.of(type), a, b);
        };
    }

    /// `a * b + c`, rounded once.
    public static long multiplyAdd(CpuState env, Type type, long a, long b, long c) {
        return switch (type) {
            case F64 ->
                HardDouble.bits(HardDouble.multiplyAdd(
                        env, isUsual(env), HardDouble.number(a), HardDouble.number(b), HardDouble.number(c)));
            case F32 -> HardSingle.multiplyAdd(env, isUsual(env), a, b, c);
            default -> SoftFloat.multiplyAdd(env, FloatFormat.of(type), a, b, c);
        };
    }

    /// The square root.
    public static long squareRoot(CpuState env, Type type, long a) {
        return switch (type) {
            case F64 -> HardDouble.bits(HardDouble.squareRoot(env, isUsual(env), HardDouble.number(a)));
            case F32 -> HardSingle.squareRoot(env, isUsual(env), a);
            default -> SoftFloat.squareRoot(env, FloatFormat.of(type), a);
        };
    }

    /// The packed NZCV of comparing `a` with `b`.
    public static long compare(CpuState env, Type type, long a, long b, boolean signaling) {
        long flags = isPlain(env) && type != Type.F16 ? order(value(type, a), value(type, b)) : UNORDERED;
        return flags != UNORDERED ? flags : FloatCompare.flags(env, FloatFormat.of(type), a, b, signaling);
    }

    static long order(double a, double b) {
        if (a < b) {
            return FloatCompare.LESS;
        }
        if (a == b) {
            return FloatCompare.EQUAL;
        }
        return a > b ? FloatCompare.GREATER : UNORDERED;
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

    static void noteDifference(CpuState env, boolean different) {
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

    /// Whether the usual case holds: FPCR is 0 and FPSR.IXC is set. The result alone then says whether it is right.
    public static boolean isUsual(long[] slots) {
        return slots[Slot.FPCR] == 0 && (slots[Slot.FPSR] & FpStatus.IXC) != 0;
    }

    private static boolean isUsual(CpuState env) {
        return isUsual(env.slots());
    }

    static boolean isPlain(CpuState env) {
        return env.get(Slot.FPCR) == 0;
    }

    static boolean inexactIsKnown(CpuState env) {
        return (env.get(Slot.FPSR) & FpStatus.IXC) != 0;
    }

    static boolean isOrdinary(double result) {
        double magnitude = Math.abs(result);
        return magnitude > Double.MIN_NORMAL && magnitude <= Double.MAX_VALUE;
    }

    static boolean isOrdinary(float result) {
        float magnitude = Math.abs(result);
        return magnitude > Float.MIN_NORMAL && magnitude <= Float.MAX_VALUE;
    }

    // ---- singles

    static float single(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    static long bits(float value) {
        return Float.floatToRawIntBits(value) & 0xffff_ffffL;
    }

    static void noteRounding(CpuState env, double exact, float rounded) {
        if (exact != rounded && !inexactIsKnown(env)) {
            FpStatus.raise(env, FpStatus.IXC);
        }
    }
}
