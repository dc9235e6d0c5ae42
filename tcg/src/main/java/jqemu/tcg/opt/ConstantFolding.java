package jqemu.tcg.opt;

import jqemu.tcg.ir.Effect;
import jqemu.tcg.ir.Evaluator;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Replaces pure ops whose operands are all known by their result, and simplifies others by algebra ([Identities]).
///
/// ```
/// v1 = movi_i64 $2
/// v2 = movi_i64 $3            v2 = movi_i64 $3
/// v3 = add_i64 v1, v2    =>   v3 = movi_i64 $5
/// v5 = add_i64 v4, v0         (v0 = 0: users of v5 use v4)
/// ```
///
/// Leaves operands that are now unused in place: [DeadCodeElimination] removes them. One forward walk suffices because
/// a value is always defined before it is used. A conditional exit that is never taken goes, one that is always taken
/// ends the block.
public final class ConstantFolding implements Pass {
    private final Aliases aliases = new Aliases();
    private final Removal removal = new Removal();

    @Override
    public String name() {
        return "constant-folding";
    }

    @Override
    public void run(IrBlock block) {
        aliases.reset(block);
        removal.reset(block);
        for (int n = 0; n < block.size(); n++) {
            aliases.resolve(block, n);
            Opcode op = block.opcode(n);
            if (op == Opcode.BRCOND) {
                branch(block, n);
            } else if (op.effect() == Effect.PURE && op != Opcode.MOVI) {
                value(block, n);
            }
        }
        removal.apply(block);
    }

    private void value(IrBlock block, int n) {
        if (isFoldable(block, n)) {
            block.replaceByConstant(n, evaluate(block, n));
            return;
        }
        Identities.orderOperands(block, n);
        int same = Identities.simplify(block, n);
        if (same != Identities.NONE) {
            aliases.set(n, same);
        }
    }

    private static boolean isFoldable(IrBlock block, int n) {
        int inputs = block.opcode(n).inputs();
        for (int i = 0; i < inputs; i++) {
            if (block.opcode(block.operand(n, i)) != Opcode.MOVI) {
                return false;
            }
        }
        return true;
    }

    private static long evaluate(IrBlock block, int n) {
        // operands that the op does not have are 0, and op 0 is as good as any to read nothing from
        return Evaluator.evaluate(
                block.opcode(n),
                block.type(n),
                block.imm(block.a(n)),
                block.imm(block.b(n)),
                block.imm(block.c(n)),
                block.imm(block.d(n)),
                block.aux(n),
                block.imm(n));
    }

    private void branch(IrBlock block, int n) {
        Identities.orderOperands(block, n);
        if (!Identities.isDecided(block, n)) {
            return;
        }
        if (Identities.holds(block, n, block.type(n))) {
            long target = block.imm(n);
            block.replace(n, Opcode.GOTO_TB, Type.I64, 0, 0, 0, 0, ExitHint.JUMP.ordinal(), target);
            block.truncate(n + 1);
        } else {
            removal.remove(n);
        }
    }
}
