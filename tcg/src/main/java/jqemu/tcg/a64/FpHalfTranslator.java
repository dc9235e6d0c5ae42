package jqemu.tcg.a64;

/// Semantics of scalar floating-point instructions in half precision: those of the other precisions, on another type.
final class FpHalfTranslator implements FpHalf {
    /// Half precision as `ftype` and `sz` of the other precisions' methods spell it.
    private static final int HALF = 3;

    private final FpScalarTranslator scalar;
    private final FpConversionsTranslator conversions;

    FpHalfTranslator(TranslationContext ir) {
        this.scalar = new FpScalarTranslator(ir);
        this.conversions = new FpConversionsTranslator(ir);
    }

    /// `FMUL (scalar)`.
    @Override
    public boolean fmulScalarHalf(int rm, int rn, int rd) {
        return scalar.fmulScalar(HALF, rm, rn, rd);
    }

    /// `FDIV (scalar)`.
    @Override
    public boolean fdivScalarHalf(int rm, int rn, int rd) {
        return scalar.fdivScalar(HALF, rm, rn, rd);
    }

    /// `FADD (scalar)`.
    @Override
    public boolean faddScalarHalf(int rm, int rn, int rd) {
        return scalar.faddScalar(HALF, rm, rn, rd);
    }

    /// `FSUB (scalar)`.
    @Override
    public boolean fsubScalarHalf(int rm, int rn, int rd) {
        return scalar.fsubScalar(HALF, rm, rn, rd);
    }

    /// `FMAX (scalar)`.
    @Override
    public boolean fmaxScalarHalf(int rm, int rn, int rd) {
        return scalar.fmaxScalar(HALF, rm, rn, rd);
    }

    /// `FMIN (scalar)`.
    @Override
    public boolean fminScalarHalf(int rm, int rn, int rd) {
        return scalar.fminScalar(HALF, rm, rn, rd);
    }

    /// `FMAXNM (scalar)`.
    @Override
    public boolean fmaxnmScalarHalf(int rm, int rn, int rd) {
        return scalar.fmaxnmScalar(HALF, rm, rn, rd);
    }

    /// `FMINNM (scalar)`.
    @Override
    public boolean fminnmScalarHalf(int rm, int rn, int rd) {
        return scalar.fminnmScalar(HALF, rm, rn, rd);
    }

    /// `FNMUL (scalar)`.
    @Override
    public boolean fnmulScalarHalf(int rm, int rn, int rd) {
        return scalar.fnmulScalar(HALF, rm, rn, rd);
    }

    /// `FMOV (register)`.
    @Override
    public boolean fmovRegisterHalf(int rn, int rd) {
        return scalar.fmovRegister(HALF, rn, rd);
    }

    /// `FABS (scalar)`.
    @Override
    public boolean fabsScalarHalf(int rn, int rd) {
        return scalar.fabsScalar(HALF, rn, rd);
    }

    /// `FNEG (scalar)`.
    @Override
    public boolean fnegScalarHalf(int rn, int rd) {
        return scalar.fnegScalar(HALF, rn, rd);
    }

    /// `FSQRT (scalar)`.
    @Override
    public boolean fsqrtScalarHalf(int rn, int rd) {
        return scalar.fsqrtScalar(HALF, rn, rd);
    }

    /// `FRINTN (scalar)`.
    @Override
    public boolean frintnScalarHalf(int rn, int rd) {
        return scalar.frintnScalar(HALF, rn, rd);
    }

    /// `FRINTP (scalar)`.
    @Override
    public boolean frintpScalarHalf(int rn, int rd) {
        return scalar.frintpScalar(HALF, rn, rd);
    }

    /// `FRINTM (scalar)`.
    @Override
    public boolean frintmScalarHalf(int rn, int rd) {
        return scalar.frintmScalar(HALF, rn, rd);
    }

    /// `FRINTZ (scalar)`.
    @Override
    public boolean frintzScalarHalf(int rn, int rd) {
        return scalar.frintzScalar(HALF, rn, rd);
    }

    /// `FRINTA (scalar)`.
    @Override
    public boolean frintaScalarHalf(int rn, int rd) {
        return scalar.frintaScalar(HALF, rn, rd);
    }

    /// `FRINTX (scalar)`.
    @Override
    public boolean frintxScalarHalf(int rn, int rd) {
        return scalar.frintxScalar(HALF, rn, rd);
    }

    /// `FRINTI (scalar)`.
    @Override
    public boolean frintiScalarHalf(int rn, int rd) {
        return scalar.frintiScalar(HALF, rn, rd);
    }

    /// `FMADD`.
    @Override
    public boolean fmaddHalf(int rm, int ra, int rn, int rd) {
        return scalar.fmadd(HALF, rm, ra, rn, rd);
    }

    /// `FMSUB`.
    @Override
    public boolean fmsubHalf(int rm, int ra, int rn, int rd) {
        return scalar.fmsub(HALF, rm, ra, rn, rd);
    }

    /// `FNMADD`.
    @Override
    public boolean fnmaddHalf(int rm, int ra, int rn, int rd) {
        return scalar.fnmadd(HALF, rm, ra, rn, rd);
    }

    /// `FNMSUB`.
    @Override
    public boolean fnmsubHalf(int rm, int ra, int rn, int rd) {
        return scalar.fnmsub(HALF, rm, ra, rn, rd);
    }

    /// `FCMP`.
    @Override
    public boolean fcmpHalf(int rm, int rn) {
        return scalar.fcmp(HALF, rm, rn);
    }

    /// `FCMP (zero)`.
    @Override
    public boolean fcmpZeroHalf(int rn) {
        return scalar.fcmpZero(HALF, rn);
    }

    /// `FCMPE`.
    @Override
    public boolean fcmpeHalf(int rm, int rn) {
        return scalar.fcmpe(HALF, rm, rn);
    }

    /// `FCMPE (zero)`.
    @Override
    public boolean fcmpeZeroHalf(int rn) {
        return scalar.fcmpeZero(HALF, rn);
    }

    /// `FCCMP`.
    @Override
    public boolean fccmpHalf(int rm, int cond, int rn, int nzcv) {
        return scalar.fccmp(HALF, rm, cond, rn, nzcv);
    }

    /// `FCCMPE`.
    @Override
    public boolean fccmpeHalf(int rm, int cond, int rn, int nzcv) {
        return scalar.fccmpe(HALF, rm, cond, rn, nzcv);
    }

    /// `FCSEL`.
    @Override
    public boolean fcselHalf(int rm, int cond, int rn, int rd) {
        return scalar.fcsel(HALF, rm, cond, rn, rd);
    }

    /// `FMOV (scalar, immediate)`.
    @Override
    public boolean fmovScalarImmediateHalf(int imm, int rd) {
        return scalar.fmovScalarImmediate(HALF, imm, rd);
    }

    /// `FCVTNS` to `FCVTZU (scalar, integer)`; `rmode` is a constant of [jqemu.tcg.ir.Rounding].
    @Override
    public boolean fcvtToIntegerHalf(int sf, int rmode, int u, int rn, int rd) {
        return conversions.fcvtToInteger(sf, HALF, rmode, u, rn, rd);
    }

    /// `FCVTAS`, `FCVTAU (scalar, integer)`.
    @Override
    public boolean fcvtaToIntegerHalf(int sf, int u, int rn, int rd) {
        return conversions.fcvtaToInteger(sf, HALF, u, rn, rd);
    }

    /// `SCVTF`, `UCVTF (scalar, integer)`.
    @Override
    public boolean cvtfIntegerHalf(int sf, int u, int rn, int rd) {
        return conversions.cvtfInteger(sf, HALF, u, rn, rd);
    }

    /// `FCVTZS`, `FCVTZU (scalar, fixed-point)`.
    @Override
    public boolean fcvtzToFixedPointHalf(int sf, int u, int scale, int rn, int rd) {
        return conversions.fcvtzToFixedPoint(sf, HALF, u, scale, rn, rd);
    }

    /// `SCVTF`, `UCVTF (scalar, fixed-point)`.
    @Override
    public boolean cvtfFixedPointHalf(int sf, int u, int scale, int rn, int rd) {
        return conversions.cvtfFixedPoint(sf, HALF, u, scale, rn, rd);
    }

    /// `FMOV (general)`, to a general register.
    @Override
    public boolean fmovToGeneralHalf(int sf, int rn, int rd) {
        return conversions.fmovToGeneral(sf, HALF, rn, rd);
    }

    /// `FMOV (general)`, from a general register.
    @Override
    public boolean fmovFromGeneralHalf(int sf, int rn, int rd) {
        return conversions.fmovFromGeneral(sf, HALF, rn, rd);
    }
}
