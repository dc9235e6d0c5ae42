package jqemu.tcg.jvm;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;

/// The guest registers that a region keeps in JVM locals: those that its blocks read or write.
///
/// FPCR and FPSR stay in env, because floating-point helpers work on them there, as do the pc and a helper's result.
final class RegisterLocals {
    private final boolean[] used = new boolean[Slot.COUNT];
    private final boolean[] written = new boolean[Slot.COUNT];
    private final int[] local = new int[Slot.COUNT];

    /// Notes what `ir` uses.
    void collect(IrBlock ir) {
        for (int n = 0; n < ir.size(); n++) {
            Opcode op = ir.opcode(n);
            if (op == Opcode.LD_ENV || op == Opcode.ST_ENV) {
                int slot = (int) ir.imm(n);
                used[slot] |= isCached(slot);
                written[slot] |= isCached(slot) && op == Opcode.ST_ENV;
            }
        }
    }

    /// Whether the register in `slot` is kept in a local where it is used; NZCV is, in its lazy form.
    static boolean isCached(int slot) {
        return switch (slot) {
            case Slot.PC, Slot.FPCR, Slot.FPSR, Slot.RESULT_HIGH, Slot.NZCV -> false;
            default -> true;
        };
    }

    /// Gives each used register a local from `first` on; the first free one.
    int assign(int first) {
        int next = first;
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            if (used[slot]) {
                local[slot] = next;
                next += 2;
            }
        }
        return next;
    }

    boolean isUsed(int slot) {
        return used[slot];
    }

    boolean isWritten(int slot) {
        return written[slot];
    }

    int local(int slot) {
        return local[slot];
    }
}
