package jqemu.tcg.a64;

import jqemu.tcg.ir.Type;

/// Extended register operands. The manual's `ExtendReg`, without the shift.
final class RegisterExtend {
    private RegisterExtend() {}

    /// Register `rm` extended as `option` says: 0 UXTB, 1 UXTH, 2 UXTW, 3 UXTX, and the signed ones from 4.
    static int extend(TranslationContext ir, Type type, int rm, int option) {
        int length = Math.min(8 << (option & 3), type.bits());
        boolean signed = option >= 4;
        int value = ir.readX(type, rm);
        if (length == type.bits()) {
            return value;
        }
        return signed ? ir.sextract(type, value, 0, length) : ir.extract(type, value, 0, length);
    }
}
