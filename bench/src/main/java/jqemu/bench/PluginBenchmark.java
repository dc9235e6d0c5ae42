package jqemu.bench;

import java.util.concurrent.TimeUnit;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.ScoreboardU64;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What counting costs: blocks, instructions or memory accesses, by inline operations or by callbacks, in the loop of
/// [WarmInterpreterBenchmark]. Time per guest instruction, warm.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PluginBenchmark {
    private static final int ROUNDS = 10_000;

    /// What the plugin counts, and how.
    public enum Counting {
        /// No plugin.
        NONE,
        /// Blocks, inline.
        BLOCK_INLINE,
        /// Blocks, by a callback.
        BLOCK_CALLBACK,
        /// Instructions, inline.
        INSN_INLINE,
        /// Instructions, by a callback.
        INSN_CALLBACK,
        /// Memory accesses, inline.
        MEM_INLINE,
        /// Memory accesses, by a callback.
        MEM_CALLBACK
    }

    /// What the plugin counts.
    @Param
    @SuppressWarnings("NullAway.Init") // set by JMH
    public Counting counting;

    private @Nullable GuestLoop loop;

    /// Makes the guest and its plugin.
    @Setup
    public void prepare() {
        loop = new GuestLoop(1, ROUNDS, counting == Counting.NONE ? null : new Counter(counting));
    }

    /// Executes the loop.
    @Benchmark
    @OperationsPerInvocation(ROUNDS * GuestLoop.BODY)
    public long loop() {
        return loop == null ? 0 : loop.run();
    }

    /// Counts, as the shipped plugins do.
    private record Counter(Counting counting) implements Plugin {
        @Override
        public int apiVersion() {
            return PluginApi.VERSION;
        }

        @Override
        public void install(PluginContext context, PluginArguments arguments) {
            ScoreboardU64 count = context.newScoreboard();
            context.onTranslate(block -> {
                instrument(block, count);
                for (int i = 0; i < block.size(); i++) {
                    instrument(block.instruction(i), count);
                }
            });
        }

        private void instrument(Block block, ScoreboardU64 count) {
            if (counting == Counting.BLOCK_INLINE) {
                block.inlineAdd(count, 1);
            } else if (counting == Counting.BLOCK_CALLBACK) {
                block.onExecute(vcpu -> count.add(vcpu, 1));
            }
        }

        private void instrument(Instruction insn, ScoreboardU64 count) {
            switch (counting) {
                case INSN_INLINE -> insn.inlineAdd(count, 1);
                case INSN_CALLBACK -> insn.onExecute(vcpu -> count.add(vcpu, 1));
                case MEM_INLINE -> insn.inlineMemoryAdd(MemoryAccess.READ_WRITE, count, 1);
                case MEM_CALLBACK -> insn.onMemory(MemoryAccess.READ_WRITE, (vcpu, vaddr, info) -> count.add(vcpu, 1));
                case NONE, BLOCK_INLINE, BLOCK_CALLBACK -> {}
            }
        }
    }
}
