package jqemu.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.opt.Pass;
import jqemu.tcg.opt.Passes;
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

/// Each pass of the optimizer on what the passes before it leave. Time per guest instruction, warm; it includes copying
/// the block, which `none` measures alone.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PassBenchmark {
    /// The pass; `none` only copies, `all` runs the whole optimizer.
    @Param({
        "none",
        "env-forwarding",
        "constant-folding",
        "flag-fusion",
        "dead-env-stores",
        "dead-code",
        "clean-addresses",
        "all"
    })
    @SuppressWarnings("NullAway.Init") // set by JMH
    public String pass;

    private final IrBlock ir = new IrBlock();
    private final Passes passes = new Passes();
    private IrBlock[] input = {};

    /// Runs the passes that come before.
    @Setup
    public void prepare(RealCode code) {
        List<Pass> all = passes.list();
        int position = 0;
        while (position < all.size() && !all.get(position).name().equals(pass)) {
            position++;
        }
        int before = position == all.size() ? 0 : position;
        input = new IrBlock[code.blockCount];
        for (int i = 0; i < input.length; i++) {
            ir.copyFrom(code.translated[i]);
            for (Pass earlier : all.subList(0, before)) {
                earlier.run(ir);
            }
            input[i] = ir.compact();
        }
    }

    /// Optimizes the blocks of real code.
    @Benchmark
    @OperationsPerInvocation(RealCode.INSTRUCTIONS)
    public int optimize() {
        int ops = 0;
        switch (pass) {
            case "none" -> {
                for (IrBlock block : input) {
                    ir.copyFrom(block);
                    ops += ir.size();
                }
            }
            case "all" -> {
                for (IrBlock block : input) {
                    ir.copyFrom(block);
                    passes.run(ir);
                    ops += ir.size();
                }
            }
            default -> ops = runOne(passes.named(pass));
        }
        return ops;
    }

    private int runOne(Pass one) {
        int ops = 0;
        for (IrBlock block : input) {
            ir.copyFrom(block);
            one.run(ir);
            ops += ir.size();
        }
        return ops;
    }
}
