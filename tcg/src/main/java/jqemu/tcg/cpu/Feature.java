package jqemu.tcg.cpu;

/// An extension of the architecture that a CPU may announce: the single place that says which capability bits and
/// identification fields an extension has.
///
/// A decode table names the feature of a line by `@` and the constant in lower case; the decoder refuses the line on a
/// [CpuModel] without it. What Armv8.0-A with floating point and Advanced SIMD has anyway is no feature here.
///
/// Bits of the capability words are those of Linux's `uapi/asm/hwcap.h`. A field of an identification register is given
/// as the value that the feature alone puts into the register; where several features share a field, the highest value
/// wins (`PMULL` includes `AES`).
public enum Feature {
    /// FEAT_AES without the 64-bit polynomial multiplication.
    AES(hwcap(3), 0, IdRegister.ISAR0, 1L << 4),
    /// FEAT_PMULL: 64-bit polynomial multiplication.
    PMULL(hwcap(4), 0, IdRegister.ISAR0, 2L << 4),
    /// FEAT_SHA1.
    SHA1(hwcap(5), 0, IdRegister.ISAR0, 1L << 8),
    /// FEAT_SHA256.
    SHA256(hwcap(6), 0, IdRegister.ISAR0, 1L << 12),
    /// FEAT_CRC32.
    CRC32(hwcap(7), 0, IdRegister.ISAR0, 1L << 16),
    /// FEAT_LSE: atomic read-modify-write instructions.
    LSE(hwcap(8), 0, IdRegister.ISAR0, 2L << 20),
    /// FEAT_RDM: rounding doubling multiply accumulate.
    RDM(hwcap(12), 0, IdRegister.ISAR0, 1L << 28),
    /// FEAT_FP16: half-precision arithmetic, scalar and vector.
    FP16(hwcap(9) | hwcap(10), 0, IdRegister.PFR0, 1L << 16 | 1L << 20),
    /// FEAT_DotProd.
    DOTPROD(hwcap(20), 0, IdRegister.ISAR0, 1L << 44),
    /// FEAT_FHM: half-precision multiply accumulate to single precision.
    FHM(hwcap(23), 0, IdRegister.ISAR0, 1L << 48),
    /// FEAT_FCMA: complex numbers.
    FCMA(hwcap(14), 0, IdRegister.ISAR1, 1L << 16),
    /// FEAT_JSCVT: JavaScript's conversion of a double to an integer.
    JSCVT(hwcap(13), 0, IdRegister.ISAR1, 1L << 12),
    /// FEAT_LRCPC: load-acquire with release consistent processor consistency.
    RCPC(hwcap(15), 0, IdRegister.ISAR1, 1L << 20),
    /// FEAT_LRCPC2: the same with offsets.
    RCPC2(hwcap(26), 0, IdRegister.ISAR1, 2L << 20),
    /// FEAT_SHA3.
    SHA3(hwcap(17), 0, IdRegister.ISAR0, 1L << 32),
    /// FEAT_SHA512.
    SHA512(hwcap(21), 0, IdRegister.ISAR0, 2L << 12),
    /// FEAT_SM3.
    SM3(hwcap(18), 0, IdRegister.ISAR0, 1L << 36),
    /// FEAT_SM4.
    SM4(hwcap(19), 0, IdRegister.ISAR0, 1L << 40),
    /// FEAT_FlagM: flag manipulation.
    FLAGM(hwcap(27), 0, IdRegister.ISAR0, 1L << 52),
    /// FEAT_FlagM2: flags between Arm's and the other format of comparisons.
    FLAGM2(0, hwcap(7), IdRegister.ISAR0, 2L << 52),
    /// FEAT_FRINTTS: rounding to numbers that fit 32 or 64-bit integers.
    FRINTTS(0, hwcap(8), IdRegister.ISAR1, 1L << 32),
    /// FEAT_I8MM: 8-bit integer matrix multiplication.
    I8MM(0, hwcap(13), IdRegister.ISAR1, 1L << 52),
    /// FEAT_BF16.
    BF16(0, hwcap(14), IdRegister.ISAR1, 1L << 44),
    /// FEAT_DPB: `DC CVAP`.
    DPB(hwcap(16), 0, IdRegister.ISAR1, 1L),
    /// FEAT_DIT: data independent timing, a bit that programs can set.
    DIT(hwcap(24), 0, IdRegister.PFR0, 1L << 48),
    /// FEAT_SSBS: the bit alone, out of EL0's reach.
    SSBS_FIELD(0, 0, IdRegister.PFR1, 1L << 4),
    /// FEAT_SSBS2: speculative store bypass safe, a bit that programs can set.
    SSBS(hwcap(28), 0, IdRegister.PFR1, 2L << 4),
    /// FEAT_SB: speculation barrier.
    SB(hwcap(29), 0, IdRegister.ISAR1, 1L << 36),
    /// FEAT_WFxT: waits with a timeout.
    WFXT(0, hwcap(31), IdRegister.ISAR2, 2L),
    /// FEAT_CSSC: common short sequences (minimum, maximum, absolute value, bit counts).
    CSSC(0, hwcap(34), IdRegister.ISAR2, 1L << 52),
    /// FEAT_MOPS: memory copy and memory set.
    MOPS(0, hwcap(43), IdRegister.ISAR2, 1L << 16),
    /// FEAT_PAuth2 with FEAT_FPACCOMBINE, together with one of the two algorithms.
    PAUTH(hwcap(30) | hwcap(31), 0, IdRegister.ISAR1, 0),
    /// [#PAUTH] by an algorithm of our own, see `jqemu.tcg.helper.PointerAuthentication`.
    PAUTH_IMPDEF(0, 0, IdRegister.ISAR1, 5L << 8 | 1L << 28),
    /// [#PAUTH] by the architected algorithm QARMA5.
    PAUTH_QARMA5(0, 0, IdRegister.ISAR1, 5L << 4 | 1L << 24),
    /// FEAT_BTI: indirect branches into guarded pages must land on landing pads, see `jqemu.tcg.a64.BranchTargets`.
    BTI(0, hwcap(17), IdRegister.PFR1, 1L);

    private static final Feature[] VALUES = values();

    final long hwcap;
    final long hwcap2;
    final int register;
    final long fields;

    Feature(long hwcap, long hwcap2, int register, long fields) {
        this.hwcap = hwcap;
        this.hwcap2 = hwcap2;
        this.register = register;
        this.fields = fields;
    }

    private static long hwcap(int bit) {
        return 1L << bit;
    }

    static int count() {
        return VALUES.length;
    }

    static Feature at(int index) {
        return VALUES[index];
    }

    /// The set of all features.
    static long all() {
        return (1L << VALUES.length) - 1;
    }

    /// Its bit in a set of features.
    long bit() {
        return 1L << ordinal();
    }
}
