package jqemu.tcg.a64;

import jqemu.tcg.ir.Bits;

/// The constants that Advanced SIMD and floating-point instructions encode in eight bits, after the manual's
/// `AdvSIMDExpandImm` and `VFPExpandImm`; all fill 64 bits with copies.
final class ModifiedImmediate {
    private ModifiedImmediate() {}

    /// An integer: `imm` shifted within 32, 16 or 8 bits as `cmode` (0 to 14) says.
    static long integer(int cmode, int imm) {
        int shift = 8 * (cmode >> 1 & 3);
        return switch (cmode) {
            case 8, 9, 10, 11 -> Bits.replicate((long) imm << shift % 16, 16);
            case 12 -> Bits.replicate((long) imm << 8 | Bits.mask(8), 32);
            case 13 -> Bits.replicate((long) imm << 16 | Bits.mask(16), 32);
            case 14 -> Bits.replicate(imm, 8);
            default -> Bits.replicate((long) imm << shift, 32);
        };
    }

    /// Bytes of all ones where `imm` has a one.
    static long byteMask(int imm) {
        long mask = 0;
        for (int i = 0; i < 8; i++) {
            mask |= (Bits.bit(imm, i) * Bits.mask(8)) << (8 * i);
        }
        return mask;
    }

    /// A floating-point number of three exponent and four fraction bits; `ftype` is 0 for single precision, 1 for
    /// double, 3 for half.
    static long floatingPoint(int ftype, int imm) {
        int width = ftype == 0 ? 32 : ftype == 1 ? 64 : 16;
        int exponentBits = ftype == 0 ? 8 : ftype == 1 ? 11 : 5;
        int fractionBits = width - 1 - exponentBits;
        long sign = Bits.bit(imm, 7);
        long high = Bits.bit(imm, 6);
        // the exponent is NOT(b6), copies of b6, b5, b4
        long exponent =
                (high ^ 1) << (exponentBits - 1) | (high * Bits.mask(exponentBits - 3)) << 2 | Bits.extract(imm, 4, 2);
        long fraction = Bits.extract(imm, 0, 4) << (fractionBits - 4);
        return Bits.replicate(sign << (width - 1) | exponent << fractionBits | fraction, width);
    }
}
