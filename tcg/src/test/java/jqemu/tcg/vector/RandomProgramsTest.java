package jqemu.tcg.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import org.junit.jupiter.api.Test;

/// Random programs do the same in every tier. `scripts/fuzz-programs` runs more of them.
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("jqemu.programs.count", 3_000);
    private static final long SEED = Long.getLong("jqemu.programs.seed", 1);
    private static final double MINUTES = Double.parseDouble(System.getProperty("jqemu.programs.minutes", "0"));

    @Test
    void everyTierDoesTheSame() throws IOException {
        long end = System.nanoTime() + (long) (MINUTES * 60e9);
        try (Arena arena = Arena.open()) {
            TierComparison comparison = new TierComparison(arena, Tier.all());
            long seed = SEED;
            while (seed < SEED + PROGRAMS || System.nanoTime() < end) {
                assertEquals("", comparison.disagreement(RandomProgram.of(seed)));
                seed++;
            }
            System.out.println(seed - SEED + " random programs");
        }
    }

    /// `FNMSUB D7, D7, D4, D2` has v2 in a local of type double, and `FMOV H2, H2`,
    /// behind an instruction that writes all registers back, keeps 16 bits of it.
    @Test
    void aNarrowMoveOfADoubleIsNarrow() throws IOException {
        try (Arena arena = Arena.open()) {
            RandomProgram program = new RandomProgram(32_109_766, List.of(0x1f64_88e7, 0x4e28_68a0, 0x1ee0_4042));
            assertEquals("", new TierComparison(arena, Tier.all()).disagreement(program));
        }
    }

    @Test
    void programsMostlyRunToTheirEnd() {
        int ended = 0;
        try (Arena arena = Arena.open()) {
            for (int seed = 0; seed < 500; seed++) {
                RandomProgram program = RandomProgram.of(seed);
                arena.placeProgram(program.words());
                Stop stop = arena.runProgram(InterpreterTier.PLAIN, program.start());
                ended += stop.signal() == 0 ? 1 : 0;
            }
        }
        assertTrue(ended > 250, ended + " of 500");
    }

    @Test
    void aWrongTierIsReportedWithListingAndRegisters() throws IOException {
        try (Arena arena = Arena.open()) {
            String report = new TierComparison(arena, List.of(InterpreterTier.PLAIN, new WrongTier()))
                    .disagreement(RandomProgram.of(1));
            assertFalse(report.isEmpty());
            assertTrue(report.contains("\n* x5 "), report);
            assertTrue(report.contains("\nafter dead-code"), report);
        }
    }

    /// Flips a bit of x5.
    private static final class WrongTier implements Tier {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public Program prepare(GuestMemory memory, long[] entries) {
            Program right = InterpreterTier.PLAIN.prepare(memory, entries);
            return (CpuState env, long entry, long exit) -> {
                Stop stop = right.run(env, entry, exit);
                env.setX(5, env.x(5) ^ 1);
                return stop;
            };
        }
    }
}
