package jqemu.tcg.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jqemu.loader.host.Host;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.exec.BlockCache;
import jqemu.tcg.exec.Translator;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.instrument.Instrumentation;
import org.junit.jupiter.api.Test;

/// What becomes of blocks that HotSpot would not compile.
final class RegionCompilerTest {
    private static final long CODE = 0x400000;
    private static final int READ_WRITE_EXECUTE = 7;
    private static final int PRIVATE_ANONYMOUS_FIXED = 0x32;
    private static final int LD4 = 0x4c400020; // ld4 {v0.16b - v3.16b}, [x1]
    private static final int ADD = 0x91000442; // add x2, x2, #1
    private static final int SVC = 0xd4000001;
    private static final int LOADS = 200;

    @Test
    void aBlockThatIsTooLargeStaysInTier1AndIsCounted() {
        GuestMemory memory = GuestMemory.reserve(Host.open());
        memory.space().map(CODE, GuestMemory.PAGE_SIZE, READ_WRITE_EXECUTE, PRIVATE_ANONYMOUS_FIXED, -1, 0, null);
        for (int i = 0; i < LOADS; i++) {
            memory.writeInt(CODE + 4L * i, LD4);
        }
        memory.writeInt(CODE + 4L * LOADS, ADD);
        memory.writeInt(CODE + 4L * (LOADS + 1), SVC);
        BlockCache blocks = new BlockCache();
        RegionCompiler compiler = new RegionCompiler(memory.host(), blocks, memory.space(), true, null);
        Instrumentation instrumentation = new Instrumentation(line -> {});
        Translator translator =
                new Translator(memory, CpuModel.max(), CodegenOptions.PLAIN, blocks, instrumentation, null, compiler);
        CpuState env = new CpuState(0, memory, memory.host().registerThread());
        env.setPc(CODE);
        env.setX(1, CODE);

        new Vcpu(env, translator, blocks, new StopAtSystemCall()).run();

        assertEquals(1, env.x(2));
        assertEquals(1, compiler.failures(), compiler::statistics);
    }
}
