package jqemu.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Tier 1 in a small loop. Time per guest instruction, warm.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WarmInterpreterBenchmark {
    private static final int ROUNDS = 10_000;

    private final GuestLoop loop = new GuestLoop(1, ROUNDS, null);

    /// Executes the loop.
    @Benchmark
    @OperationsPerInvocation(ROUNDS * GuestLoop.BODY)
    public long loop() {
        return loop.run();
    }
}
