package jqemu.tcg.opt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrPrinter;
import jqemu.tcg.ir.IrVerifier;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;
import org.junit.jupiter.api.Test;

/// Random blocks do the same before and after each pass and the whole optimizer.
class OptimizerTest {
    private static final int BLOCKS = 3_000;
    private static final int STATES = 4;

    @Test
    void everyPassKeepsWhatTheOutsideSees() {
        for (Pass pass : new Passes().list()) {
            for (int seed = 0; seed < BLOCKS; seed++) {
                IrBlock block = RandomBlock.of(seed);
                Passes.runChecked(pass, block);
                assertSameBehaviour(seed, block, pass.name());
            }
        }
    }

    @Test
    void theOptimizerKeepsWhatTheOutsideSees() {
        Passes passes = new Passes();
        int before = 0;
        int after = 0;
        for (int seed = 0; seed < BLOCKS; seed++) {
            IrBlock block = RandomBlock.of(seed);
            before += block.size();
            passes.run(block);
            after += block.size();
            assertSameBehaviour(seed, block, "all passes");
        }
        assertTrue(after < before * 3 / 4, before + " ops became " + after);
    }

    @Test
    void optimizingTwiceKeepsWhatTheOutsideSees() {
        Passes passes = new Passes();
        for (int seed = 0; seed < BLOCKS; seed++) {
            IrBlock block = RandomBlock.of(seed);
            passes.run(block);
            passes.run(block);
            assertSameBehaviour(seed, block, "all passes twice");
        }
    }

    private static void assertSameBehaviour(int seed, IrBlock optimized, String what) {
        IrBlock original = RandomBlock.of(seed);
        for (int state = 0; state < STATES; state++) {
            String expected = Observation.of(original, state);
            String actual = Observation.of(optimized, state);
            if (!expected.equals(actual)) {
                String blocks = IrPrinter.print(original) + "\nafter " + what + ":\n" + IrPrinter.print(optimized);
                assertEquals(expected, actual, "seed " + seed + "\n" + blocks);
            }
        }
    }

    @Test
    void randomBlocksAreWellFormed() {
        for (int seed = 0; seed < BLOCKS; seed++) {
            IrBlock block = RandomBlock.of(seed);
            assertEquals(List.of(), IrVerifier.problems(block), () -> IrPrinter.print(block));
        }
    }

    @Test
    void aBrokenPassIsNamed() {
        Pass broken = new Pass() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void run(IrBlock block) {
                block.replace(1, Opcode.ADD, Type.I64, 5, 5, 0, 0, 0, 0);
            }
        };

        var thrown = assertThrows(IllegalStateException.class, () -> Passes.runChecked(broken, RandomBlock.of(1)));

        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains("pass broken"), message);
        assertTrue(message.contains("before pass broken:"), message);
    }
}
