package jqemu.tcg.ir;

/// The table-like estimates of reciprocals and reciprocal square roots, after the manual's `RecipEstimate` and
/// `RecipSqrtEstimate`; integer and floating-point instructions share them.
///
/// An estimate has 9 bits: a number from 256 to 511 that stands for 0.5 to 1.
public final class Estimates {
    private Estimates() {}

    /// The estimate of 1/x, halved, for x = scaled / 512; `scaled` is 256 to 511.
    public static int reciprocal(int scaled) {
        int doubled = scaled * 2 + 1;
        int quotient = (1 << 19) / doubled;
        return (quotient + 1) / 2;
    }

    /// The estimate of 1/sqrt(x), halved, for x = scaled / 512; `scaled` is 128 to 511.
    public static int reciprocalRoot(int scaled) {
        int operand = scaled < 256 ? scaled * 2 + 1 : (scaled / 2 * 2 + 1) * 2;
        int root = 512;
        while (operand * (root + 1) * (root + 1) < 1 << 28) {
            root++;
        }
        return (root + 1) / 2;
    }

    /// `URECPE` of 32 bits.
    static long unsignedReciprocal(long operand) {
        return Bits.bit(operand, 31) == 0 ? Bits.mask(32) : (long) reciprocal((int) Bits.extract(operand, 23, 9)) << 23;
    }

    /// `URSQRTE` of 32 bits.
    static long unsignedReciprocalRoot(long operand) {
        return Bits.extract(operand, 30, 2) == 0
                ? Bits.mask(32)
                : (long) reciprocalRoot((int) Bits.extract(operand, 23, 9)) << 23;
    }
}
