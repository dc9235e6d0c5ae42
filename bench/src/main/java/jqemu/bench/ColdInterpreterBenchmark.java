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

/// The first 22,600 guest instructions in a fresh JVM, 3,400 of them translated, as in the start of a static glibc
/// program: decoding, translating and interpreting, class loading included. Time per executed guest instruction.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ColdInterpreterBenchmark {
    private static final int COPIES = 200;
    private static final int ROUNDS = 14;

    private final GuestLoop loops = new GuestLoop(COPIES, ROUNDS, null);

    /// Executes the program once.
    @Benchmark
    @OperationsPerInvocation(COPIES * (ROUNDS * GuestLoop.BODY + 1))
    public long firstRun() {
        return loops.run();
    }
}
