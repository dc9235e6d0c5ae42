package jqemu.tcg.a64;

/// Semantics of Advanced SIMD floating-point instructions in half precision: those of the other precisions, on another
/// type.
final class SimdHalfTranslator implements SimdHalf {
    /// Half precision as `ftype` and `sz` of the other precisions' methods spell it.
    private static final int HALF = 3;

    private final SimdFpTranslator vector;
    private final SimdByElementTranslator byElement;

    SimdHalfTranslator(TranslationContext ir) {
        this.vector = new SimdFpTranslator(ir);
        this.byElement = new SimdByElementTranslator(ir);
    }

    /// `FMAXNM (vector)`.
    @Override
    public boolean fmaxnmVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fmaxnmVector(q, HALF, rm, rn, rd);
    }

    /// `FMLA (vector)`.
    @Override
    public boolean fmlaVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fmlaVector(q, HALF, rm, rn, rd);
    }

    /// `FADD (vector)`.
    @Override
    public boolean faddVectorHalf(int q, int rm, int rn, int rd) {
        return vector.faddVector(q, HALF, rm, rn, rd);
    }

    /// `FMULX (vector)`.
    @Override
    public boolean fmulxVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fmulxVector(q, HALF, rm, rn, rd);
    }

    /// `FCMEQ (vector)`.
    @Override
    public boolean fcmeqVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fcmeqVector(q, HALF, rm, rn, rd);
    }

    /// `FMAX (vector)`.
    @Override
    public boolean fmaxVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fmaxVector(q, HALF, rm, rn, rd);
    }

    /// `FRECPS (vector)`.
    @Override
    public boolean frecpsVectorHalf(int q, int rm, int rn, int rd) {
        return vector.frecpsVector(q, HALF, rm, rn, rd);
    }

    /// `FMINNM (vector)`.
    @Override
    public boolean fminnmVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fminnmVector(q, HALF, rm, rn, rd);
    }

    /// `FMLS (vector)`.
    @Override
    public boolean fmlsVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fmlsVector(q, HALF, rm, rn, rd);
    }

    /// `FSUB (vector)`.
    @Override
    public boolean fsubVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fsubVector(q, HALF, rm, rn, rd);
    }

    /// `FMIN (vector)`.
    @Override
    public boolean fminVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fminVector(q, HALF, rm, rn, rd);
    }

    /// `FRSQRTS (vector)`.
    @Override
    public boolean frsqrtsVectorHalf(int q, int rm, int rn, int rd) {
        return vector.frsqrtsVector(q, HALF, rm, rn, rd);
    }

    /// `FMAXNMP (vector)`.
    @Override
    public boolean fmaxnmpVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fmaxnmpVector(q, HALF, rm, rn, rd);
    }

    /// `FADDP (vector)`.
    @Override
    public boolean faddpVectorHalf(int q, int rm, int rn, int rd) {
        return vector.faddpVector(q, HALF, rm, rn, rd);
    }

    /// `FMUL (vector)`.
    @Override
    public boolean fmulVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fmulVector(q, HALF, rm, rn, rd);
    }

    /// `FCMGE (vector)`.
    @Override
    public boolean fcmgeVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fcmgeVector(q, HALF, rm, rn, rd);
    }

    /// `FACGE (vector)`.
    @Override
    public boolean facgeVectorHalf(int q, int rm, int rn, int rd) {
        return vector.facgeVector(q, HALF, rm, rn, rd);
    }

    /// `FMAXP (vector)`.
    @Override
    public boolean fmaxpVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fmaxpVector(q, HALF, rm, rn, rd);
    }

    /// `FDIV (vector)`.
    @Override
    public boolean fdivVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fdivVector(q, HALF, rm, rn, rd);
    }

    /// `FMINNMP (vector)`.
    @Override
    public boolean fminnmpVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fminnmpVector(q, HALF, rm, rn, rd);
    }

    /// `FABD (vector)`.
    @Override
    public boolean fabdVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fabdVector(q, HALF, rm, rn, rd);
    }

    /// `FCMGT (vector)`.
    @Override
    public boolean fcmgtVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fcmgtVector(q, HALF, rm, rn, rd);
    }

    /// `FACGT (vector)`.
    @Override
    public boolean facgtVectorHalf(int q, int rm, int rn, int rd) {
        return vector.facgtVector(q, HALF, rm, rn, rd);
    }

    /// `FMINP (vector)`.
    @Override
    public boolean fminpVectorHalf(int q, int rm, int rn, int rd) {
        return vector.fminpVector(q, HALF, rm, rn, rd);
    }

    /// `FRINTN (vector)`.
    @Override
    public boolean frintnVectorHalf(int q, int rn, int rd) {
        return vector.frintnVector(q, HALF, rn, rd);
    }

    /// `FRINTM (vector)`.
    @Override
    public boolean frintmVectorHalf(int q, int rn, int rd) {
        return vector.frintmVector(q, HALF, rn, rd);
    }

    /// `FRINTP (vector)`.
    @Override
    public boolean frintpVectorHalf(int q, int rn, int rd) {
        return vector.frintpVector(q, HALF, rn, rd);
    }

    /// `FRINTZ (vector)`.
    @Override
    public boolean frintzVectorHalf(int q, int rn, int rd) {
        return vector.frintzVector(q, HALF, rn, rd);
    }

    /// `FRINTA (vector)`.
    @Override
    public boolean frintaVectorHalf(int q, int rn, int rd) {
        return vector.frintaVector(q, HALF, rn, rd);
    }

    /// `FRINTX (vector)`.
    @Override
    public boolean frintxVectorHalf(int q, int rn, int rd) {
        return vector.frintxVector(q, HALF, rn, rd);
    }

    /// `FRINTI (vector)`.
    @Override
    public boolean frintiVectorHalf(int q, int rn, int rd) {
        return vector.frintiVector(q, HALF, rn, rd);
    }

    /// `FABS (vector)`.
    @Override
    public boolean fabsVectorHalf(int q, int rn, int rd) {
        return vector.fabsVector(q, HALF, rn, rd);
    }

    /// `FNEG (vector)`.
    @Override
    public boolean fnegVectorHalf(int q, int rn, int rd) {
        return vector.fnegVector(q, HALF, rn, rd);
    }

    /// `FSQRT (vector)`.
    @Override
    public boolean fsqrtVectorHalf(int q, int rn, int rd) {
        return vector.fsqrtVector(q, HALF, rn, rd);
    }

    /// `FRECPE (vector)`.
    @Override
    public boolean frecpeVectorHalf(int q, int rn, int rd) {
        return vector.frecpeVector(q, HALF, rn, rd);
    }

    /// `FRSQRTE (vector)`.
    @Override
    public boolean frsqrteVectorHalf(int q, int rn, int rd) {
        return vector.frsqrteVector(q, HALF, rn, rd);
    }

    /// `FCMGT (zero)`.
    @Override
    public boolean fcmgtZeroVectorHalf(int q, int rn, int rd) {
        return vector.fcmgtZeroVector(q, HALF, rn, rd);
    }

    /// `FCMEQ (zero)`.
    @Override
    public boolean fcmeqZeroVectorHalf(int q, int rn, int rd) {
        return vector.fcmeqZeroVector(q, HALF, rn, rd);
    }

    /// `FCMLT (zero)`.
    @Override
    public boolean fcmltZeroVectorHalf(int q, int rn, int rd) {
        return vector.fcmltZeroVector(q, HALF, rn, rd);
    }

    /// `FCMGE (zero)`.
    @Override
    public boolean fcmgeZeroVectorHalf(int q, int rn, int rd) {
        return vector.fcmgeZeroVector(q, HALF, rn, rd);
    }

    /// `FCMLE (zero)`.
    @Override
    public boolean fcmleZeroVectorHalf(int q, int rn, int rd) {
        return vector.fcmleZeroVector(q, HALF, rn, rd);
    }

    /// `FCVTNS` to `FCVTZU (vector)`; `rmode` is a constant of [jqemu.tcg.ir.Rounding].
    @Override
    public boolean fcvtToIntegerVectorHalf(int q, int u, int rmode, int rn, int rd) {
        return vector.fcvtToIntegerVector(q, u, rmode, HALF, rn, rd);
    }

    /// `FCVTAS`, `FCVTAU (vector)`.
    @Override
    public boolean fcvtaToIntegerVectorHalf(int q, int u, int rn, int rd) {
        return vector.fcvtaToIntegerVector(q, u, HALF, rn, rd);
    }

    /// `SCVTF`, `UCVTF (vector, integer)`.
    @Override
    public boolean cvtfIntegerVectorHalf(int q, int u, int rn, int rd) {
        return vector.cvtfIntegerVector(q, u, HALF, rn, rd);
    }

    /// `FMAXNMV (vector)`.
    @Override
    public boolean fmaxnmvHalf(int q, int rn, int rd) {
        return vector.fmaxnmv(HALF, q, rn, rd);
    }

    /// `FMAXV (vector)`.
    @Override
    public boolean fmaxvHalf(int q, int rn, int rd) {
        return vector.fmaxv(HALF, q, rn, rd);
    }

    /// `FMINNMV (vector)`.
    @Override
    public boolean fminnmvHalf(int q, int rn, int rd) {
        return vector.fminnmv(HALF, q, rn, rd);
    }

    /// `FMINV (vector)`.
    @Override
    public boolean fminvHalf(int q, int rn, int rd) {
        return vector.fminv(HALF, q, rn, rd);
    }

    /// `FMLA (by element)`.
    @Override
    public boolean fmlaByElementHalf(int q, int l, int m, int rm, int h, int rn, int rd) {
        return byElement.fmlaByElement(q, HALF, l, m, rm, h, rn, rd);
    }

    /// `FMLS (by element)`.
    @Override
    public boolean fmlsByElementHalf(int q, int l, int m, int rm, int h, int rn, int rd) {
        return byElement.fmlsByElement(q, HALF, l, m, rm, h, rn, rd);
    }

    /// `FMUL (by element)`.
    @Override
    public boolean fmulByElementHalf(int q, int l, int m, int rm, int h, int rn, int rd) {
        return byElement.fmulByElement(q, HALF, l, m, rm, h, rn, rd);
    }

    /// `FMULX (by element)`.
    @Override
    public boolean fmulxByElementHalf(int q, int l, int m, int rm, int h, int rn, int rd) {
        return byElement.fmulxByElement(q, HALF, l, m, rm, h, rn, rd);
    }
}
