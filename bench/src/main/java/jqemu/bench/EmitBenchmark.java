package jqemu.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The region compiler up to the class file: the region's shape from optimized blocks, then its bytecode. Time per
/// region of so many guest instructions, warm.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EmitBenchmark {
    /// The instructions of the region, about.
    @Param({"8", "40", "200"})
    public int instructions;

    @SuppressWarnings("NullAway.Init") // set by JMH's call
    private GuestLoop loop;

    /// Has the blocks translated, executed and optimized.
    @Setup
    public void prepare() {
        loop = new GuestLoop(1, (instructions - 2) / 6, 1, null, 1, true);
        loop.run();
    }

    /// Makes the class file of the loop's region.
    @Benchmark
    public byte[] emit() {
        return loop.classFile();
    }
}
