package jqemu.tcg.jvm;

import java.util.Arrays;
import jqemu.tcg.ir.Effect;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Which values of a block are computed where they are used, on the operand stack, and which are kept in a local.
///
/// A pure value with one use is deferred to it; constants and register reads are repeated at each use. A register read
/// must not move past a write of the register: [#lastUse] tells the emitter until when it is needed.
final class ValueUses {
    private final int[] uses;
    private final int[] lastUse;
    private final boolean[] deferred;
    private final boolean[] observed;

    ValueUses(IrBlock ir) {
        int size = ir.size();
        uses = new int[size];
        lastUse = new int[size];
        deferred = new boolean[size];
        observed = new boolean[size];
        for (int n = 0; n < size; n++) {
            for (int i = 0; i < ir.opcode(n).inputs(); i++) {
                uses[ir.operand(n, i)]++;
            }
        }
        for (int n = 0; n < size; n++) {
            deferred[n] = isDeferrable(ir.opcode(n), uses[n]);
        }
        for (int n = size - 1; n >= 0; n--) {
            observeOperands(ir, n);
            int position = deferred[n] ? lastUse[n] : n;
            for (int i = 0; i < ir.opcode(n).inputs(); i++) {
                int operand = ir.operand(n, i);
                lastUse[operand] = Math.max(lastUse[operand], position);
            }
        }
    }

    /// Where an access goes is computed whatever C2 finds out, and so is what that is a fixed distance from. What a
    /// store stores is not: a later store to the same place may make it needless; nor what a branch looks at: its
    /// outcome may be known without.
    private void observeOperands(IrBlock ir, int n) {
        Opcode op = ir.opcode(n);
        if (mayLeave(op)) {
            Arrays.fill(observed, 0, n, false); // what is computed before is not needed if the block is left here
        }
        boolean observes = switch (op) {
            case LD, ST -> true;
            case ADD, SUB -> observed[n] && ir.type(n) == Type.I64 && ir.opcode(ir.b(n)) == Opcode.MOVI;
            default -> false;
        };
        if (observes) {
            observed[ir.a(n)] = true;
        }
    }

    private static boolean mayLeave(Opcode op) {
        return switch (op) {
            case CHECK_ALIGN, PROBE, RAISE_IF -> true;
            default -> op.effect() == Effect.EXIT;
        };
    }

    private static boolean isDeferrable(Opcode op, int uses) {
        return switch (op.effect()) {
            case READ_ENV -> true;
            case PURE -> op == Opcode.MOVI || uses == 1;
            case FP, WRITE_ENV, LOAD, STORE, ATOMIC, FENCE, CALL, INSTRUMENT, MARK, EXIT -> false;
        };
    }

    /// Whether nobody uses value `n`.
    boolean isUnused(int n) {
        return uses[n] == 0;
    }

    /// Whether C2 certainly keeps the computation of value `n`, within its block and before the block may be left.
    boolean isSurelyObserved(int n) {
        return observed[n];
    }

    /// Whether value `n` is computed where it is used.
    boolean isDeferred(int n) {
        return deferred[n];
    }

    /// The last op that needs value `n`, deferred users counted where they are computed.
    int lastUse(int n) {
        return lastUse[n];
    }
}
