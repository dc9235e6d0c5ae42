package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.ir.FpConversion;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// The meaning of the ops that read FPCR and accumulate FPSR: what `Evaluator` is to pure ops.
///
/// A vector type means the scalar op on each lane, in order. The saturating integer ops are in [SaturatingVector].
public final class FpEvaluator {
    private FpEvaluator() {}

    /// The value of the op `op` of `type` with these operands and `aux`; operands that it does not have are
    /// ignored.
    public static long evaluate(CpuState env, Opcode op, Type type, long a, long b, long c, int aux) {
        if (op == Opcode.FCVTN || op == Opcode.FCVTL) {
            return convertLanes(env, op, type, a, b, aux);
        }
        return switch (type) {
            case F32X2 -> lanes(env, op, Type.F32, 2, a, b, c, aux);
            case F16X4 -> lanes(env, op, Type.F16, 4, a, b, c, aux);
            case I32, I64, F16, F32, F64 -> scalar(env, op, type, a, b, c, aux);
        };
    }

    private static long lanes(CpuState env, Opcode op, Type lane, int count, long a, long b, long c, int aux) {
        long result = 0;
        for (int i = 0; i < count; i++) {
            int position = i * lane.bits();
            long left = lane.truncate(a >>> position);
            long right = lane.truncate(b >>> position);
            long third = lane.truncate(c >>> position);
            result |= scalar(env, op, lane, left, right, third, aux) << position;
        }
        return result;
    }

    private static long scalar(CpuState env, Opcode op, Type type, long a, long b, long c, int aux) {
        return switch (op) {
            case FADD -> HardFloat.add(env, type, a, b);
            case FSUB -> HardFloat.subtract(env, type, a, b);
            case FMUL -> HardFloat.multiply(env, type, a, b);
            case FDIV -> HardFloat.divide(env, type, a, b);
            case FMADD -> HardFloat.multiplyAdd(env, type, a, b, c);
            case FMADDL -> multiplyAddHalves(env, a, b, c);
            case FSQRT -> HardFloat.squareRoot(env, type, a);
            case FCMP -> compare(env, type, a, b, aux);
            case FCCMP -> c == 0 ? aux >> 1 : HardFloat.compare(env, type, a, b, (aux & 1) != 0);
            case FMULX -> SoftFloat.multiplyExtended(env, FloatFormat.of(type), a, b);
            case FMAX -> HardFloat.maximum(env, type, a, b);
            case FMIN -> HardFloat.minimum(env, type, a, b);
            case FMAXNM -> HardFloat.maximumNumber(env, type, a, b);
            case FMINNM -> HardFloat.minimumNumber(env, type, a, b);
            case FCMEQ -> mask(type, HardFloat.compare(env, type, a, b, false) == FloatCompare.EQUAL);
            case FCMGE -> mask(type, isGreaterOrEqual(HardFloat.compare(env, type, a, b, true)));
            case FCMGT -> mask(type, HardFloat.compare(env, type, a, b, true) == FloatCompare.GREATER);
            case FRECPE -> FloatEstimate.reciprocal(env, FloatFormat.of(type), a);
            case FRSQRTE -> FloatEstimate.reciprocalRoot(env, FloatFormat.of(type), a);
            case FRECPX -> FloatEstimate.reciprocalExponent(env, FloatFormat.of(type), a);
            case FRECPS -> FloatEstimate.reciprocalStep(env, FloatFormat.of(type), a, b);
            case FRSQRTS -> FloatEstimate.reciprocalRootStep(env, FloatFormat.of(type), a, b);
            case FRINT -> round(env, type, a, aux);
            case FRINTTS -> roundToSize(env, type, a, aux);
            case FCVT -> convert(env, type, a, aux);
            case BFCVT ->
                FloatConvert.convert(env, FloatFormat.SINGLE, FloatFormat.BFLOAT16, a, FpStatus.roundingMode(env));
            case FTOI -> toInteger(env, type, a, aux);
            case ITOF -> fromInteger(env, type, a, aux);
            case FJCVT -> FloatConvert.toJavaScriptInteger(env, a);
            default -> SaturatingVector.evaluate(env, op, a, b, c, aux);
        };
    }

    /// [Opcode#FCMP].
    public static long compare(CpuState env, Type type, long a, long b, int signaling) {
        return HardFloat.compare(env, type, a, b, signaling != 0);
    }

    private static long mask(Type type, boolean holds) {
        return holds ? type.truncate(-1) : 0;
    }

    private static boolean isGreaterOrEqual(long flags) {
        return flags == FloatCompare.GREATER || flags == FloatCompare.EQUAL;
    }

    private static long multiplyAddHalves(CpuState env, long a, long b, long c) {
        long left = FloatConvert.widenHalf(env, a);
        return HardFloat.multiplyAdd(env, Type.F32, left, FloatConvert.widenHalf(env, b), c);
    }

    private static int mode(CpuState env, int rounding) {
        return rounding >= Rounding.CURRENT ? FpStatus.roundingMode(env) : rounding;
    }

    /// [Opcode#FRINT].
    public static long round(CpuState env, Type type, long a, int rounding) {
        boolean exact = rounding == Rounding.CURRENT_EXACT;
        return HardFloat.roundToIntegral(env, type, a, mode(env, rounding), exact);
    }

    private static long roundToSize(CpuState env, Type type, long a, int aux) {
        int width = (aux & 8) == 0 ? Integer.SIZE : Long.SIZE;
        return FloatConvert.roundToSize(env, FloatFormat.of(type), a, width, mode(env, aux & 7));
    }

    /// [Opcode#FCVT].
    public static long convert(CpuState env, Type type, long a, int conversion) {
        Type source = FpConversion.source(conversion);
        int rounding = FpConversion.rounding(conversion);
        return rounding == Rounding.CURRENT
                ? HardFloat.convert(env, source, type, a)
                : FloatConvert.convert(env, FloatFormat.of(source), FloatFormat.of(type), a, rounding);
    }

    /// `fcvtn` and `fcvtl`: the lanes of one side take up twice the space of the other's.
    private static long convertLanes(CpuState env, Opcode op, Type type, long a, long b, int conversion) {
        Type source = FpConversion.source(conversion);
        Type target = lane(type);
        int wide = Math.max(source.bits(), target.bits());
        long result = 0;
        for (int i = 0; i < Long.SIZE / wide; i++) {
            long lower = convert(env, target, source.truncate(a >>> (i * source.bits())), conversion);
            result |= lower << (i * target.bits());
            if (op == Opcode.FCVTN) {
                long upper = convert(env, target, source.truncate(b >>> (i * source.bits())), conversion);
                result |= upper << (32 + i * target.bits());
            }
        }
        return result;
    }

    private static Type lane(Type type) {
        return switch (type) {
            case F16X4 -> Type.F16;
            case F32X2 -> Type.F32;
            case I32, I64, F16, F32, F64 -> type;
        };
    }

    /// [Opcode#FTOI].
    public static long toInteger(CpuState env, Type type, long a, int conversion) {
        Type source = FpConversion.source(conversion);
        int fractionBits = FpConversion.fractionBits(conversion);
        boolean signed = FpConversion.signed(conversion);
        int rounding = mode(env, FpConversion.rounding(conversion));
        if (fractionBits == 0) {
            return HardFloat.toInteger(env, source, a, type.bits(), signed, rounding);
        }
        return FloatConvert.toFixed(env, FloatFormat.of(source), a, fractionBits, type.bits(), signed, rounding);
    }

    /// [Opcode#ITOF].
    public static long fromInteger(CpuState env, Type type, long a, int conversion) {
        boolean signed = FpConversion.signed(conversion);
        int unused = 64 - FpConversion.source(conversion).bits();
        long value = signed ? a << unused >> unused : a;
        int fractionBits = FpConversion.fractionBits(conversion);
        return fractionBits == 0
                ? HardFloat.fromInteger(env, type, value, signed)
                : FloatConvert.fromFixed(env, FloatFormat.of(type), value, fractionBits, signed);
    }
}
