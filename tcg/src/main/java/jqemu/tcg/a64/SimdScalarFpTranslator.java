package jqemu.tcg.a64;

import jqemu.tcg.ir.FpConversion;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// Semantics of Advanced SIMD floating-point instructions on scalars.
///
/// `sz` is 0 for single precision, 1 for double, 3 for half.
final class SimdScalarFpTranslator implements SimdScalarFp {
    private final TranslationContext ir;
    private final VectorShapes shapes;
    private final FpShapes fp;

    SimdScalarFpTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
        this.fp = new FpShapes(ir, shapes);
    }

    // ---- shapes

    private boolean write(Type type, int value, int rd) {
        ir.writeV(type, rd, value);
        return true;
    }

    private boolean unary(Opcode op, int aux, int sz, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.unary(op, type, ir.readV(type, rn), aux), rd);
    }

    private boolean pairwise(Opcode op, int sz, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        if (type == Type.F64) {
            return write(type, ir.binary(op, type, shapes.low(type, rn), shapes.high(type, rn)), rd);
        }
        return write(type, fp.reducePair(op, type, shapes.low(rn)), rd);
    }

    private int element(int sz, int rm, int h, int l, int m) {
        return ir.bitcast(FpShapes.scalar(sz), ElementOperand.scalar(shapes, FpShapes.element(sz), rm, h, l, m));
    }

    // ---- instructions

    /// `FMULX (scalar)`.
    @Override
    public boolean fmulxSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FMULX, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FCMEQ (scalar)`.
    @Override
    public boolean fcmeqSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FCMEQ, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FRECPS (scalar)`.
    @Override
    public boolean frecpsSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FRECPS, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FRSQRTS (scalar)`.
    @Override
    public boolean frsqrtsSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FRSQRTS, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FCMGE (scalar)`.
    @Override
    public boolean fcmgeSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FCMGE, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FACGE (scalar)`.
    @Override
    public boolean facgeSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, fp.compareMagnitudes(Opcode.FCMGE, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FABD (scalar)`.
    @Override
    public boolean fabdSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, fp.absoluteDifference(type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FCMGT (scalar)`.
    @Override
    public boolean fcmgtSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FCMGT, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FACGT (scalar)`.
    @Override
    public boolean facgtSimdScalar(int sz, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, fp.compareMagnitudes(Opcode.FCMGT, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `FRECPE (scalar)`.
    @Override
    public boolean frecpeSimdScalar(int sz, int rn, int rd) {
        return unary(Opcode.FRECPE, 0, sz, rn, rd);
    }

    /// `FRECPX (scalar)`.
    @Override
    public boolean frecpxSimdScalar(int sz, int rn, int rd) {
        return unary(Opcode.FRECPX, 0, sz, rn, rd);
    }

    /// `FRSQRTE (scalar)`.
    @Override
    public boolean frsqrteSimdScalar(int sz, int rn, int rd) {
        return unary(Opcode.FRSQRTE, 0, sz, rn, rd);
    }

    /// `FCMGT (scalar, zero)`.
    @Override
    public boolean fcmgtZeroSimdScalar(int sz, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FCMGT, type, ir.readV(type, rn), ir.movi(type, 0)), rd);
    }

    /// `FCMEQ (scalar, zero)`.
    @Override
    public boolean fcmeqZeroSimdScalar(int sz, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FCMEQ, type, ir.readV(type, rn), ir.movi(type, 0)), rd);
    }

    /// `FCMLT (scalar, zero)`.
    @Override
    public boolean fcmltZeroSimdScalar(int sz, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FCMGT, type, ir.movi(type, 0), ir.readV(type, rn)), rd);
    }

    /// `FCMGE (scalar, zero)`.
    @Override
    public boolean fcmgeZeroSimdScalar(int sz, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FCMGE, type, ir.readV(type, rn), ir.movi(type, 0)), rd);
    }

    /// `FCMLE (scalar, zero)`.
    @Override
    public boolean fcmleZeroSimdScalar(int sz, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        return write(type, ir.binary(Opcode.FCMGE, type, ir.movi(type, 0), ir.readV(type, rn)), rd);
    }

    /// `FCVTNS` to `FCVTZU (scalar)`; `rmode` is a constant of [Rounding].
    @Override
    public boolean fcvtToIntegerSimdScalar(int u, int rmode, int sz, int rn, int rd) {
        return unary(Opcode.FTOI, fp.toInteger(sz, rmode, u, 0), sz, rn, rd);
    }

    /// `FCVTAS`, `FCVTAU (scalar)`.
    @Override
    public boolean fcvtaToIntegerSimdScalar(int u, int sz, int rn, int rd) {
        return unary(Opcode.FTOI, fp.toInteger(sz, Rounding.NEAREST_AWAY, u, 0), sz, rn, rd);
    }

    /// `SCVTF`, `UCVTF (scalar, integer)`.
    @Override
    public boolean cvtfIntegerSimdScalar(int u, int sz, int rn, int rd) {
        return unary(Opcode.ITOF, fp.fromInteger(sz, u, 0), sz, rn, rd);
    }

    /// `FCVTXN (scalar)`.
    @Override
    public boolean fcvtxnSimdScalar(int rn, int rd) {
        int conversion = FpConversion.pack(Type.F64, Rounding.ODD, false, 0);
        return write(Type.F32, ir.unary(Opcode.FCVT, Type.F32, ir.readV(Type.F64, rn), conversion), rd);
    }

    /// `SCVTF`, `UCVTF (scalar, fixed-point)`.
    @Override
    public boolean cvtfFixedPointSimdScalar(int u, int imm, int rn, int rd) {
        int sz = FpShapes.ofShift(imm);
        return unary(Opcode.ITOF, fp.fromInteger(sz, u, VectorOperands.rightShift(imm)), sz, rn, rd);
    }

    /// `SCVTF`, `UCVTF (scalar, fixed-point)` of a halfword.
    @Override
    public boolean cvtfFixedPointSimdScalarHalf(int u, int imm, int rn, int rd) {
        return cvtfFixedPointSimdScalar(u, imm, rn, rd);
    }

    /// `FCVTZS`, `FCVTZU (scalar, fixed-point)` to a halfword.
    @Override
    public boolean fcvtzToFixedPointSimdScalarHalf(int u, int imm, int rn, int rd) {
        return fcvtzToFixedPointSimdScalar(u, imm, rn, rd);
    }

    /// `FCVTZS`, `FCVTZU (scalar, fixed-point)`.
    @Override
    public boolean fcvtzToFixedPointSimdScalar(int u, int imm, int rn, int rd) {
        int sz = FpShapes.ofShift(imm);
        return unary(Opcode.FTOI, fp.toInteger(sz, Rounding.ZERO, u, VectorOperands.rightShift(imm)), sz, rn, rd);
    }

    /// `FMAXNMP (scalar)`.
    @Override
    public boolean fmaxnmpSimdScalar(int sz, int rn, int rd) {
        return pairwise(Opcode.FMAXNM, sz, rn, rd);
    }

    /// `FADDP (scalar)`.
    @Override
    public boolean faddpSimdScalar(int sz, int rn, int rd) {
        return pairwise(Opcode.FADD, sz, rn, rd);
    }

    /// `FMAXP (scalar)`.
    @Override
    public boolean fmaxpSimdScalar(int sz, int rn, int rd) {
        return pairwise(Opcode.FMAX, sz, rn, rd);
    }

    /// `FMINNMP (scalar)`.
    @Override
    public boolean fminnmpSimdScalar(int sz, int rn, int rd) {
        return pairwise(Opcode.FMINNM, sz, rn, rd);
    }

    /// `FMINP (scalar)`.
    @Override
    public boolean fminpSimdScalar(int sz, int rn, int rd) {
        return pairwise(Opcode.FMIN, sz, rn, rd);
    }

    /// `FMLA (scalar, by element)`.
    @Override
    public boolean fmlaByElementSimdScalar(int sz, int l, int m, int rm, int h, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        int other = element(sz, rm, h, l, m);
        return write(type, fp.multiplyAdd(type, false, ir.readV(type, rn), other, ir.readV(type, rd)), rd);
    }

    /// `FMLS (scalar, by element)`.
    @Override
    public boolean fmlsByElementSimdScalar(int sz, int l, int m, int rm, int h, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        int other = element(sz, rm, h, l, m);
        return write(type, fp.multiplyAdd(type, true, ir.readV(type, rn), other, ir.readV(type, rd)), rd);
    }

    /// `FMUL (scalar, by element)`.
    @Override
    public boolean fmulByElementSimdScalar(int sz, int l, int m, int rm, int h, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        int other = element(sz, rm, h, l, m);
        return write(type, ir.binary(Opcode.FMUL, type, ir.readV(type, rn), other), rd);
    }

    /// `FMULX (scalar, by element)`.
    @Override
    public boolean fmulxByElementSimdScalar(int sz, int l, int m, int rm, int h, int rn, int rd) {
        Type type = FpShapes.scalar(sz);
        int other = element(sz, rm, h, l, m);
        return write(type, ir.binary(Opcode.FMULX, type, ir.readV(type, rn), other), rd);
    }
}
