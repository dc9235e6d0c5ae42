package jqemu.tcg.a64;

/// Semantics of Advanced SIMD floating-point instructions on scalars in half precision: those of the other precisions,
/// on another type.
final class SimdScalarHalfTranslator implements SimdScalarHalf {
    /// Half precision as `ftype` and `sz` of the other precisions' methods spell it.
    private static final int HALF = 3;

    private final SimdScalarFpTranslator scalar;

    SimdScalarHalfTranslator(TranslationContext ir) {
        this.scalar = new SimdScalarFpTranslator(ir);
    }

    /// `FMULX (scalar)`.
    @Override
    public boolean fmulxSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.fmulxSimdScalar(HALF, rm, rn, rd);
    }

    /// `FCMEQ (scalar)`.
    @Override
    public boolean fcmeqSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.fcmeqSimdScalar(HALF, rm, rn, rd);
    }

    /// `FRECPS (scalar)`.
    @Override
    public boolean frecpsSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.frecpsSimdScalar(HALF, rm, rn, rd);
    }

    /// `FRSQRTS (scalar)`.
    @Override
    public boolean frsqrtsSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.frsqrtsSimdScalar(HALF, rm, rn, rd);
    }

    /// `FCMGE (scalar)`.
    @Override
    public boolean fcmgeSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.fcmgeSimdScalar(HALF, rm, rn, rd);
    }

    /// `FACGE (scalar)`.
    @Override
    public boolean facgeSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.facgeSimdScalar(HALF, rm, rn, rd);
    }

    /// `FABD (scalar)`.
    @Override
    public boolean fabdSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.fabdSimdScalar(HALF, rm, rn, rd);
    }

    /// `FCMGT (scalar)`.
    @Override
    public boolean fcmgtSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.fcmgtSimdScalar(HALF, rm, rn, rd);
    }

    /// `FACGT (scalar)`.
    @Override
    public boolean facgtSimdScalarHalf(int rm, int rn, int rd) {
        return scalar.facgtSimdScalar(HALF, rm, rn, rd);
    }

    /// `FRECPE (scalar)`.
    @Override
    public boolean frecpeSimdScalarHalf(int rn, int rd) {
        return scalar.frecpeSimdScalar(HALF, rn, rd);
    }

    /// `FRECPX (scalar)`.
    @Override
    public boolean frecpxSimdScalarHalf(int rn, int rd) {
        return scalar.frecpxSimdScalar(HALF, rn, rd);
    }

    /// `FRSQRTE (scalar)`.
    @Override
    public boolean frsqrteSimdScalarHalf(int rn, int rd) {
        return scalar.frsqrteSimdScalar(HALF, rn, rd);
    }

    /// `FCMGT (scalar, zero)`.
    @Override
    public boolean fcmgtZeroSimdScalarHalf(int rn, int rd) {
        return scalar.fcmgtZeroSimdScalar(HALF, rn, rd);
    }

    /// `FCMEQ (scalar, zero)`.
    @Override
    public boolean fcmeqZeroSimdScalarHalf(int rn, int rd) {
        return scalar.fcmeqZeroSimdScalar(HALF, rn, rd);
    }

    /// `FCMLT (scalar, zero)`.
    @Override
    public boolean fcmltZeroSimdScalarHalf(int rn, int rd) {
        return scalar.fcmltZeroSimdScalar(HALF, rn, rd);
    }

    /// `FCMGE (scalar, zero)`.
    @Override
    public boolean fcmgeZeroSimdScalarHalf(int rn, int rd) {
        return scalar.fcmgeZeroSimdScalar(HALF, rn, rd);
    }

    /// `FCMLE (scalar, zero)`.
    @Override
    public boolean fcmleZeroSimdScalarHalf(int rn, int rd) {
        return scalar.fcmleZeroSimdScalar(HALF, rn, rd);
    }

    /// `FCVTNS` to `FCVTZU (scalar)`; `rmode` is a constant of [jqemu.tcg.ir.Rounding].
    @Override
    public boolean fcvtToIntegerSimdScalarHalf(int u, int rmode, int rn, int rd) {
        return scalar.fcvtToIntegerSimdScalar(u, rmode, HALF, rn, rd);
    }

    /// `FCVTAS`, `FCVTAU (scalar)`.
    @Override
    public boolean fcvtaToIntegerSimdScalarHalf(int u, int rn, int rd) {
        return scalar.fcvtaToIntegerSimdScalar(u, HALF, rn, rd);
    }

    /// `SCVTF`, `UCVTF (scalar, integer)`.
    @Override
    public boolean cvtfIntegerSimdScalarHalf(int u, int rn, int rd) {
        return scalar.cvtfIntegerSimdScalar(u, HALF, rn, rd);
    }

    /// `FMAXNMP (scalar)`.
    @Override
    public boolean fmaxnmpSimdScalarHalf(int rn, int rd) {
        return scalar.fmaxnmpSimdScalar(HALF, rn, rd);
    }

    /// `FADDP (scalar)`.
    @Override
    public boolean faddpSimdScalarHalf(int rn, int rd) {
        return scalar.faddpSimdScalar(HALF, rn, rd);
    }

    /// `FMAXP (scalar)`.
    @Override
    public boolean fmaxpSimdScalarHalf(int rn, int rd) {
        return scalar.fmaxpSimdScalar(HALF, rn, rd);
    }

    /// `FMINNMP (scalar)`.
    @Override
    public boolean fminnmpSimdScalarHalf(int rn, int rd) {
        return scalar.fminnmpSimdScalar(HALF, rn, rd);
    }

    /// `FMINP (scalar)`.
    @Override
    public boolean fminpSimdScalarHalf(int rn, int rd) {
        return scalar.fminpSimdScalar(HALF, rn, rd);
    }

    /// `FMLA (scalar, by element)`.
    @Override
    public boolean fmlaByElementSimdScalarHalf(int l, int m, int rm, int h, int rn, int rd) {
        return scalar.fmlaByElementSimdScalar(HALF, l, m, rm, h, rn, rd);
    }

    /// `FMLS (scalar, by element)`.
    @Override
    public boolean fmlsByElementSimdScalarHalf(int l, int m, int rm, int h, int rn, int rd) {
        return scalar.fmlsByElementSimdScalar(HALF, l, m, rm, h, rn, rd);
    }

    /// `FMUL (scalar, by element)`.
    @Override
    public boolean fmulByElementSimdScalarHalf(int l, int m, int rm, int h, int rn, int rd) {
        return scalar.fmulByElementSimdScalar(HALF, l, m, rm, h, rn, rd);
    }

    /// `FMULX (scalar, by element)`.
    @Override
    public boolean fmulxByElementSimdScalarHalf(int l, int m, int rm, int h, int rn, int rd) {
        return scalar.fmulxByElementSimdScalar(HALF, l, m, rm, h, rn, rd);
    }
}
