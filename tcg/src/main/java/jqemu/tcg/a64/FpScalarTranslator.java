package jqemu.tcg.a64;

import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.FpConversion;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// Semantics of scalar floating-point arithmetic, comparisons and selection.
///
/// `ftype` is 0 for single precision, 1 for double, 3 for half.
final class FpScalarTranslator implements FpScalar {
    private final TranslationContext ir;

    FpScalarTranslator(TranslationContext ir) {
        this.ir = ir;
    }

    private static final int QUIET = 0;
    private static final int SIGNALING = 1;

    // ---- shapes

    private boolean write(Type type, int value, int rd) {
        ir.writeV(type, rd, value);
        return true;
    }

    private boolean unary(Opcode op, int aux, int ftype, int rn, int rd) {
        Type type = FpShapes.scalar(ftype);
        return write(type, ir.unary(op, type, ir.readV(type, rn), aux), rd);
    }

    private boolean binary(Opcode op, int ftype, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(ftype);
        return write(type, ir.binary(op, type, ir.readV(type, rn), ir.readV(type, rm)), rd);
    }

    /// `±ra ± rn * rm`, the signs being those of the operands, so that a NaN's sign changes too.
    private boolean multiplyAdd(
            boolean negateProduct, boolean negateAddend, int ftype, int rm, int ra, int rn, int rd) {
        Type type = FpShapes.scalar(ftype);
        int factor = negatedIf(negateProduct, type, ir.readV(type, rn));
        int addend = negatedIf(negateAddend, type, ir.readV(type, ra));
        return write(type, ir.ternary(Opcode.FMADD, type, factor, ir.readV(type, rm), addend), rd);
    }

    private int negatedIf(boolean negate, Type type, int value) {
        return negate ? ir.unary(Opcode.FNEG, type, value) : value;
    }

    private boolean compare(int signaling, int ftype, int rn, int other) {
        Type type = FpShapes.scalar(ftype);
        ir.writeNzcv(ir.binary(Opcode.FCMP, type, ir.readV(type, rn), other, signaling));
        return true;
    }

    /// Compares only if `cond` holds: otherwise no flag in FPSR may change.
    private boolean compareIf(int signaling, int ftype, int rm, int cond, int rn, int nzcv) {
        Type type = FpShapes.scalar(ftype);
        int holds = ir.testcc(cond, ir.readNzcv());
        int left = ir.readV(type, rn);
        int right = ir.readV(type, rm);
        ir.writeNzcv(ir.block().append(Opcode.FCCMP, type, left, right, holds, 0, nzcv << 1 | signaling, 0));
        return true;
    }

    // ---- instructions

    /// `FMUL (scalar)`.
    @Override
    public boolean fmulScalar(int ftype, int rm, int rn, int rd) {
        return binary(Opcode.FMUL, ftype, rm, rn, rd);
    }

    /// `FDIV (scalar)`.
    @Override
    public boolean fdivScalar(int ftype, int rm, int rn, int rd) {
        return binary(Opcode.FDIV, ftype, rm, rn, rd);
    }

    /// `FADD (scalar)`.
    @Override
    public boolean faddScalar(int ftype, int rm, int rn, int rd) {
        return binary(Opcode.FADD, ftype, rm, rn, rd);
    }

    /// `FSUB (scalar)`.
    @Override
    public boolean fsubScalar(int ftype, int rm, int rn, int rd) {
        return binary(Opcode.FSUB, ftype, rm, rn, rd);
    }

    /// `FMAX (scalar)`.
    @Override
    public boolean fmaxScalar(int ftype, int rm, int rn, int rd) {
        return binary(Opcode.FMAX, ftype, rm, rn, rd);
    }

    /// `FMIN (scalar)`.
    @Override
    public boolean fminScalar(int ftype, int rm, int rn, int rd) {
        return binary(Opcode.FMIN, ftype, rm, rn, rd);
    }

    /// `FMAXNM (scalar)`.
    @Override
    public boolean fmaxnmScalar(int ftype, int rm, int rn, int rd) {
        return binary(Opcode.FMAXNM, ftype, rm, rn, rd);
    }

    /// `FMINNM (scalar)`.
    @Override
    public boolean fminnmScalar(int ftype, int rm, int rn, int rd) {
        return binary(Opcode.FMINNM, ftype, rm, rn, rd);
    }

    /// `FNMUL (scalar)`.
    @Override
    public boolean fnmulScalar(int ftype, int rm, int rn, int rd) {
        Type type = FpShapes.scalar(ftype);
        int product = ir.binary(Opcode.FMUL, type, ir.readV(type, rn), ir.readV(type, rm));
        return write(type, ir.unary(Opcode.FNEG, type, product), rd);
    }

    /// `FMOV (register)`.
    @Override
    public boolean fmovRegister(int ftype, int rn, int rd) {
        Type type = FpShapes.scalar(ftype);
        return write(type, ir.readV(type, rn), rd);
    }

    /// `FABS (scalar)`.
    @Override
    public boolean fabsScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FABS, 0, ftype, rn, rd);
    }

    /// `FNEG (scalar)`.
    @Override
    public boolean fnegScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FNEG, 0, ftype, rn, rd);
    }

    /// `FSQRT (scalar)`.
    @Override
    public boolean fsqrtScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FSQRT, 0, ftype, rn, rd);
    }

    /// `FRINTN (scalar)`.
    @Override
    public boolean frintnScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.NEAREST_EVEN, ftype, rn, rd);
    }

    /// `FRINTP (scalar)`.
    @Override
    public boolean frintpScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.UP, ftype, rn, rd);
    }

    /// `FRINTM (scalar)`.
    @Override
    public boolean frintmScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.DOWN, ftype, rn, rd);
    }

    /// `FRINTZ (scalar)`.
    @Override
    public boolean frintzScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.ZERO, ftype, rn, rd);
    }

    /// `FRINTA (scalar)`.
    @Override
    public boolean frintaScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.NEAREST_AWAY, ftype, rn, rd);
    }

    /// `FRINTX (scalar)`.
    @Override
    public boolean frintxScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.CURRENT_EXACT, ftype, rn, rd);
    }

    /// `FRINTI (scalar)`.
    @Override
    public boolean frintiScalar(int ftype, int rn, int rd) {
        return unary(Opcode.FRINT, Rounding.CURRENT, ftype, rn, rd);
    }

    /// `BFCVT`.
    @Override
    public boolean bfcvt(int rn, int rd) {
        return write(Type.F32, ir.unary(Opcode.BFCVT, Type.F32, ir.readV(Type.F32, rn)), rd);
    }

    /// `FCVT`.
    @Override
    public boolean fcvt(int ftype, int opc, int rn, int rd) {
        Type source = FpShapes.scalar(ftype);
        Type target = FpShapes.scalar(opc);
        int conversion = FpConversion.pack(source, Rounding.CURRENT, false, 0);
        return write(target, ir.unary(Opcode.FCVT, target, ir.readV(source, rn), conversion), rd);
    }

    /// `FMADD`.
    @Override
    public boolean fmadd(int ftype, int rm, int ra, int rn, int rd) {
        return multiplyAdd(false, false, ftype, rm, ra, rn, rd);
    }

    /// `FMSUB`.
    @Override
    public boolean fmsub(int ftype, int rm, int ra, int rn, int rd) {
        return multiplyAdd(true, false, ftype, rm, ra, rn, rd);
    }

    /// `FNMADD`.
    @Override
    public boolean fnmadd(int ftype, int rm, int ra, int rn, int rd) {
        return multiplyAdd(true, true, ftype, rm, ra, rn, rd);
    }

    /// `FNMSUB`.
    @Override
    public boolean fnmsub(int ftype, int rm, int ra, int rn, int rd) {
        return multiplyAdd(false, true, ftype, rm, ra, rn, rd);
    }

    /// `FCMP`.
    @Override
    public boolean fcmp(int ftype, int rm, int rn) {
        return compare(QUIET, ftype, rn, ir.readV(FpShapes.scalar(ftype), rm));
    }

    /// `FCMP (zero)`.
    @Override
    public boolean fcmpZero(int ftype, int rn) {
        return compare(QUIET, ftype, rn, ir.movi(FpShapes.scalar(ftype), 0));
    }

    /// `FCMPE`.
    @Override
    public boolean fcmpe(int ftype, int rm, int rn) {
        return compare(SIGNALING, ftype, rn, ir.readV(FpShapes.scalar(ftype), rm));
    }

    /// `FCMPE (zero)`.
    @Override
    public boolean fcmpeZero(int ftype, int rn) {
        return compare(SIGNALING, ftype, rn, ir.movi(FpShapes.scalar(ftype), 0));
    }

    /// `FCCMP`.
    @Override
    public boolean fccmp(int ftype, int rm, int cond, int rn, int nzcv) {
        return compareIf(QUIET, ftype, rm, cond, rn, nzcv);
    }

    /// `FCCMPE`.
    @Override
    public boolean fccmpe(int ftype, int rm, int cond, int rn, int nzcv) {
        return compareIf(SIGNALING, ftype, rm, cond, rn, nzcv);
    }

    /// `FCSEL`.
    @Override
    public boolean fcsel(int ftype, int rm, int cond, int rn, int rd) {
        Type type = FpShapes.scalar(ftype);
        int holds = ir.testcc(cond, ir.readNzcv());
        int zero = ir.movi(Type.I64, 0);
        int ifTrue = ir.readV(type, rn);
        int ifFalse = ir.readV(type, rm);
        return write(type, ir.movcond(type, Condition.NE, Type.I64, holds, zero, ifTrue, ifFalse), rd);
    }

    /// `FMOV (scalar, immediate)`.
    @Override
    public boolean fmovScalarImmediate(int ftype, int imm, int rd) {
        Type type = FpShapes.scalar(ftype);
        return write(type, ir.movi(type, ModifiedImmediate.floatingPoint(ftype, imm)), rd);
    }
}
