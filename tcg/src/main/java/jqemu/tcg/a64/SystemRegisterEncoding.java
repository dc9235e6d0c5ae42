package jqemu.tcg.a64;

/// The encodings of the system registers and operations that EL0 can use, packed `op0 op1 CRn CRm op2` as in `MRS` and
/// `SYS`, and their fields.
public final class SystemRegisterEncoding {
    static final int NZCV = 3 << 14 | 3 << 11 | 4 << 7 | 2 << 3;
    static final int DIT = NZCV | 5;
    static final int SSBS = NZCV | 6;
    static final int FPCR = 3 << 14 | 3 << 11 | 4 << 7 | 4 << 3;
    static final int FPSR = FPCR | 1;
    static final int TPIDR_EL0 = 3 << 14 | 3 << 11 | 13 << 7 | 2;
    static final int TPIDRRO_EL0 = TPIDR_EL0 | 1;
    static final int CTR_EL0 = 3 << 14 | 3 << 11 | 1;
    static final int DCZID_EL0 = 3 << 14 | 3 << 11 | 7;
    static final int CNTFRQ_EL0 = 3 << 14 | 3 << 11 | 14 << 7;
    static final int CNTVCT_EL0 = CNTFRQ_EL0 | 2;

    static final int DC_ZVA = 1 << 14 | 3 << 11 | 7 << 7 | 4 << 3 | 1;
    static final int IC_IVAU = 1 << 14 | 3 << 11 | 7 << 7 | 5 << 3 | 1;
    static final int DC_CVAC = 1 << 14 | 3 << 11 | 7 << 7 | 10 << 3 | 1;
    static final int DC_CVAU = 1 << 14 | 3 << 11 | 7 << 7 | 11 << 3 | 1;
    static final int DC_CVAP = 1 << 14 | 3 << 11 | 7 << 7 | 12 << 3 | 1;
    static final int DC_CIVAC = 1 << 14 | 3 << 11 | 7 << 7 | 14 << 3 | 1;

    /// The writable bits of FPCR: AHP, DN, FZ, RMode, FZ16; traps are not implemented and read as zero.
    public static final long FPCR_MASK = 0x07c8_0000L;
    /// The bits of FPSR: QC and the cumulative exception flags.
    public static final long FPSR_MASK = 0x0800_009fL;

    private SystemRegisterEncoding() {}

    static int pack(int op0, int op1, int crn, int crm, int op2) {
        return op0 << 14 | op1 << 11 | crn << 7 | crm << 3 | op2;
    }

    /// Whether it is in the space of identification registers that Linux emulates reads of: op0 3, op1 0, CRn 0 and
    /// CRm 0 (MIDR, MPIDR, REVIDR) or 2 to 7.
    static boolean isIdentification(int encoding) {
        int crm = encoding >> 3 & 15;
        int op2 = encoding & 7;
        boolean inSpace = encoding >> 7 == 3 << 7;
        return inSpace && (crm == 0 ? op2 == 0 || op2 == 5 || op2 == 6 : crm >= 2 && crm <= 7);
    }
}
