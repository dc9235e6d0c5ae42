package jqemu.tcg.a64;

import jqemu.tcg.ir.Bits;

/// The immediates of logical instructions: a rotated run of ones, repeated. The manual's `DecodeBitMasks`.
final class BitmaskImmediate {
    private BitmaskImmediate() {}

    /// Whether the fields encode an immediate for the operand width that `sf` selects.
    static boolean isValid(int sf, int n, int immr, int imms) {
        int size = elementSize(n, imms);
        return size >= 2 && (sf == 1 || n == 0) && Bits.extract(imms, 0, sizeShift(size)) != size - 1;
    }

    /// The immediate, repeated over 64 bits; only for fields that [#isValid] accepts.
    static long decode(int n, int immr, int imms) {
        int size = elementSize(n, imms);
        int ones = (int) Bits.extract(imms, 0, sizeShift(size)) + 1;
        int rotation = (int) Bits.extract(immr, 0, sizeShift(size));
        return Bits.replicate(Bits.rotateRight(Bits.mask(ones), rotation, size), size);
    }

    /// The width of the repeated element in bits, 2 to 64; 1 or 0 when there is none.
    private static int elementSize(int n, int imms) {
        long inverted = (long) n << 6 | Bits.extract(~imms, 0, 6);
        return Long.highestOneBit(inverted) == 0 ? 0 : (int) Long.highestOneBit(inverted);
    }

    private static int sizeShift(int size) {
        return Integer.numberOfTrailingZeros(size);
    }
}
