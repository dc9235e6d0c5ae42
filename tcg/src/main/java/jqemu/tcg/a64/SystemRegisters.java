package jqemu.tcg.a64;

/// Names of system registers and of system instructions (cache, TLB, address translation), for disassembly.
///
/// Only those that user programs and libraries contain have names; the others print in the generic form, which
/// every assembler accepts.
final class SystemRegisters {
    private SystemRegisters() {}

    /// The register's name, or `s<op0>_<op1>_c<CRn>_c<CRm>_<op2>`; `o0` is 0 for op0 = 2 and 1 for op0 = 3.
    static String name(int o0, int op1, int crn, int crm, int op2) {
        String name = o0 == 1 ? named(op1 << 11 | crn << 7 | crm << 3 | op2) : "";
        return name.isEmpty() ? "s" + (2 + o0) + "_" + op1 + "_c" + crn + "_c" + crm + "_" + op2 : name;
    }

    private static int id(int op1, int crn, int crm, int op2) {
        return op1 << 11 | crn << 7 | crm << 3 | op2;
    }

    private static String named(int id) {
        for (Name entry : Name.values()) {
            if (id(entry.op1, entry.crn, entry.crm, entry.op2) == id) {
                return entry.name().toLowerCase(java.util.Locale.ROOT);
            }
        }
        return "";
    }

    /// The registers with op0 = 3.
    private enum Name {
        MIDR_EL1(0, 0, 0, 0),
        MPIDR_EL1(0, 0, 0, 5),
        REVIDR_EL1(0, 0, 0, 6),
        ID_AA64PFR0_EL1(0, 0, 4, 0),
        ID_AA64PFR1_EL1(0, 0, 4, 1),
        ID_AA64ZFR0_EL1(0, 0, 4, 4),
        ID_AA64SMFR0_EL1(0, 0, 4, 5),
        ID_AA64DFR0_EL1(0, 0, 5, 0),
        ID_AA64DFR1_EL1(0, 0, 5, 1),
        ID_AA64ISAR0_EL1(0, 0, 6, 0),
        ID_AA64ISAR1_EL1(0, 0, 6, 1),
        ID_AA64ISAR2_EL1(0, 0, 6, 2),
        ID_AA64MMFR0_EL1(0, 0, 7, 0),
        ID_AA64MMFR1_EL1(0, 0, 7, 1),
        ID_AA64MMFR2_EL1(0, 0, 7, 2),
        CURRENTEL(0, 4, 2, 2),
        CTR_EL0(3, 0, 0, 1),
        DCZID_EL0(3, 0, 0, 7),
        RNDR(3, 2, 4, 0),
        RNDRRS(3, 2, 4, 1),
        NZCV(3, 4, 2, 0),
        DAIF(3, 4, 2, 1),
        DIT(3, 4, 2, 5),
        SSBS(3, 4, 2, 6),
        TCO(3, 4, 2, 7),
        FPCR(3, 4, 4, 0),
        FPSR(3, 4, 4, 1),
        TPIDR_EL0(3, 13, 0, 2),
        TPIDRRO_EL0(3, 13, 0, 3),
        TPIDR2_EL0(3, 13, 0, 5),
        SVCR(3, 4, 2, 2),
        CNTFRQ_EL0(3, 14, 0, 0),
        CNTPCT_EL0(3, 14, 0, 1),
        CNTVCT_EL0(3, 14, 0, 2),
        CNTPCTSS_EL0(3, 14, 0, 5),
        CNTVCTSS_EL0(3, 14, 0, 6),
        CNTV_CTL_EL0(3, 14, 3, 1),
        CNTV_CVAL_EL0(3, 14, 3, 2),
        PMCR_EL0(3, 9, 12, 0),
        PMCNTENSET_EL0(3, 9, 12, 1),
        PMCCNTR_EL0(3, 9, 13, 0),
        PMUSERENR_EL0(3, 9, 14, 0);

        private final int op1;
        private final int crn;
        private final int crm;
        private final int op2;

        Name(int op1, int crn, int crm, int op2) {
            this.op1 = op1;
            this.crn = crn;
            this.crm = crm;
            this.op2 = op2;
        }
    }

    /// The alias of a SYS instruction (`dc zva`, ...), or an empty string.
    static String operation(int op1, int crn, int crm, int op2) {
        if (crn != 7 && crn != 8) {
            return "";
        }
        return crn == 7 ? cacheOperation(op1, crm, op2) : tlbOperation(op1, crm, op2);
    }

    static boolean takesRegister(String operation) {
        return switch (operation) {
            case "ic iallu",
                    "ic ialluis",
                    "tlbi vmalle1",
                    "tlbi vmalle1is",
                    "tlbi alle1",
                    "tlbi alle1is",
                    "tlbi alle2",
                    "tlbi alle2is",
                    "tlbi alle3",
                    "tlbi alle3is",
                    "tlbi vmalls12e1",
                    "tlbi vmalls12e1is" -> false;
            default -> true;
        };
    }

    private static String cacheOperation(int op1, int crm, int op2) {
        return switch (op1 << 8 | crm << 4 | op2) {
            case 0x010 -> "ic ialluis";
            case 0x050 -> "ic iallu";
            case 0x061 -> "dc ivac";
            case 0x062 -> "dc isw";
            case 0x080 -> "at s1e1r";
            case 0x081 -> "at s1e1w";
            case 0x082 -> "at s1e0r";
            case 0x083 -> "at s1e0w";
            case 0x0a2 -> "dc csw";
            case 0x0e2 -> "dc cisw";
            case 0x341 -> "dc zva";
            case 0x351 -> "ic ivau";
            case 0x3a1 -> "dc cvac";
            case 0x3b1 -> "dc cvau";
            case 0x3c1 -> "dc cvap";
            case 0x3d1 -> "dc cvadp";
            case 0x3e1 -> "dc civac";
            case 0x480 -> "at s1e2r";
            case 0x481 -> "at s1e2w";
            case 0x484 -> "at s12e1r";
            case 0x485 -> "at s12e1w";
            case 0x486 -> "at s12e0r";
            case 0x487 -> "at s12e0w";
            case 0x680 -> "at s1e3r";
            case 0x681 -> "at s1e3w";
            default -> "";
        };
    }

    private static String tlbOperation(int op1, int crm, int op2) {
        if (crm != 3 && crm != 7) {
            return "";
        }
        String name = switch (op1 << 4 | op2) {
            case 0x00 -> "tlbi vmalle1";
            case 0x01 -> "tlbi vae1";
            case 0x02 -> "tlbi aside1";
            case 0x03 -> "tlbi vaae1";
            case 0x05 -> "tlbi vale1";
            case 0x07 -> "tlbi vaale1";
            case 0x40 -> "tlbi alle2";
            case 0x41 -> "tlbi vae2";
            case 0x44 -> "tlbi alle1";
            case 0x45 -> "tlbi vale2";
            case 0x46 -> "tlbi vmalls12e1";
            case 0x60 -> "tlbi alle3";
            case 0x61 -> "tlbi vae3";
            case 0x65 -> "tlbi vale3";
            default -> "";
        };
        return name.isEmpty() || crm == 7 ? name : name + "is";
    }
}
