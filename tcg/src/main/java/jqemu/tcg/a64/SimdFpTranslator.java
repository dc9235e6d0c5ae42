package jqemu.tcg.a64;

import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// Semantics of Advanced SIMD floating-point instructions.
///
/// `sz` is 0 for single precision, 1 for double, 3 for half; `q` is 1 for 128 bits.
final class SimdFpTranslator implements SimdFp {
    private static final int SINGLE = 0;
    private static final int HALF = 3;

    private final TranslationContext ir;
    private final VectorShapes shapes;
    private final FpShapes fp;

    SimdFpTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
        this.fp = new FpShapes(ir, shapes);
    }

    // ---- shapes

    private boolean unary(Opcode op, int aux, int q, int sz, int rn, int rd) {
        return shapes.unary(op, FpShapes.lanes(sz), aux, q, rn, rd);
    }

    private boolean binary(Opcode op, int q, int sz, int rm, int rn, int rd) {
        return shapes.binary(op, FpShapes.lanes(sz), 0, q, rm, rn, rd);
    }

    private boolean multiplyAdd(boolean negate, int q, int sz, int rm, int rn, int rd) {
        Type type = FpShapes.lanes(sz);
        return fp.multiplyAdd(type, negate, q, rn, shapes.low(type, rm), shapes.high(type, rm), rd);
    }

    private boolean compareMagnitudes(Opcode op, int q, int sz, int rm, int rn, int rd) {
        Type type = FpShapes.lanes(sz);
        int low = fp.compareMagnitudes(op, type, shapes.low(type, rn), shapes.low(type, rm));
        int high = q == 1 ? fp.compareMagnitudes(op, type, shapes.high(type, rn), shapes.high(type, rm)) : low;
        return shapes.write(type, q, low, high, rd);
    }

    private boolean compareWithZero(Opcode op, int q, int sz, int rn, int rd) {
        int zero = ir.movi(FpShapes.lanes(sz), 0);
        return shapes.binary(op, FpShapes.lanes(sz), 0, q, rn, zero, zero, rd);
    }

    private boolean compareZeroWith(Opcode op, int q, int sz, int rn, int rd) {
        return shapes.binaryReversed(op, FpShapes.lanes(sz), 0, q, ir.movi(FpShapes.lanes(sz), 0), rn, rd);
    }

    /// Reduces the lanes of a register: neighbours first, then neighbouring results, as the manual's `Reduce`.
    private boolean across(Opcode op, int sz, int q, int rn, int rd) {
        Type lanes = FpShapes.lanes(sz);
        int element = FpShapes.element(sz);
        int rest = q == 0
                ? shapes.low(rn)
                : ir.bitcast(Type.I64, shapes.pairs(op, lanes, element, 0, shapes.low(rn), shapes.high(rn)));
        if (sz == HALF) {
            rest = shapes.pairs(op, lanes, element, 0, rest, rest);
        }
        ir.writeV(FpShapes.scalar(sz), rd, fp.reducePair(op, FpShapes.scalar(sz), rest));
        return true;
    }

    boolean fmaxnmv(int sz, int q, int rn, int rd) {
        return across(Opcode.FMAXNM, sz, q, rn, rd);
    }

    boolean fmaxv(int sz, int q, int rn, int rd) {
        return across(Opcode.FMAX, sz, q, rn, rd);
    }

    boolean fminnmv(int sz, int q, int rn, int rd) {
        return across(Opcode.FMINNM, sz, q, rn, rd);
    }

    boolean fminv(int sz, int q, int rn, int rd) {
        return across(Opcode.FMIN, sz, q, rn, rd);
    }

    // ---- instructions

    /// `FMAXNM (vector)`.
    @Override
    public boolean fmaxnmVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FMAXNM, q, sz, rm, rn, rd);
    }

    /// `FMLA (vector)`.
    @Override
    public boolean fmlaVector(int q, int sz, int rm, int rn, int rd) {
        return multiplyAdd(false, q, sz, rm, rn, rd);
    }

    /// `FADD (vector)`.
    @Override
    public boolean faddVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FADD, q, sz, rm, rn, rd);
    }

    /// `FMULX (vector)`.
    @Override
    public boolean fmulxVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FMULX, q, sz, rm, rn, rd);
    }

    /// `FCMEQ (vector)`.
    @Override
    public boolean fcmeqVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FCMEQ, q, sz, rm, rn, rd);
    }

    /// `FMAX (vector)`.
    @Override
    public boolean fmaxVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FMAX, q, sz, rm, rn, rd);
    }

    /// `FRECPS (vector)`.
    @Override
    public boolean frecpsVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FRECPS, q, sz, rm, rn, rd);
    }

    /// `FMINNM (vector)`.
    @Override
    public boolean fminnmVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FMINNM, q, sz, rm, rn, rd);
    }

    /// `FMLS (vector)`.
    @Override
    public boolean fmlsVector(int q, int sz, int rm, int rn, int rd) {
        return multiplyAdd(true, q, sz, rm, rn, rd);
    }

    /// `FSUB (vector)`.
    @Override
    public boolean fsubVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FSUB, q, sz, rm, rn, rd);
    }

    /// `FMIN (vector)`.
    @Override
    public boolean fminVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FMIN, q, sz, rm, rn, rd);
    }

    /// `FRSQRTS (vector)`.
    @Override
    public boolean frsqrtsVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FRSQRTS, q, sz, rm, rn, rd);
    }

    /// `FMAXNMP (vector)`.
    @Override
    public boolean fmaxnmpVector(int q, int sz, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.FMAXNM, FpShapes.lanes(sz), FpShapes.element(sz), 0, q, rm, rn, rd);
    }

    /// `FADDP (vector)`.
    @Override
    public boolean faddpVector(int q, int sz, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.FADD, FpShapes.lanes(sz), FpShapes.element(sz), 0, q, rm, rn, rd);
    }

    /// `FMUL (vector)`.
    @Override
    public boolean fmulVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FMUL, q, sz, rm, rn, rd);
    }

    /// `FCMGE (vector)`.
    @Override
    public boolean fcmgeVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FCMGE, q, sz, rm, rn, rd);
    }

    /// `FACGE (vector)`.
    @Override
    public boolean facgeVector(int q, int sz, int rm, int rn, int rd) {
        return compareMagnitudes(Opcode.FCMGE, q, sz, rm, rn, rd);
    }

    /// `FMAXP (vector)`.
    @Override
    public boolean fmaxpVector(int q, int sz, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.FMAX, FpShapes.lanes(sz), FpShapes.element(sz), 0, q, rm, rn, rd);
    }

    /// `FDIV (vector)`.
    @Override
    public boolean fdivVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FDIV, q, sz, rm, rn, rd);
    }

    /// `FMINNMP (vector)`.
    @Override
    public boolean fminnmpVector(int q, int sz, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.FMINNM, FpShapes.lanes(sz), FpShapes.element(sz), 0, q, rm, rn, rd);
    }

    /// `FABD (vector)`.
    @Override
    public boolean fabdVector(int q, int sz, int rm, int rn, int rd) {
        Type type = FpShapes.lanes(sz);
        int low = fp.absoluteDifference(type, shapes.low(type, rn), shapes.low(type, rm));
        int high = q == 1 ? fp.absoluteDifference(type, shapes.high(type, rn), shapes.high(type, rm)) : low;
        return shapes.write(type, q, low, high, rd);
    }

    /// `FCMGT (vector)`.
    @Override
    public boolean fcmgtVector(int q, int sz, int rm, int rn, int rd) {
        return binary(Opcode.FCMGT, q, sz, rm, rn, rd);
    }

    /// `FACGT (vector)`.
    @Override
    public boolean facgtVector(int q, int sz, int rm, int rn, int rd) {
        return compareMagnitudes(Opcode.FCMGT, q, sz, rm, rn, rd);
    }

    /// `FMINP (vector)`.
    @Override
    public boolean fminpVector(int q, int sz, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.FMIN, FpShapes.lanes(sz), FpShapes.element(sz), 0, q, rm, rn, rd);
    }

    /// `FRINTN (vector)`.
    @Override
    public boolean frintnVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.NEAREST_EVEN, q, sz, rn, rd);
    }

    /// `FRINTM (vector)`.
    @Override
    public boolean frintmVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.DOWN, q, sz, rn, rd);
    }

    /// `FRINTP (vector)`.
    @Override
    public boolean frintpVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.UP, q, sz, rn, rd);
    }

    /// `FRINTZ (vector)`.
    @Override
    public boolean frintzVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.ZERO, q, sz, rn, rd);
    }

    /// `FRINTA (vector)`.
    @Override
    public boolean frintaVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.NEAREST_AWAY, q, sz, rn, rd);
    }

    /// `FRINTX (vector)`.
    @Override
    public boolean frintxVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.CURRENT_EXACT, q, sz, rn, rd);
    }

    /// `FRINTI (vector)`.
    @Override
    public boolean frintiVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.CURRENT, q, sz, rn, rd);
    }

    /// `FABS (vector)`.
    @Override
    public boolean fabsVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FABS, 0, q, sz, rn, rd);
    }

    /// `FNEG (vector)`.
    @Override
    public boolean fnegVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FNEG, 0, q, sz, rn, rd);
    }

    /// `FSQRT (vector)`.
    @Override
    public boolean fsqrtVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FSQRT, 0, q, sz, rn, rd);
    }

    /// `FRECPE (vector)`.
    @Override
    public boolean frecpeVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRECPE, 0, q, sz, rn, rd);
    }

    /// `FRSQRTE (vector)`.
    @Override
    public boolean frsqrteVector(int q, int sz, int rn, int rd) {
        return unary(Opcode.FRSQRTE, 0, q, sz, rn, rd);
    }

    /// `URECPE (vector)`.
    @Override
    public boolean urecpeVector(int q, int rn, int rd) {
        return shapes.unary(Opcode.VURECPE, Type.I64, 0, q, rn, rd);
    }

    /// `URSQRTE (vector)`.
    @Override
    public boolean ursqrteVector(int q, int rn, int rd) {
        return shapes.unary(Opcode.VURSQRTE, Type.I64, 0, q, rn, rd);
    }

    /// `FCMGT (zero)`.
    @Override
    public boolean fcmgtZeroVector(int q, int sz, int rn, int rd) {
        return compareWithZero(Opcode.FCMGT, q, sz, rn, rd);
    }

    /// `FCMEQ (zero)`.
    @Override
    public boolean fcmeqZeroVector(int q, int sz, int rn, int rd) {
        return compareWithZero(Opcode.FCMEQ, q, sz, rn, rd);
    }

    /// `FCMLT (zero)`.
    @Override
    public boolean fcmltZeroVector(int q, int sz, int rn, int rd) {
        return compareZeroWith(Opcode.FCMGT, q, sz, rn, rd);
    }

    /// `FCMGE (zero)`.
    @Override
    public boolean fcmgeZeroVector(int q, int sz, int rn, int rd) {
        return compareWithZero(Opcode.FCMGE, q, sz, rn, rd);
    }

    /// `FCMLE (zero)`.
    @Override
    public boolean fcmleZeroVector(int q, int sz, int rn, int rd) {
        return compareZeroWith(Opcode.FCMGE, q, sz, rn, rd);
    }

    /// `FCVTNS` to `FCVTZU (vector)`; `rmode` is a constant of [Rounding].
    @Override
    public boolean fcvtToIntegerVector(int q, int u, int rmode, int sz, int rn, int rd) {
        return unary(Opcode.FTOI, fp.toInteger(sz, rmode, u, 0), q, sz, rn, rd);
    }

    /// `FCVTAS`, `FCVTAU (vector)`.
    @Override
    public boolean fcvtaToIntegerVector(int q, int u, int sz, int rn, int rd) {
        return unary(Opcode.FTOI, fp.toInteger(sz, Rounding.NEAREST_AWAY, u, 0), q, sz, rn, rd);
    }

    /// `SCVTF`, `UCVTF (vector, integer)`.
    @Override
    public boolean cvtfIntegerVector(int q, int u, int sz, int rn, int rd) {
        return unary(Opcode.ITOF, fp.fromInteger(sz, u, 0), q, sz, rn, rd);
    }

    /// `FCVTN (vector)`.
    @Override
    public boolean fcvtnVector(int q, int sz, int rn, int rd) {
        return fp.narrow(sz, Rounding.CURRENT, q, rn, rd);
    }

    /// `FCVTL (vector)`.
    @Override
    public boolean fcvtlVector(int q, int sz, int rn, int rd) {
        return fp.lengthen(sz, q, rn, rd);
    }

    /// `FCVTXN (vector)`.
    @Override
    public boolean fcvtxnVector(int q, int rn, int rd) {
        return fp.narrow(1, Rounding.ODD, q, rn, rd);
    }

    /// `FMAXNMV (vector)`.
    @Override
    public boolean fmaxnmv(int rn, int rd) {
        return fmaxnmv(SINGLE, 1, rn, rd);
    }

    /// `FMAXV (vector)`.
    @Override
    public boolean fmaxv(int rn, int rd) {
        return fmaxv(SINGLE, 1, rn, rd);
    }

    /// `FMINNMV (vector)`.
    @Override
    public boolean fminnmv(int rn, int rd) {
        return fminnmv(SINGLE, 1, rn, rd);
    }

    /// `FMINV (vector)`.
    @Override
    public boolean fminv(int rn, int rd) {
        return fminv(SINGLE, 1, rn, rd);
    }
}
