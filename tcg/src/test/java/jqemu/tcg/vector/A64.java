package jqemu.tcg.vector;

import jqemu.tcg.a64.Pattern;
import jqemu.tcg.ir.Bits;

/// Instruction words that tests put together, and fields of words.
final class A64 {
    private A64() {}

    /// `b .+offset`
    static int b(long offset) {
        return (int) Bits.deposit(0x1400_0000L, 0, 26, offset >> 2);
    }

    /// `adr xN, .+offset`, for offsets that are multiples of 4.
    static int adr(int register, int offset) {
        return (int) Bits.deposit(0x1000_0000L | register, 5, 19, offset >> 2);
    }

    /// `add xN, xN, #imm`
    static int addImmediate(int register, int imm) {
        return 0x9100_0000 | imm << 10 | register << 5 | register;
    }

    /// The field `name` of `insn`, or -1 where the pattern has none.
    static int field(Pattern pattern, int insn, String name) {
        for (Pattern.Field field : pattern.fields()) {
            if (field.name().equals(name)) {
                long value = 0;
                for (int run : field.runs()) {
                    value = value << (run & 0xff) | Bits.field(insn, run >> 8, run & 0xff);
                }
                return (int) value;
            }
        }
        return -1;
    }

    /// `insn` with the field `name` set to `value`; unchanged where the pattern has no such field.
    static int withField(Pattern pattern, int insn, String name, int value) {
        int result = insn;
        for (Pattern.Field field : pattern.fields()) {
            if (field.name().equals(name)) {
                int left = field.runs().stream().mapToInt(run -> run & 0xff).sum();
                for (int run : field.runs()) {
                    int width = run & 0xff;
                    left -= width;
                    result = (int) Bits.deposit(result, run >> 8, width, value >> left);
                }
            }
        }
        return result;
    }
}
