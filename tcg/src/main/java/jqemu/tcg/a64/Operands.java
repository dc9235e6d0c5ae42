package jqemu.tcg.a64;

import jqemu.tcg.ir.Bits;

/// Spells operands as objdump does; the assembly templates of the decode tables call these methods.
///
/// Register numbers are the 5-bit fields. `sf` is 1 for 64 bits, 0 for 32.
final class Operands {
    private static final String[] CONDITIONS = {
        "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv"
    };
    private static final String[] SHIFTS = {"lsl", "lsr", "asr", "ror"};
    private static final String[] EXTENDS = {"uxtb", "uxth", "uxtw", "uxtx", "sxtb", "sxth", "sxtw", "sxtx"};
    private static final String[] BARRIERS = {
        "", "oshld", "oshst", "osh", "", "nshld", "nshst", "nsh", "", "ishld", "ishst", "ish", "", "ld", "st", "sy"
    };

    private Operands() {}

    static String undefined(int insn) {
        return ".inst " + hexWord(insn) + " ; undefined";
    }

    private static String hexWord(int insn) {
        String digits = Integer.toHexString(insn);
        return "0x" + "0".repeat(8 - digits.length()) + digits;
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }

    static String label(int offset, long pc) {
        return hex(pc + offset);
    }

    /// The target of ADRP: the page that lies `pages` pages after that of `pc`.
    static String page(long pc, int pages) {
        return hex(((pc >> 12) + pages) << 12);
    }

    static String x(int r) {
        return r == 31 ? "xzr" : "x" + r;
    }

    static String w(int r) {
        return r == 31 ? "wzr" : "w" + r;
    }

    static String xsp(int r) {
        return r == 31 ? "sp" : "x" + r;
    }

    static String reg(int r, int sf) {
        return sf == 1 ? x(r) : w(r);
    }

    static String r(int r, int sf) {
        return reg(r, sf);
    }

    static String regSp(int r, int sf) {
        return r == 31 ? (sf == 1 ? "sp" : "wsp") : reg(r, sf);
    }

    static String cond(int cond) {
        return CONDITIONS[cond];
    }

    static String lsl(int amount) {
        return amount == 0 ? "" : ", lsl #" + amount;
    }

    static String shift(int shift, int amount) {
        return shift == 0 && amount == 0 ? "" : ", " + SHIFTS[shift] + " #" + amount;
    }

    /// A register with its extension; `lslPreferred` where the stack pointer is involved.
    static String extended(int r, int sf, int option, int amount, boolean lslPreferred) {
        String name = reg(r, (option & 3) == 3 ? sf : 0);
        boolean plain = lslPreferred && option == 2 + sf;
        if (plain) {
            return name + lsl(amount);
        }
        return name + ", " + EXTENDS[option] + (amount == 0 ? "" : " #" + amount);
    }

    /// Whether the fields encode a bit mask.
    static boolean isBitmask(int sf, int n, int immr, int imms) {
        return BitmaskImmediate.isValid(sf, n, immr, imms);
    }

    static String bitmask(int sf, int n, int immr, int imms) {
        return hex(sized(sf, BitmaskImmediate.decode(n, immr, imms)));
    }

    /// Whether MOVZ or MOVN can make the bit mask, so that `mov` would mean those.
    static boolean isMovWide(int sf, int n, int immr, int imms) {
        long value = BitmaskImmediate.decode(n, immr, imms);
        return isHalfword(sized(sf, value)) || isHalfword(sized(sf, ~value));
    }

    private static long sized(int sf, long value) {
        return sf == 1 ? value : Bits.low32(value);
    }

    private static boolean isHalfword(long value) {
        for (int shift = 0; shift < 64; shift += 16) {
            if (Bits.deposit(value, shift, 16, 0) == 0) {
                return true;
            }
        }
        return false;
    }

    static String movn(int sf, int hw, int imm) {
        return hex(sized(sf, ~((long) imm << (16 * hw))));
    }

    static String movz(int hw, int imm) {
        return hex((long) imm << (16 * hw));
    }

    static String crcSuffix(int size) {
        return String.valueOf("bhwx".charAt(size));
    }

    static String barrier(int crm) {
        return BARRIERS[crm].isEmpty() ? "#0x0" + Integer.toHexString(crm) : BARRIERS[crm];
    }

    /// Hints with a name of their own, beyond those that are patterns.
    static boolean isNamedHint(int crm, int op2) {
        return !hint(crm, op2).isEmpty();
    }

    static String hint(int crm, int op2) {
        return switch (crm << 3 | op2) {
            case 7 -> "xpaclri";
            case 8 -> "pacia1716";
            case 10 -> "pacib1716";
            case 12 -> "autia1716";
            case 14 -> "autib1716";
            case 16 -> "esb";
            case 17 -> "psb csync";
            case 18 -> "tsb csync";
            case 20 -> "csdb";
            case 22 -> "clearbhb";
            case 24 -> "paciaz";
            case 25 -> "paciasp";
            case 26 -> "pacibz";
            case 27 -> "pacibsp";
            case 28 -> "autiaz";
            case 29 -> "autiasp";
            case 30 -> "autibz";
            case 31 -> "autibsp";
            case 32 -> "bti";
            case 34 -> "bti c";
            case 36 -> "bti j";
            case 38 -> "bti jc";
            default -> "";
        };
    }

    static boolean isPstateField(int op1, int op2, int crm) {
        return !pstateField(op1, op2, crm).isEmpty();
    }

    static String pstateField(int op1, int op2, int crm) {
        boolean flag = crm < 2;
        return switch (op1 << 3 | op2) {
            case 3 -> flag ? "uao" : "";
            case 4 -> flag ? "pan" : "";
            case 5 -> flag ? "spsel" : "";
            case 3 << 3 | 1 -> flag ? "ssbs" : "";
            case 3 << 3 | 2 -> flag ? "dit" : "";
            case 3 << 3 | 4 -> flag ? "tco" : "";
            case 3 << 3 | 6 -> "daifset";
            case 3 << 3 | 7 -> "daifclr";
            default -> "";
        };
    }

    static String systemRegister(int o0, int op1, int crn, int crm, int op2) {
        return SystemRegisters.name(o0, op1, crn, crm, op2);
    }

    static boolean isSystemOperation(int op1, int crn, int crm, int op2) {
        return !SystemRegisters.operation(op1, crn, crm, op2).isEmpty();
    }

    static String systemOperation(int op1, int crn, int crm, int op2, int rt) {
        String name = SystemRegisters.operation(op1, crn, crm, op2);
        boolean takesRegister = SystemRegisters.takesRegister(name);
        return takesRegister ? name + ", " + x(rt) : name;
    }

    /// The letters of a pointer authentication key: `ia`, `ib`, `da`, `db`.
    static String keyName(int data, int b) {
        return (data == 1 ? "d" : "i") + keyLetter(b);
    }

    static String zeroKeyName(int data, int b) {
        return (data == 1 ? "dz" : "iz") + keyLetter(b);
    }

    static String keyLetter(int b) {
        return b == 1 ? "b" : "a";
    }

    /// The letter of a memory copy's or memory set's stage.
    static String memoryStage(int stage) {
        return String.valueOf("pme".charAt(stage));
    }

    static String setOptions(int options) {
        return ((options & 1) != 0 ? "t" : "") + ((options & 2) != 0 ? "n" : "");
    }

    /// Two bits say which accesses are unprivileged, two which are non-temporal.
    static String copyOptions(int options) {
        return accesses(options & 3, "t") + accesses(options >> 2, "n");
    }

    private static String accesses(int which, String letter) {
        return switch (which) {
            case 0 -> "";
            case 1 -> "w" + letter;
            case 2 -> "r" + letter;
            default -> letter;
        };
    }

    /// The mnemonic's suffix for an access of `1 << size` bytes; words and doublewords have none.
    static String bh(int size) {
        return size == 0 ? "b" : size == 1 ? "h" : "";
    }

    static String bhw(int size) {
        return String.valueOf("bhw".charAt(size));
    }

    /// The general register that holds `1 << size` bytes.
    static String rSize(int r, int size) {
        return reg(r, size == 3 ? 1 : 0);
    }

    static String acquireRelease(int a, int r) {
        return (a == 1 ? "a" : "") + (r == 1 ? "l" : "");
    }

    /// `, #offset` of a memory operand, left out where 0.
    static String offset(int imm, int scale) {
        return imm == 0 ? "" : ", #" + (imm << scale);
    }

    /// The index register of a memory operand with its extension.
    static String index(int rm, int option, int s, int scale) {
        String name = reg(rm, option & 1);
        if (option == 3) {
            return s == 1 ? name + ", lsl #" + scale : name;
        }
        return name + ", " + EXTENDS[option] + (s == 1 ? " #" + scale : "");
    }

    static String prefetch(int operation) {
        int type = Bits.field(operation, 3, 2);
        int target = Bits.field(operation, 1, 2);
        if (type == 3 || target == 3) {
            return "#" + (operation < 16 ? "0x0" : "0x") + Integer.toHexString(operation);
        }
        return new String[] {"pld", "pli", "pst"}[type] + "l" + (target + 1) + ((operation & 1) == 0 ? "keep" : "strm");
    }
}
