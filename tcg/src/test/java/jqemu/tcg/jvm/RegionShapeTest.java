package jqemu.tcg.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import jqemu.loader.host.Host;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.exec.BlockCache;
import jqemu.tcg.exec.Translator;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.instrument.Instrumentation;
import jqemu.tcg.opt.Passes;
import org.junit.jupiter.api.Test;

/// The order of a region's blocks.
final class RegionShapeTest {
    private static final long CODE = 0x400000;
    private static final int READ_WRITE_EXECUTE = 7;
    private static final int PRIVATE_ANONYMOUS_FIXED = 0x32;
    private static final int MAX_INSTRUCTIONS = 300;

    /// A loop around an if with an else.
    private static final int[] WORDS = {
        0xb4000060, // 00 cbz x0, else
        0x91000421, // 04 add x1, x1, #1
        0x14000003, // 08 b join
        0x91000442, // 0c else: add x2, x2, #1
        0x14000001, // 10 b join
        0xd2400000, // 14 join: eor x0, x0, #1
        0xd1000463, // 18 sub x3, x3, #1
        0xb5ffff23, // 1c cbnz x3, 00
        0xd4000001, // 20 svc #0
    };

    @Test
    void aBlockFollowsAllThatLeadToItButForLoops() {
        GuestMemory memory = GuestMemory.reserve(Host.open());
        memory.space().map(CODE, GuestMemory.PAGE_SIZE, READ_WRITE_EXECUTE, PRIVATE_ANONYMOUS_FIXED, -1, 0, null);
        for (int i = 0; i < WORDS.length; i++) {
            memory.writeInt(CODE + 4L * i, WORDS[i]);
        }
        BlockCache blocks = new BlockCache();
        run(memory, blocks);

        RegionShape shape = RegionShape.from(
                Objects.requireNonNull(blocks.executed(CODE)), MAX_INSTRUCTIONS, blocks::executed, new Passes());

        List<Long> order = shape.members().stream()
                .map(member -> member.block().pc() - CODE)
                .toList();
        assertEquals(List.of(0L, 4L, 0xcL, 0x14L, 0x20L), order);
    }

    private static void run(GuestMemory memory, BlockCache blocks) {
        CpuState env = new CpuState(0, memory, memory.host().registerThread());
        env.setPc(CODE);
        env.setX(3, 4);
        Translator translator = new Translator(
                memory, CpuModel.max(), CodegenOptions.PLAIN, blocks, new Instrumentation(line -> {}), null, null);
        new Vcpu(env, translator, blocks, new StopAtSystemCall()).run();
    }
}
