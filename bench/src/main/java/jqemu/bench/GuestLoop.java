package jqemu.bench;

import jqemu.loader.host.Host;
import jqemu.loader.memory.GuestMemory;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginArguments;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.exec.BlockCache;
import jqemu.tcg.exec.GuestEnvironment;
import jqemu.tcg.exec.MemoryFault;
import jqemu.tcg.exec.TranslationBlock;
import jqemu.tcg.exec.Translator;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.instrument.Instrumentation;
import jqemu.tcg.instrument.PluginLoader;
import jqemu.tcg.instrument.ProgramFacts;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.jvm.RegionCompiler;
import org.jspecify.annotations.Nullable;

/// A small guest program and all that it takes to execute it: a loop of eight instructions with a load, a store,
/// arithmetic and a conditional branch, as many copies as wanted one behind the other, ended by an `SVC`.
///
/// Each copy is two translation blocks: the one that begins with loading the count, and the one that the branch goes
/// to.
final class GuestLoop implements GuestEnvironment {
    /// Instructions of the loop's body.
    static final int BODY = 8;

    private static final long CODE = 0x40_0000;
    private static final long DATA = 0x1_0000;
    private static final int READ_WRITE = 3;
    private static final int READ_WRITE_EXECUTE = 7;
    private static final int PRIVATE_ANONYMOUS_FIXED = 0x32;
    private static final int DATA_REGISTER = 1;

    /// `movz x0, #0`; the count of the loop's rounds stands from bit 5 on.
    private static final int LOAD_COUNT = 0xd280_0000;

    private static final int SVC = 0xd400_0001;

    /// `b.ne` to itself; the distance in instructions stands from bit 5 on, 19 bits wide.
    private static final int BRANCH = 0x5400_0001;

    private static final int[] LOOP = {
        0xf940_0023, // ldr x3, [x1]
        0x8b03_0042, // add x2, x2, x3
        0xca42_1c45, // eor x5, x2, x2, lsr #7
        0xf900_0025, // str x5, [x1]
        0x1200_1ca6, // and w6, w5, #0xff
        0xd343_1c47, // ubfx x7, x2, #3, #5
    };

    private static final int COUNT_DOWN = 0xf100_0400; // subs x0, x0, #1

    private final Host host = Host.open();
    private final GuestMemory memory = GuestMemory.reserve(host);
    private final BlockCache blocks = new BlockCache();
    private final @Nullable RegionCompiler compiler;
    private final Translator translator;
    private final CpuState env;
    private long end = CODE;

    /// `copies` loops that go round `rounds` times each, for tier 1.
    ///
    /// @param plugin watches them; null for none
    GuestLoop(int copies, int rounds, @Nullable Plugin plugin) {
        this(copies, 1, rounds, plugin, 1, false);
    }

    /// `copies` loops that go round `rounds` times each.
    ///
    /// @param bodies how often the body stands in each loop: the loop has `6 * bodies + 2` instructions
    /// @param plugin watches them; null for none
    /// @param vcpus how many vCPUs execute them
    /// @param compiled whether every block becomes a region at once
    GuestLoop(int copies, int bodies, int rounds, @Nullable Plugin plugin, int vcpus, boolean compiled) {
        map(DATA, GuestMemory.PAGE_SIZE * (long) vcpus, READ_WRITE);
        long size = 4L * (copies * (bodies * BODY + 1) + 1);
        map(CODE, size + GuestMemory.PAGE_SIZE & -GuestMemory.PAGE_SIZE, READ_WRITE_EXECUTE);
        for (int copy = 0; copy < copies; copy++) {
            put(LOAD_COUNT | rounds << 5);
            for (int body = 0; body < bodies; body++) {
                for (int word : LOOP) {
                    put(word);
                }
            }
            put(COUNT_DOWN);
            put(BRANCH | (-(LOOP.length * bodies + 1) & 0x7_ffff) << 5);
        }
        put(SVC);
        Instrumentation instrumentation = new Instrumentation(text -> {});
        if (plugin != null) {
            instrumentation.install(
                    new PluginLoader.LoadedPlugin("benchmark", plugin, PluginArguments.of(new String[0])));
            instrumentation.setProgram(new NoProgram());
            instrumentation.reserveVcpus(vcpus);
        }
        CodegenOptions options = new CodegenOptions(false, plugin != null, CodegenOptions.MAX_INSTRUCTIONS);
        compiler = compiled ? new RegionCompiler(host, blocks, memory.space(), true, null) : null;
        if (compiler != null && plugin != null) {
            compiler.setPrecise(); // as the program does when plugins are loaded
        }
        translator = new Translator(memory, CpuModel.max(), options, blocks, instrumentation, null, compiler);
        env = new CpuState(0, memory, host.registerThread());
    }

    private void put(int word) {
        memory.writeInt(end, word);
        end += 4;
    }

    private void map(long address, long size, int protection) {
        if (memory.space().map(address, size, protection, PRIVATE_ANONYMOUS_FIXED, -1, 0, null) != address) {
            throw new IllegalStateException("cannot map guest memory");
        }
    }

    /// Executes the program once.
    ///
    /// @return a value that depends on all that it computed
    long run() {
        return run(env);
    }

    /// The class file of the region that starts where the program does; for a program that is compiled and has run.
    byte[] classFile() {
        TranslationBlock entry = blocks.executed(CODE);
        if (compiler == null || entry == null) {
            throw new IllegalStateException("no compiled program that has run");
        }
        return compiler.classFile(entry);
    }

    /// The registers of vCPU `index`, for [#run(CpuState)] on the calling thread.
    CpuState vcpu(int index) {
        return new CpuState(index, memory, host.registerThread());
    }

    /// Executes the program once on a vCPU, which has a page of data of its own.
    long run(CpuState vcpu) {
        vcpu.setPc(CODE);
        vcpu.setX(DATA_REGISTER, DATA + (long) vcpu.index() * GuestMemory.PAGE_SIZE);
        new Vcpu(vcpu, translator, blocks, this).run();
        return vcpu.x(2);
    }

    @Override
    public void systemCall(Vcpu vcpu) {
        vcpu.stop();
    }

    @Override
    public void exception(Vcpu vcpu, GuestException exception, long syndrome) {
        throw new IllegalStateException("the benchmark's guest raised " + exception);
    }

    @Override
    public void memoryFault(Vcpu vcpu, MemoryFault fault, long address, boolean write) {
        throw new IllegalStateException("the benchmark's guest faulted at " + Long.toHexString(address));
    }

    @Override
    public void interrupt(Vcpu vcpu) {
        throw new IllegalStateException("the benchmark's guest was interrupted");
    }

    /// Nothing is known of the program.
    private static final class NoProgram implements ProgramFacts {
        @Override
        public long symbolOffset(long address) {
            return -1;
        }

        @Override
        public GuestMemory memory() {
            throw new UnsupportedOperationException("benchmarks' plugins do not look at memory");
        }

        @Override
        public void requestSafePoint() {
            throw new UnsupportedOperationException("benchmarks' plugins stay");
        }

        @Override
        public String pathToBinary() {
            return "";
        }

        @Override
        public long startCode() {
            return CODE;
        }

        @Override
        public long endCode() {
            return CODE + GuestMemory.PAGE_SIZE;
        }

        @Override
        public long entryCode() {
            return CODE;
        }

        @Override
        public @Nullable String symbol(long address) {
            return null;
        }

        @Override
        public void print(String text) {}
    }
}
