package jqemu.tcg.a64;

import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of flag manipulation from general registers (FEAT_FlagM).
final class FlagManipulationTranslator implements FlagManipulation {
    private final TranslationContext ir;

    FlagManipulationTranslator(TranslationContext ir) {
        this.ir = ir;
    }

    /// `RMIF`: inserts bits of `Xn` rotated right by `imm` into the flags that `mask` names.
    @Override
    public boolean rmif(int imm, int rn, int mask) {
        int rotated = ir.binary(Opcode.ROTR, Type.I64, ir.readX(Type.I64, rn), ir.movi(Type.I64, imm));
        int chosen = ir.movi(Type.I64, mask);
        int kept = ir.binary(Opcode.ANDC, Type.I64, ir.readNzcv(), chosen);
        ir.writeNzcv(ir.or(Type.I64, kept, ir.and(Type.I64, rotated, chosen)));
        return true;
    }

    /// `SETF8`: flags of a byte; C is kept.
    @Override
    public boolean setf8(int rn) {
        return setFlagsOf(rn, 8);
    }

    /// `SETF16`: flags of a halfword; C is kept.
    @Override
    public boolean setf16(int rn) {
        return setFlagsOf(rn, 16);
    }

    private boolean setFlagsOf(int rn, int width) {
        int value = ir.readX(Type.I64, rn);
        int top = ir.extract(Type.I64, value, width - 1, 1);
        int overflow = ir.xor(Type.I64, ir.extract(Type.I64, value, width, 1), top);
        int low = ir.extract(Type.I64, value, 0, width);
        int zero = ir.setcond(Type.I64, Condition.EQ, low, ir.movi(Type.I64, 0));
        int nzcv = ir.deposit(Type.I64, ir.readNzcv(), overflow, 0, 1);
        nzcv = ir.deposit(Type.I64, nzcv, zero, 2, 1);
        ir.writeNzcv(ir.deposit(Type.I64, nzcv, top, 3, 1));
        return true;
    }
}
