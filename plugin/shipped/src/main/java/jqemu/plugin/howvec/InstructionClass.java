package jqemu.plugin.howvec;

import java.util.List;

/// A group of instructions that are counted together, with QEMU's names.
///
/// @param option what `count=` calls it
/// @param title  what the listing calls it; subclasses are indented
/// @param bits   how its words begin, from bit 31 down; a dot stands for either
record InstructionClass(String option, String title, String bits) {
    /// All classes; an instruction belongs to the first that fits it.
    static final List<InstructionClass> ALL = List.of(
            new InstructionClass("udef", "  UDEF", "0000000000000000"),
            new InstructionClass("sve", "  SVE", "...0010"),
            new InstructionClass("res", "Reserved", "...0000"),
            new InstructionClass("pcrel", "  PCrel addr", "...10000"),
            new InstructionClass("asit", "  Add/Sub (imm,tags)", "...100011"),
            new InstructionClass("asi", "  Add/Sub (imm)", "...10001"),
            new InstructionClass("logi", "  Logical (imm)", "...100100"),
            new InstructionClass("movwi", "  Move Wide (imm)", "...100101"),
            new InstructionClass("bitf", "  Bitfield", "...100110"),
            new InstructionClass("extr", "  Extract", "...100111"),
            new InstructionClass("dpri", "Data Proc Imm", "...100"),
            new InstructionClass("cndb", "  Cond Branch (imm)", "0101010"),
            new InstructionClass("excp", "  Exception Gen", "11010100"),
            new InstructionClass("nop", "    NOP", "11010101000000110010000000011111"),
            new InstructionClass("hint", "  Hints", "11010101000000110010"),
            new InstructionClass("barr", "  Barriers", "11010101000000110011"),
            new InstructionClass("psta", "  PSTATE", "1101010100000...0100"),
            new InstructionClass("sins", "  System Insn", "1101010100.01"),
            new InstructionClass("sreg", "  System Reg", "1101010100.1"),
            new InstructionClass("breg", "  Branch (reg)", "1101011"),
            new InstructionClass("bimm", "  Branch (imm)", ".00101"),
            new InstructionClass("cmpb", "  Cmp & Branch", ".011010"),
            new InstructionClass("tstb", "  Tst & Branch", ".011011"),
            new InstructionClass("branch", "Branches", "...101"),
            new InstructionClass("advlsm", "  AdvSimd ldstmult", "0.0011000.000000"),
            new InstructionClass("advlsmp", "  AdvSimd ldstmult++", "0.0011001.00"),
            new InstructionClass("advlss", "  AdvSimd ldst", "0.0011010..00000"),
            new InstructionClass("advlssp", "  AdvSimd ldst++", "0.0011011"),
            new InstructionClass("ldstx", "  ldst excl", "..001000"),
            new InstructionClass("prfm", "    Prefetch", "11011000"),
            new InstructionClass("ldlit", "  Load Reg (lit)", "...11.00"),
            new InstructionClass("ldstnap", "  ldst noalloc pair", "..101.000"),
            new InstructionClass("ldstp", "  ldst pair", "..101"),
            new InstructionClass("ldstr", "  ldst reg", "..111.00..0"),
            new InstructionClass("atomic", "  Atomic ldst", "..111.00..1.........00"),
            new InstructionClass("ldstro", "  ldst reg (reg off)", "..111.00..1.........1.00"),
            new InstructionClass("ldstpa", "  ldst reg (pac)", "..111.00..1...........0"),
            new InstructionClass("ldsti", "  ldst reg (imm)", "..111.01"),
            new InstructionClass("ldst", "Loads & Stores", "....1.0"),
            new InstructionClass("dprr", "Data Proc Reg", "....101"),
            new InstructionClass("fpsimd", "Scalar FP ", "....111"),
            new InstructionClass("unclas", "Unclassified", ""));

    boolean matches(int word) {
        for (int i = 0; i < bits.length(); i++) {
            char bit = bits.charAt(i);
            if (bit != '.' && bit - '0' != (word >>> (Integer.SIZE - 1 - i) & 1)) {
                return false;
            }
        }
        return true;
    }

    static InstructionClass of(int word) {
        for (InstructionClass each : ALL) {
            if (each.matches(word)) {
                return each;
            }
        }
        throw new IllegalStateException("the last class fits every word");
    }
}
