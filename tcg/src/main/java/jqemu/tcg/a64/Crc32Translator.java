package jqemu.tcg.a64;

import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of the CRC32 instructions (the manual's `CRC32B` to `CRC32X` and `CRC32CB` to `CRC32CX`).
final class Crc32Translator implements Crc32 {
    /// Selects Castagnoli's polynomial, see [Opcode#CRC32].
    private static final int CASTAGNOLI = 16;

    private final TranslationContext ir;

    Crc32Translator(TranslationContext ir) {
        this.ir = ir;
    }

    /// `CRC32B`, `CRC32H`, `CRC32W`, `CRC32X`.
    @Override
    public boolean crc32(int sf, int rm, int size, int rn, int rd) {
        return checksum(rm, size, rn, rd, 0);
    }

    /// `CRC32CB`, `CRC32CH`, `CRC32CW`, `CRC32CX`.
    @Override
    public boolean crc32c(int sf, int rm, int size, int rn, int rd) {
        return checksum(rm, size, rn, rd, CASTAGNOLI);
    }

    private boolean checksum(int rm, int size, int rn, int rd, int polynomial) {
        int data = ir.readX(Type.I64, rm);
        int crc = ir.readX(Type.I32, rn);
        ir.writeX(Type.I32, rd, ir.binary(Opcode.CRC32, Type.I32, crc, data, polynomial | 1 << size));
        return true;
    }
}
