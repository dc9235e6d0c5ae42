package jqemu.bench;

import java.util.concurrent.TimeUnit;
import jqemu.tcg.a64.PatternDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// The generated decision tree alone: instruction word in, number of the pattern out. Time per guest instruction.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    /// Decodes real code.
    @Benchmark
    @OperationsPerInvocation(RealCode.INSTRUCTIONS)
    public int decode(RealCode code) {
        int sum = 0;
        for (int word : code.words) {
            sum += PatternDecoder.pattern(word);
        }
        return sum;
    }
}
