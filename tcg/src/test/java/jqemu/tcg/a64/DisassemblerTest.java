package jqemu.tcg.a64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The disassembler agrees with objdump: on random words of every pattern, and on whole programs.
class DisassemblerTest {
    private static final int WORDS_PER_PATTERN = 100;
    private static final long BASE = 0x40_0000_0000L;

    @Test
    void agreesOnRandomWordsOfEveryPattern() {
        assumeTrue(Objdump.isPresent(), "aarch64-linux-gnu-objdump is not installed");
        int[] words = randomWords();
        Map<String, String> differences = new LinkedHashMap<>();
        int count = 0;
        for (Objdump.Line line : Objdump.disassemble(words, BASE)) {
            String ours = Objdump.normalise(Disassembler.disassemble(line.insn(), line.pc()));
            if (!agrees(ours, line.text())) {
                String name =
                        Patterns.all().get(PatternDecoder.pattern(line.insn())).name();
                differences.putIfAbsent(
                        name, "%08x %s: ours <%s> objdump <%s>".formatted(line.insn(), name, ours, line.text()));
            }
            count++;
        }
        assertEquals(words.length, count);
        assertTrue(
                differences.isEmpty(),
                () -> differences.size() + " patterns differ:\n" + String.join("\n", differences.values()));
    }

    @Test
    void namesSystemRegistersAndOperationsAsObjdumpDoes() {
        assumeTrue(Objdump.isPresent(), "aarch64-linux-gnu-objdump is not installed");
        var words = new ArrayList<Integer>();
        for (int encoding = 0; encoding < 1 << 15; encoding++) {
            words.add(0xd5300000 | encoding << 5);
            if (encoding < 1 << 14) {
                words.add(0xd5080003 | encoding << 5);
                words.add(0xd508001f | encoding << 5);
            }
        }
        var differences = new ArrayList<String>();
        for (Objdump.Line line :
                Objdump.disassemble(words.stream().mapToInt(Integer::intValue).toArray(), BASE)) {
            String ours = Objdump.normalise(Disassembler.disassemble(line.insn(), line.pc()));
            if (!agrees(ours, line.text())) {
                differences.add("%08x: ours <%s> objdump <%s>".formatted(line.insn(), ours, line.text()));
            }
        }
        assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
    }

    /// We name the system registers and operations that programs use; objdump knows hundreds more.
    private static boolean agrees(String ours, String objdump) {
        return ours.equals(objdump)
                || (ours.startsWith("mrs ") && objdump.startsWith("mrs ") && ours.matches(".* s[23]_.*"))
                || (ours.matches("msr s[23]_.*") && objdump.startsWith("msr "))
                || ours.startsWith("msr s0_")
                || ours.startsWith("sys ");
    }

    private static int[] randomWords() {
        var random = new SplittableRandom(1);
        var words = new ArrayList<Integer>();
        for (Pattern pattern : Patterns.all()) {
            int found = 0;
            for (int i = 0; i < 20 * WORDS_PER_PATTERN && found < WORDS_PER_PATTERN; i++) {
                // registers and immediates of all zeros and all ones select aliases: make them frequent
                int noise = random.nextInt();
                int half = random.nextInt();
                int ones = half & random.nextInt();
                int word = i % 3 == 0 ? noise : i % 3 == 1 ? noise | ones : noise & ones;
                int insn = pattern.value() | (~pattern.mask() & word);
                if (PatternDecoder.pattern(insn) == pattern.number()) {
                    words.add(insn);
                    found++;
                }
            }
            assertTrue(found > 0, () -> "no word found for " + pattern.name());
        }
        return words.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void agreesOnWholePrograms() throws IOException {
        assumeTrue(Objdump.isPresent(), "aarch64-linux-gnu-objdump is not installed");
        List<Path> programs = programs();
        assumeTrue(!programs.isEmpty(), "no AArch64 programs in guests/");
        Map<String, Integer> unknown = new TreeMap<>();
        for (Path program : programs) {
            var differences = new ArrayList<String>();
            for (Objdump.Line line : Objdump.disassemble(program)) {
                String ours = Objdump.normalise(Disassembler.disassemble(line.insn(), line.pc()));
                if (PatternDecoder.pattern(line.insn()) < 0) {
                    unknown.merge(line.text().split(" ", 2)[0], 1, Integer::sum);
                } else if (!agrees(ours, line.text())) {
                    differences.add("%08x: ours <%s> objdump <%s>".formatted(line.insn(), ours, line.text()));
                }
            }
            assertTrue(
                    differences.isEmpty(),
                    () -> program + ": " + differences.size() + " differ, as in\n"
                            + String.join("\n", differences.subList(0, Math.min(20, differences.size()))));
        }
        System.out.println("not in the decode tables, by mnemonic: " + unknown);
    }

    private static List<Path> programs() throws IOException {
        Path folder = Path.of(System.getProperty("jqemu.root", ".."), "guests");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(DisassemblerTest::isProgram).sorted().toList();
        }
    }

    /// Whether the file is an AArch64 ELF executable (machine 183).
    private static boolean isProgram(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(20);
            return head.length == 20 && head[0] == 0x7f && head[1] == 'E' && (head[18] & 0xff) == 183;
        } catch (IOException e) {
            return false;
        }
    }
}
