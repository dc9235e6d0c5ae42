package jqemu.tcg.opt;

import java.util.Arrays;
import jqemu.tcg.ir.Effect;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;

/// Removes ops whose value nobody uses and that do nothing else.
///
/// ```
/// v1 = nzcv_sub_i64 v0, v2    =>
/// v3 = ld_i64 v0, u64              v1 = ld_i64 v0, u64
/// ```
///
/// One backward walk, because a value is always defined before it is used. Guest loads stay, they may fault; so do
/// floating-point ops, which leave flags in FPSR.
public final class DeadCodeElimination implements Pass {
    private final Removal removal = new Removal();
    private boolean[] used = new boolean[0];

    @Override
    public String name() {
        return "dead-code";
    }

    @Override
    public void run(IrBlock block) {
        removal.reset(block);
        if (used.length < block.size()) {
            used = new boolean[block.size() * 2];
        }
        Arrays.fill(used, 0, block.size(), false);
        for (int n = block.size() - 1; n >= 0; n--) {
            if (used[n] || hasEffect(block.opcode(n))) {
                useOperands(block, n);
            } else {
                removal.remove(n);
            }
        }
        removal.apply(block);
    }

    private static boolean hasEffect(Opcode op) {
        return op.effect() != Effect.PURE && op.effect() != Effect.READ_ENV;
    }

    private void useOperands(IrBlock block, int n) {
        int inputs = block.opcode(n).inputs();
        for (int i = 0; i < inputs; i++) {
            used[block.operand(n, i)] = true;
        }
    }
}
