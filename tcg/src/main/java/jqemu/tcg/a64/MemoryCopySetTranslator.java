package jqemu.tcg.a64;

import jqemu.tcg.helper.MemoryOperations;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of memory copy and memory set; the work is done in [MemoryOperations]. Plugins do not see its accesses,
/// nor do QEMU's.
final class MemoryCopySetTranslator implements MemoryCopySet {
    private final TranslationContext ir;

    MemoryCopySetTranslator(TranslationContext ir) {
        this.ir = ir;
    }

    /// `SETP`, `SETM`, `SETE` and their variants.
    @Override
    public boolean setMemory(int rs, int stage, int options, int rn, int rd) {
        return perform(Helper.MEMORY_SET, rd, rs, rn, stage);
    }

    /// `CPYFP`, `CPYFM`, `CPYFE` and their variants.
    @Override
    public boolean copyForward(int stage, int rs, int options, int rn, int rd) {
        return perform(Helper.MEMORY_COPY_FORWARD, rd, rs, rn, stage);
    }

    /// `CPYP`, `CPYM`, `CPYE` and their variants.
    @Override
    public boolean copyMemory(int stage, int rs, int options, int rn, int rd) {
        return perform(Helper.MEMORY_COPY, rd, rs, rn, stage);
    }

    private boolean perform(Helper helper, int rd, int rs, int rn, int stage) {
        int none = ir.movi(Type.I64, 0);
        long operands = MemoryOperations.operands(rd, rs, rn, stage);
        int refused = ir.call(Type.I64, helper, none, none, none, none, operands);
        ir.unary(Opcode.RAISE_IF, Type.I64, refused, GuestException.ILLEGAL_OPERAND.ordinal());
        return true;
    }
}
