package jqemu.tcg.cpu;

/// The identification registers with fields that Linux shows to EL0, by `CRm << 3 | op2` of their encoding
/// (`op0 == 3, op1 == 0, CRn == 0`). All others of that space read as zero, `ID_AA64ZFR0_EL1` among them.
final class IdRegister {
    static final int MIDR = 0;
    static final int MPIDR = 5;
    static final int PFR0 = 4 << 3;
    static final int PFR1 = 4 << 3 | 1;
    static final int DFR0 = 5 << 3;
    static final int ISAR0 = 6 << 3;
    static final int ISAR1 = 6 << 3 | 1;
    static final int ISAR2 = 6 << 3 | 2;
    static final int MMFR0 = 7 << 3;

    private IdRegister() {}

    /// What every CPU shows: EL0 and EL1 are AArch64 (PFR0), the lowest debug version (DFR0), no support of the 4
    /// and 64 KiB granules (MMFR0, hidden from EL0), a uniprocessor's affinity.
    static long base(int register) {
        return switch (register) {
            case PFR0 -> 0x11L;
            case DFR0 -> 0x6L;
            case MMFR0 -> 0xff00_0000L;
            case MPIDR -> 0x8000_0000L;
            default -> 0;
        };
    }
}
