package jqemu.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jqemu.tcg.cpu.CpuState;
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

/// What counting costs in regions: a loop of so many guest instructions, a third of them accesses to memory, compiled
/// by C2. Time per round of the loop of one vCPU; run it with `-t 4` for four vCPUs that share the plugin.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class RegionPluginBenchmark {
    private static final int ROUNDS = 20_000;
    private static final int MOST_VCPUS = 16;

    /// The guest, which all threads execute.
    @State(Scope.Benchmark)
    public static class Guest {
        /// What the plugin counts.
        @Param
        @SuppressWarnings("NullAway.Init") // set by JMH
        public Counting counting;

        /// The instructions of the loop, about.
        @Param({"40", "200", "400"})
        public int instructions;

        private final AtomicInteger vcpus = new AtomicInteger();

        @SuppressWarnings("NullAway.Init") // set by JMH's call
        private GuestLoop loop;

        /// Makes the guest and its plugin.
        @Setup
        public void prepare() {
            loop = new GuestLoop(1, (instructions - 2) / 6, ROUNDS, counting.plugin(), MOST_VCPUS, true);
        }
    }

    /// A thread of the guest.
    @State(Scope.Thread)
    public static class GuestVcpu {
        @SuppressWarnings("NullAway.Init") // set by JMH's call
        private CpuState vcpu;

        /// Makes the vCPU, on its thread.
        @Setup
        public void prepare(Guest guest) {
            vcpu = guest.loop.vcpu(guest.vcpus.getAndIncrement());
        }
    }

    /// Executes the loop.
    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public long loop(Guest guest, GuestVcpu guestVcpu) {
        return guest.loop.run(guestVcpu.vcpu);
    }
}
