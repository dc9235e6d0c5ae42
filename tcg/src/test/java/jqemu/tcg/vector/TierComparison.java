package jqemu.tcg.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import jqemu.tcg.a64.Disassembler;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrPrinter;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.opt.Pass;
import jqemu.tcg.opt.Passes;

/// Runs random programs in several tiers; where two disagree, says everything about it.
final class TierComparison {
    private static final Path FOLDER = Path.of("target/random-programs");

    private final Arena arena;
    private final List<Tier> tiers;

    /// A comparison of the other tiers with the first.
    TierComparison(Arena arena, List<Tier> tiers) {
        this.arena = arena;
        this.tiers = tiers;
    }

    /// What a tier made of a program.
    ///
    /// @param overwritten the program wrote over its own words, without the cache maintenance that would make clear
    ///     which of them are executed afterwards
    private record Result(Stop stop, MachineState after, long pageHash, boolean overwritten) {
        /// Nothing is expected of a tier where this result's program wrote over itself.
        boolean agrees(Result other) {
            if (overwritten) {
                return true;
            }
            return stop.signal() == other.stop.signal()
                    && stop.pc() == other.stop.pc()
                    && pageHash == other.pageHash
                    && after.changes(other.after).isEmpty();
        }
    }

    private Result run(Tier tier, RandomProgram program) {
        arena.placeProgram(program.words());
        Stop stop = arena.runProgram(tier, program.start());
        MachineState after = new MachineState();
        after.capture(arena.env(), arena.memory());
        return new Result(stop, after, arena.pageHash(), !arena.holdsProgram(program.words()));
    }

    /// Empty where all tiers agree on `program`, else the report on a program reduced as far as possible, which is
    /// also written to a file.
    String disagreement(RandomProgram program) throws IOException {
        Result first = run(tiers.getFirst(), program);
        for (Tier tier : tiers.subList(1, tiers.size())) {
            if (!first.agrees(run(tier, program))) {
                RandomProgram reduced = reduce(program, tier);
                String report = report(reduced, tier);
                Files.createDirectories(FOLDER);
                Files.writeString(FOLDER.resolve("program-" + program.seed() + ".txt"), report);
                Files.writeString(FOLDER.resolve("program-" + program.seed() + ".tcg"), reproducer(reduced));
                return report;
            }
        }
        return "";
    }

    private RandomProgram reduce(RandomProgram program, Tier tier) {
        RandomProgram reduced = program;
        for (int i = 0; i < program.words().size(); i++) {
            RandomProgram fewer = reduced.without(i);
            if (!reduced.isNop(i) && !run(tiers.getFirst(), fewer).agrees(run(tier, fewer))) {
                reduced = fewer;
            }
        }
        return reduced;
    }

    // ---- the report

    private String report(RandomProgram program, Tier tier) {
        Result expected = run(tiers.getFirst(), program);
        Result actual = run(tier, program);
        StringBuilder text = new StringBuilder();
        text.append("seed ").append(program.seed()).append(": ").append(tier.name());
        text.append(" differs from ").append(tiers.getFirst().name()).append('\n');
        text.append(program.listing());
        text.append(ending(tiers.getFirst(), expected)).append(ending(tier, actual));
        MachineState before = program.start();
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            if (MachineState.isCompared(slot)) {
                appendRegister(text, slot, before, expected.after(), actual.after());
            }
        }
        text.append("memory: ").append(expected.after().changes(actual.after())).append('\n');
        return text + translations(program);
    }

    private static String ending(Tier tier, Result result) {
        return tier.name() + ": signal " + result.stop().signal() + " at "
                + Long.toHexString(result.stop().pc()) + "\n";
    }

    private static void appendRegister(
            StringBuilder text, int slot, MachineState before, MachineState expected, MachineState actual) {
        boolean differs = expected.get(slot) != actual.get(slot);
        text.append("%s %-6s %16x  %16x  %16x%n"
                .formatted(
                        differs ? "*" : " ", Slot.name(slot), before.get(slot), expected.get(slot), actual.get(slot)));
    }

    /// The IR of every block of the program, as translated and after each pass that changes it.
    private String translations(RandomProgram program) {
        arena.placeProgram(program.words());
        StringBuilder text = new StringBuilder();
        for (long pc : blocks(program)) {
            IrBlock block = InterpreterTier.PLAIN.translate(arena.memory(), pc);
            String last = print(block);
            text.append("\nblock ").append(Long.toHexString(pc)).append(":\n").append(last);
            for (Pass pass : new Passes().list()) {
                pass.run(block);
                String now = print(block);
                text.append("after ").append(pass.name()).append(now.equals(last) ? ": the same\n" : ":\n" + now);
                last = now;
            }
        }
        return text.toString();
    }

    private static String print(IrBlock block) {
        return IrPrinter.print(block, (pc, insn) -> Disassembler.disassemble(insn, pc));
    }

    private Iterable<Long> blocks(RandomProgram program) {
        long end = Arena.CODE + 4L * program.words().size();
        TreeSet<Long> found = new TreeSet<>(List.of(Arena.CODE));
        Deque<Long> waiting = new ArrayDeque<>(found);
        while (!waiting.isEmpty()) {
            IrBlock block = InterpreterTier.PLAIN.translate(arena.memory(), waiting.pop());
            for (int n = 0; n < block.size(); n++) {
                boolean leaves = block.opcode(n) == Opcode.BRCOND || block.opcode(n) == Opcode.GOTO_TB;
                long target = block.imm(n);
                if (leaves && target > Arena.CODE && target < end && found.add(target)) {
                    waiting.push(target);
                }
            }
        }
        return found;
    }

    /// A filetest `test run` of the program's words on its registers; memory is zero there.
    private static String reproducer(RandomProgram program) {
        List<String> lines = new ArrayList<>();
        lines.add("test run");
        lines.add("; random program " + program.seed());
        program.words().forEach(word -> lines.add("insn %08x".formatted(word)));
        StringBuilder run = new StringBuilder("; run:");
        MachineState start = program.start();
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            if (MachineState.isCompared(slot) && start.get(slot) != 0) {
                run.append(' ').append(Slot.name(slot)).append("=0x").append(Long.toHexString(start.get(slot)));
            }
        }
        lines.add(run + " ->");
        return String.join("\n", lines) + "\n";
    }
}
