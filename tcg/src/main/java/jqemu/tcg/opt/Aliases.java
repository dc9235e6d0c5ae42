package jqemu.tcg.opt;

import jqemu.tcg.ir.IrBlock;

/// Copy propagation during a forward walk: which value stands for which.
///
/// The IR has no move op. A pass that finds op `n` to be the same as an earlier value says so here; operands that name
/// `n` are redirected when the walk reaches their users, and `n`, now unused, is left to [DeadCodeElimination].
final class Aliases {
    private int[] replacement = new int[0];

    /// Prepares for a walk over `block`: every value stands for itself.
    void reset(IrBlock block) {
        if (replacement.length < block.size()) {
            replacement = new int[block.size() * 2];
        }
        for (int n = 0; n < block.size(); n++) {
            replacement[n] = n;
        }
    }

    /// Lets `value`, which was resolved before, stand for `n`.
    void set(int n, int value) {
        replacement[n] = value;
    }

    /// Redirects the operands of op `n`.
    void resolve(IrBlock block, int n) {
        int inputs = block.opcode(n).inputs();
        for (int i = 0; i < inputs; i++) {
            int operand = block.operand(n, i);
            if (replacement[operand] != operand) {
                block.setOperand(n, i, replacement[operand]);
            }
        }
    }
}
