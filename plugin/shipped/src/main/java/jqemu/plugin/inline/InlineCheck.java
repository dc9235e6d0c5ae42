package jqemu.plugin.inline;

import java.util.function.LongSupplier;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;

/// Checks that inline operations, callbacks and conditional callbacks count the same. QEMU's test plugin `inline`.
///
/// Blocks, instructions and memory accesses are each counted by an inline addition and by a callback, and blocks and
/// instructions also by a conditional callback, which runs at every tenth addition and adds what was counted since. The
/// totals are printed, and a difference is an error.
public final class InlineCheck implements Plugin {
    private static final long EVERY = 10;

    /// One event's counters.
    private static final class Counters {
        private final ScoreboardU64 inline;
        private final ScoreboardU64 callback;
        private final ScoreboardU64 pending;
        private final ScoreboardU64 conditional;

        Counters(PluginContext context) {
            Scoreboard board = context.newScoreboard(4);
            inline = board.cell(0);
            callback = board.cell(1);
            pending = board.cell(2);
            conditional = board.cell(3);
        }

        void flush(int vcpu) {
            conditional.add(vcpu, pending.get(vcpu));
            pending.set(vcpu, 0);
        }

        long conditional() {
            return conditional.sum() + pending.sum();
        }
    }

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        arguments.rejectUnknown();
        Counters blocks = new Counters(context);
        Counters instructions = new Counters(context);
        Counters accesses = new Counters(context);
        context.onTranslate(block -> {
            watch(block, blocks);
            for (int i = 0; i < block.size(); i++) {
                watch(block.instruction(i), instructions, accesses);
            }
        });
        context.onExit(() -> {
            String error = line(context, "tb", blocks, blocks::conditional)
                    + line(context, "insn", instructions, instructions::conditional)
                    + line(context, "mem", accesses, accesses.inline::sum);
            context.print(error.isEmpty() ? "all counts agree\n" : error);
        });
    }

    private static void watch(Block block, Counters count) {
        block.inlineAdd(count.inline, 1);
        block.onExecute(vcpu -> count.callback.add(vcpu, 1));
        block.inlineAdd(count.pending, 1);
        block.onExecuteIf(Condition.GE, count.pending, EVERY, count::flush);
    }

    private static void watch(Instruction insn, Counters count, Counters accesses) {
        insn.inlineAdd(count.inline, 1);
        insn.onExecute(vcpu -> count.callback.add(vcpu, 1));
        insn.inlineAdd(count.pending, 1);
        insn.onExecuteIf(Condition.GE, count.pending, EVERY, count::flush);
        insn.inlineMemoryAdd(MemoryAccess.READ_WRITE, accesses.inline, 1);
        insn.onMemory(MemoryAccess.READ_WRITE, (vcpu, vaddr, info) -> accesses.callback.add(vcpu, 1));
    }

    /// Prints a line; what is wrong, or nothing.
    private static String line(PluginContext context, String name, Counters count, LongSupplier conditional) {
        long inline = count.inline.sum();
        long third = conditional.getAsLong();
        context.print(name + ": " + inline + "\n");
        return inline == count.callback.sum() && inline == third
                ? ""
                : name + " differs: inline " + inline + ", callback " + count.callback.sum() + ", conditional " + third
                        + "\n";
    }
}
