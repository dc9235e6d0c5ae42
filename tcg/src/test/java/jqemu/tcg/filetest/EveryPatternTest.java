package jqemu.tcg.filetest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import jqemu.tcg.a64.Disassembler;
import jqemu.tcg.a64.Pattern;
import jqemu.tcg.a64.Patterns;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrPrinter;
import jqemu.tcg.ir.IrVerifier;
import jqemu.tcg.opt.Passes;
import org.junit.jupiter.api.Test;

/// The front end makes well-formed IR of random words of every pattern, and the optimizer keeps it so.
class EveryPatternTest {
    private static final int WORDS = 40;

    private final SplittableRandom random = new SplittableRandom(5);
    private final Passes passes = new Passes();

    @Test
    void translationAndOptimizationAreWellFormed() {
        Set<String> failures = new TreeSet<>();
        for (Pattern pattern : Patterns.all()) {
            for (int i = 0; i < WORDS; i++) {
                String failure = failureOf(pattern.value() | (random.nextInt() & ~pattern.mask()));
                if (!failure.isEmpty()) {
                    failures.add(pattern.name() + ": " + failure);
                    break;
                }
            }
        }
        assertEquals(Set.of(), failures);
    }

    /// What is wrong with the translation of `word`; empty for nothing.
    private String failureOf(int word) {
        IrBlock block = GuestCode.translate(List.of(word));
        List<IrVerifier.Problem> problems = IrVerifier.problems(block);
        if (!problems.isEmpty()) {
            return problems + "\n" + IrPrinter.print(block, (pc, insn) -> Disassembler.disassemble(insn, pc));
        }
        try {
            passes.run(block);
            return "";
        } catch (RuntimeException failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}
