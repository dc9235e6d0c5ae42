package jqemu.tcg.a64;

import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// Semantics of rounding to numbers that fit an integer of 32 or 64 bits (FEAT_FRINTTS).
final class FloatRoundToSizeTranslator implements FloatRoundToSize {
    private final TranslationContext ir;
    private final VectorShapes shapes;

    FloatRoundToSizeTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
    }

    /// `FRINT32Z`, `FRINT32X`, `FRINT64Z`, `FRINT64X (scalar)`.
    @Override
    public boolean frinttsScalar(int ftype, int wide, int x, int rn, int rd) {
        Type type = FpShapes.scalar(ftype);
        ir.writeV(type, rd, ir.unary(Opcode.FRINTTS, type, ir.readV(type, rn), mode(wide, x)));
        return true;
    }

    /// `FRINT32Z`, `FRINT32X`, `FRINT64Z`, `FRINT64X (vector)`.
    @Override
    public boolean frinttsVector(int q, int x, int sz, int wide, int rn, int rd) {
        return shapes.unary(Opcode.FRINTTS, FpShapes.lanes(sz), mode(wide, x), q, rn, rd);
    }

    private static int mode(int wide, int x) {
        return (x == 1 ? Rounding.CURRENT : Rounding.ZERO) | wide << 3;
    }
}
