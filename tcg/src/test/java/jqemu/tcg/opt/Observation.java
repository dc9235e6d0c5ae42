package jqemu.tcg.opt;

import java.util.Arrays;
import java.util.SplittableRandom;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Aux;
import jqemu.tcg.ir.Evaluator;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;

/// What the outside sees of a block's execution, as text: every guest access with its operands, its guest instruction
/// and all registers at that moment (it might fault there), and the exit with all registers.
///
/// Two blocks that give the same text for many initial registers do the same. Loads and helpers return a number that
/// depends on nothing but what was seen before.
final class Observation {
    private final IrBlock block;
    private final long[] env = new long[Slot.COUNT];
    private final long[] values;
    private final StringBuilder seen = new StringBuilder();
    private long pc;

    private Observation(IrBlock block, long seed) {
        this.block = block;
        this.values = new long[block.size()];
        SplittableRandom random = new SplittableRandom(seed);
        for (int slot = 0; slot < env.length; slot++) {
            env[slot] = random.nextLong() >> random.nextInt(64);
        }
        env[Slot.NZCV] &= 15;
    }

    /// Executes `block` on registers that `seed` gives.
    static String of(IrBlock block, long seed) {
        Observation observation = new Observation(block, seed);
        int n = 0;
        while (!observation.step(n)) {
            n++;
        }
        return observation.seen.toString();
    }

    /// Executes op `n`; whether it left the block.
    private boolean step(int n) {
        Opcode op = block.opcode(n);
        long a = values[block.a(n)];
        switch (op.effect()) {
            case PURE -> values[n] = evaluate(n);
            case READ_ENV -> values[n] = block.type(n).truncate(env[(int) block.imm(n)]);
            case WRITE_ENV -> env[(int) block.imm(n)] = a;
            case MARK -> pc = block.imm(n);
            case EXIT -> {
                boolean leaves = op != Opcode.BRCOND || block.condition(n).test(block.type(n), a, values[block.b(n)]);
                if (leaves) {
                    observe("exit " + Long.toHexString(block.imm(n)));
                }
                return leaves;
            }
            default -> values[n] = access(n, op);
        }
        return false;
    }

    private long evaluate(int n) {
        return Evaluator.evaluate(
                block.opcode(n),
                block.type(n),
                values[block.a(n)],
                values[block.b(n)],
                values[block.c(n)],
                values[block.d(n)],
                block.aux(n),
                block.imm(n));
    }

    private long access(int n, Opcode op) {
        StringBuilder text = new StringBuilder().append(op).append(block.aux(n) & ~MemOp.CLEAN);
        for (int i = 0; i < op.inputs(); i++) {
            text.append(' ').append(values[block.operand(n, i)]);
        }
        observe(text.toString());
        long result = new SplittableRandom(seen.toString().hashCode()).nextLong();
        if (op.changesEnv()) {
            env[(int) (result & 3)] = result;
        }
        int width = op.aux() == Aux.MEMOP ? 8 * MemOp.bytes(block.aux(n)) : 64;
        return block.type(n).truncate(result >>> (64 - width));
    }

    private void observe(String what) {
        seen.append(Long.toHexString(pc)).append(": ").append(what);
        seen.append(" with ").append(Arrays.hashCode(env)).append('\n');
    }
}
