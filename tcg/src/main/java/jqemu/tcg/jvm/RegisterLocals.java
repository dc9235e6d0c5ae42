package jqemu.tcg.jvm;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Effect;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;

/// The guest registers that a region keeps in JVM locals: those that its blocks read or write.
///
/// A half of a vector register that is used as a double more often than as an integer has a local of type double: in
/// one of type long each intermediate result of a sum would pass through a general register.
///
/// FPCR and FPSR stay in env, because floating-point helpers work on them there, as do the pc and a helper's result.
final class RegisterLocals {
    private final boolean[] used = new boolean[Slot.COUNT];
    private final boolean[] written = new boolean[Slot.COUNT];
    private final int[] local = new int[Slot.COUNT];

    /// Uses as a double less uses as an integer; moves and accesses count as neither.
    private final int[] doubleUses = new int[Slot.COUNT];

    private final boolean[] isDouble = new boolean[Slot.COUNT];
    private boolean hasFloatingPoint;

    /// Notes what `ir` uses.
    void collect(IrBlock ir) {
        for (int n = 0; n < ir.size(); n++) {
            Opcode op = ir.opcode(n);
            if (op == Opcode.LD_ENV || op == Opcode.ST_ENV) {
                int slot = (int) ir.imm(n);
                used[slot] |= isCached(slot);
                written[slot] |= isCached(slot) && op == Opcode.ST_ENV;
            }
            weigh(ir, n);
        }
    }

    /// Notes whether op `n` uses the vector registers that it reads or writes as doubles.
    private void weigh(IrBlock ir, int n) {
        Opcode op = ir.opcode(n);
        switch (op.effect()) {
            case WRITE_ENV -> {
                int value = ir.a(n);
                Opcode origin = ir.opcode(value);
                boolean computed = origin.effect() == Effect.FP || origin.effect() == Effect.PURE;
                if (computed && origin != Opcode.MOVI) {
                    doubleUses[(int) ir.imm(n)] += DirectCalls.givesDouble(origin, ir.type(value)) ? 1 : -1;
                }
            }
            case FP, PURE -> {
                hasFloatingPoint |= op.effect() == Effect.FP;
                boolean asDouble = DirectCalls.takesDoubles(op, ir.type(n));
                for (int i = 0; i < op.inputs(); i++) {
                    int operand = ir.operand(n, i);
                    if (ir.opcode(operand) == Opcode.LD_ENV) {
                        doubleUses[(int) ir.imm(operand)] += asDouble ? 1 : -1;
                    }
                }
            }
            default -> {
                // accesses and what leaves take either form
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
                isDouble[slot] = slot >= Slot.V0 && doubleUses[slot] > 0;
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

    /// Whether any op asks for the state of floating point.
    boolean hasFloatingPoint() {
        return hasFloatingPoint;
    }

    /// Whether the register's local is a double.
    boolean isDouble(int slot) {
        return isDouble[slot];
    }

    /// Whether op `n` reads all 64 bits of a register whose local is a double.
    boolean readsDouble(IrBlock ir, int n) {
        return ir.opcode(n) == Opcode.LD_ENV && ir.type(n).bits() == Long.SIZE && isDouble[(int) ir.imm(n)];
    }

    /// Pushes what is in the local of a register, as raw bits.
    void emitRead(CodeWriter code, int slot) {
        if (isDouble[slot]) {
            emitReadDouble(code, slot);
            code.toBits();
        } else {
            code.lload(local[slot]);
        }
    }

    /// As [#emitRead], where the local is a double.
    void emitReadDouble(CodeWriter code, int slot) {
        code.dload(local[slot]);
    }

    /// Puts the raw bits on the stack into the local of a register.
    void emitWrite(CodeWriter code, int slot) {
        if (isDouble[slot]) {
            code.toDouble();
            emitWriteDouble(code, slot);
        } else {
            code.lstore(local[slot]);
        }
    }

    /// As [#emitWrite], a double being on the stack.
    void emitWriteDouble(CodeWriter code, int slot) {
        code.dstore(local[slot]);
    }
}
