package jqemu.tcg.a64;

import jqemu.tcg.ir.Type;

/// Addresses of loads and stores: the manual's addressing modes, shared by general and vector register forms.
///
/// In every mode the base register is written back after the access, so that a fault leaves it as it was.
final class Addressing {
    private final TranslationContext ir;

    Addressing(TranslationContext ir) {
        this.ir = ir;
    }

    /// `[Xn|SP, #offset]`.
    int offset(int rn, long offset) {
        return ir.addImmediate(Type.I64, base(rn), offset);
    }

    /// `[Xn|SP]`.
    int base(int rn) {
        return ir.readXsp(Type.I64, rn);
    }

    /// `[Xn|SP, Rm, extend #amount]`, the amount being `scale` when `s` is 1 and 0 otherwise.
    int index(int rn, int rm, int option, int s, int scale) {
        int index = RegisterExtend.extend(ir, Type.I64, rm, option);
        return ir.add(Type.I64, base(rn), ir.shlImmediate(Type.I64, index, s == 1 ? scale : 0));
    }

    /// The address of a literal, `words` words from the instruction.
    int literal(int words) {
        return ir.movi(Type.I64, ir.pc() + 4L * words);
    }

    /// Writes the base register back.
    void writeBack(int rn, int address) {
        ir.writeXsp(Type.I64, rn, address);
    }

    /// `base + offset`, for the write-back of post-indexed forms and the second register of a pair.
    int plus(int address, long offset) {
        return ir.addImmediate(Type.I64, address, offset);
    }
}
