package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.FpConversion;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// Semantics of conversions and moves between floating-point and general registers.
///
/// `ftype` is 0 for single precision, 1 for double, 3 for half; `sf` is 1 for a 64-bit general register; `u` is 1 for
/// unsigned.
final class FpConversionsTranslator implements FpConversions {
    private static final int HALF = 3;

    private final TranslationContext ir;

    FpConversionsTranslator(TranslationContext ir) {
        this.ir = ir;
    }

    private boolean toInteger(int sf, int ftype, int rounding, int u, int fractionBits, int rn, int rd) {
        Type source = FpShapes.scalar(ftype);
        int conversion = FpConversion.pack(source, rounding, u == 0, fractionBits);
        ir.writeX(Type.ofSf(sf), rd, ir.unary(Opcode.FTOI, Type.ofSf(sf), ir.readV(source, rn), conversion));
        return true;
    }

    private boolean fromInteger(int sf, int ftype, int u, int fractionBits, int rn, int rd) {
        Type target = FpShapes.scalar(ftype);
        int conversion = FpConversion.pack(Type.ofSf(sf), Rounding.CURRENT, u == 0, fractionBits);
        ir.writeV(target, rd, ir.unary(Opcode.ITOF, target, ir.readX(Type.ofSf(sf), rn), conversion));
        return true;
    }

    /// `FCVTNS` to `FCVTZU (scalar, integer)`; `rmode` is a constant of [Rounding].
    @Override
    public boolean fcvtToInteger(int sf, int ftype, int rmode, int u, int rn, int rd) {
        return toInteger(sf, ftype, rmode, u, 0, rn, rd);
    }

    /// `FCVTAS`, `FCVTAU (scalar, integer)`.
    @Override
    public boolean fcvtaToInteger(int sf, int ftype, int u, int rn, int rd) {
        return toInteger(sf, ftype, Rounding.NEAREST_AWAY, u, 0, rn, rd);
    }

    /// `SCVTF`, `UCVTF (scalar, integer)`.
    @Override
    public boolean cvtfInteger(int sf, int ftype, int u, int rn, int rd) {
        return fromInteger(sf, ftype, u, 0, rn, rd);
    }

    /// `FCVTZS`, `FCVTZU (scalar, fixed-point)`.
    @Override
    public boolean fcvtzToFixedPoint(int sf, int ftype, int u, int scale, int rn, int rd) {
        return toInteger(sf, ftype, Rounding.ZERO, u, 64 - scale, rn, rd);
    }

    /// `SCVTF`, `UCVTF (scalar, fixed-point)`.
    @Override
    public boolean cvtfFixedPoint(int sf, int ftype, int u, int scale, int rn, int rd) {
        return fromInteger(sf, ftype, u, 64 - scale, rn, rd);
    }

    /// `FJCVTZS`: Z says that the conversion was exact, the other flags are 0.
    @Override
    public boolean fjcvtzs(int rn, int rd) {
        int result = ir.unary(Opcode.FJCVT, Type.I64, ir.readV(Type.F64, rn));
        ir.writeNzcv(ir.shlImmediate(Type.I64, ir.extract(Type.I64, result, 32, 1), 2));
        ir.writeX(Type.I32, rd, ir.low(result));
        return true;
    }

    /// `FMOV (general)`, to a general register.
    @Override
    public boolean fmovToGeneral(int sf, int ftype, int rn, int rd) {
        int value = ir.readV(Type.ofSf(sf), rn);
        ir.writeX(Type.ofSf(sf), rd, ftype == HALF ? ir.extract(Type.ofSf(sf), value, 0, 16) : value);
        return true;
    }

    /// `FMOV (general)`, from a general register.
    @Override
    public boolean fmovFromGeneral(int sf, int ftype, int rn, int rd) {
        Type type = ftype == HALF ? Type.F16 : Type.ofSf(sf);
        int value = ir.readX(Type.ofSf(sf), rn);
        ir.writeV(type, rd, ftype == HALF ? ir.bitcast(type, value) : value);
        return true;
    }

    /// `FMOV (general)`, from the upper half.
    @Override
    public boolean fmovTopToGeneral(int rn, int rd) {
        ir.writeX(Type.I64, rd, ir.readVHigh(rn));
        return true;
    }

    /// `FMOV (general)`, to the upper half.
    @Override
    public boolean fmovTopFromGeneral(int rn, int rd) {
        ir.storeEnv(Type.I64, Slot.vHigh(rd), ir.readX(Type.I64, rn));
        return true;
    }
}
