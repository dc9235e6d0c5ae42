package jqemu.bench;

import java.util.concurrent.TimeUnit;
import jqemu.tcg.a64.Frontend;
import jqemu.tcg.ir.IrBlock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The front end: guest code in, IR out. Time per guest instruction, warm.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranslateBenchmark {
    private final IrBlock ir = new IrBlock();

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Frontend frontend;

    /// Makes the front end.
    @Setup
    public void prepare(RealCode code) {
        frontend = code.frontend(ir);
    }

    /// Translates real code, block by block.
    @Benchmark
    @OperationsPerInvocation(RealCode.INSTRUCTIONS)
    public int translate(RealCode code) {
        int ops = 0;
        for (int i = 0; i < code.blockCount; i++) {
            ir.clear();
            frontend.translateBlock(code.blocks[i]);
            ops += ir.size();
        }
        return ops;
    }
}
