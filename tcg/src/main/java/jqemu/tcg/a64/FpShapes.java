package jqemu.tcg.a64;

import jqemu.tcg.ir.FpConversion;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// What scalar and vector floating-point semantics share: types, conversions, composed operations.
///
/// `sz` and `ftype` are 0 for single precision, 1 for double, 3 for half; `u` is 1 for unsigned integers.
final class FpShapes {
    private final TranslationContext ir;
    private final VectorShapes shapes;

    FpShapes(TranslationContext ir, VectorShapes shapes) {
        this.ir = ir;
        this.shapes = shapes;
    }

    /// The scalar type of `ftype`.
    static Type scalar(int ftype) {
        return switch (ftype) {
            case 0 -> Type.F32;
            case 1 -> Type.F64;
            default -> Type.F16;
        };
    }

    /// The type of 64 bits of lanes.
    static Type lanes(int sz) {
        return switch (sz) {
            case 0 -> Type.F32X2;
            case 1 -> Type.F64;
            default -> Type.F16X4;
        };
    }

    /// The log2 of a lane's bytes.
    static int element(int sz) {
        return switch (sz) {
            case 0 -> 2;
            case 1 -> 3;
            default -> 1;
        };
    }

    /// The precision of the lanes that the `immh:immb` of a conversion with fixed point selects.
    static int ofShift(int imm) {
        int size = VectorOperands.shiftSize(imm);
        return size == 1 ? 3 : size - 2;
    }

    // ---- composed operations on values

    int absoluteDifference(Type type, int a, int b) {
        return ir.unary(Opcode.FABS, type, ir.binary(Opcode.FSUB, type, a, b));
    }

    int compareMagnitudes(Opcode op, Type type, int a, int b) {
        return ir.binary(op, type, ir.unary(Opcode.FABS, type, a), ir.unary(Opcode.FABS, type, b));
    }

    int multiplyAdd(Type type, boolean negate, int a, int b, int addend) {
        int factor = negate ? ir.unary(Opcode.FNEG, type, a) : a;
        return ir.ternary(Opcode.FMADD, type, factor, b, addend);
    }

    /// `op` on the two lowest lanes, of the scalar type `type`, of the 64 bits `pair`; not for double precision.
    int reducePair(Opcode op, Type type, int pair) {
        int upper = ir.extract(Type.I64, ir.bitcast(Type.I64, pair), type.bits(), type.bits());
        return ir.binary(op, type, ir.bitcast(type, pair), ir.bitcast(type, upper));
    }

    // ---- vectors

    /// `rd = rd + rn * other`, rounded once; `rn` negated when `negate`.
    boolean multiplyAdd(Type type, boolean negate, int q, int rn, int otherLow, int otherHigh, int rd) {
        int low = multiplyAdd(type, negate, shapes.low(type, rn), otherLow, shapes.low(type, rd));
        int high = q == 1 ? multiplyAdd(type, negate, shapes.high(type, rn), otherHigh, shapes.high(type, rd)) : low;
        return shapes.write(type, q, low, high, rd);
    }

    /// `FCVTN`, `FCVTXN`: to half precision when `sz` is 0, to single when it is 1.
    boolean narrow(int sz, int rounding, int q, int rn, int rd) {
        Type wide = lanes(sz);
        Type narrow = sz == 0 ? Type.F16X4 : Type.F32X2;
        int conversion = FpConversion.pack(scalar(sz), rounding, false, 0);
        int value = ir.binary(Opcode.FCVTN, narrow, shapes.low(wide, rn), shapes.high(wide, rn), conversion);
        return shapes.writeNarrow(q, ir.bitcast(Type.I64, value), rd);
    }

    /// `FCVTL`: from half precision when `sz` is 0, from single when it is 1.
    boolean lengthen(int sz, int q, int rn, int rd) {
        int source = shapes.half(rn, q);
        int conversion = FpConversion.pack(sz == 0 ? Type.F16 : Type.F32, Rounding.CURRENT, false, 0);
        int low = ir.unary(Opcode.FCVTL, lanes(sz), source, conversion);
        int high = ir.unary(Opcode.FCVTL, lanes(sz), ir.extract(Type.I64, source, 32, 32), conversion);
        return shapes.write(lanes(sz), 1, low, high, rd);
    }

    // ---- conversions between lanes of the same width, for the `aux` of ftoi and itof

    int toInteger(int sz, int rounding, int u, int fractionBits) {
        return FpConversion.pack(scalar(sz), rounding, u == 0, fractionBits);
    }

    int fromInteger(int sz, int u, int fractionBits) {
        return FpConversion.pack(scalar(sz), Rounding.CURRENT, u == 0, fractionBits);
    }
}
