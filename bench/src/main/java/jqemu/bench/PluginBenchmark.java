package jqemu.bench;

import java.util.concurrent.TimeUnit;
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

/// What counting costs in tier 1: blocks, instructions or memory accesses, by inline operations or by callbacks, in the
/// loop of [WarmInterpreterBenchmark]. Time per guest instruction, warm.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PluginBenchmark {
    private static final int ROUNDS = 10_000;

    /// What the plugin counts.
    @Param
    @SuppressWarnings("NullAway.Init") // set by JMH
    public Counting counting;

    private @Nullable GuestLoop loop;

    /// Makes the guest and its plugin.
    @Setup
    public void prepare() {
        loop = new GuestLoop(1, ROUNDS, counting.plugin());
    }

    /// Executes the loop.
    @Benchmark
    @OperationsPerInvocation(ROUNDS * GuestLoop.BODY)
    public long loop() {
        return loop == null ? 0 : loop.run();
    }
}
