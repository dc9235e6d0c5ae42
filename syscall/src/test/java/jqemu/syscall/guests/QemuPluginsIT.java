package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The shipped plugins say of programs without libc what QEMU's own plugins of the same name say, in every tier. The
/// recordings are `test-binaries/expected/plugins`, made by `test-binaries/record-plugins`.
///
/// Three differences are meant: ours show offsets behind symbols, disassemble as objdump does, and count an access of
/// 16 bytes once, as QEMU does since 8.0 (the recordings are of 7.2, which splits it).
@Execution(ExecutionMode.CONCURRENT)
final class QemuPluginsIT {
    private static final Path RECORDED = PackagedProgram.TEST_BINARIES.resolve("expected/plugins");

    /// Where these programs are loaded.
    private static final int BASE = 0x400000;

    @TempDir
    private static Path temporary;

    /// A recording: the plugin with its arguments as QEMU had them, and what it said.
    private record Recording(String program, String kind, String plugin, List<String> lines) {
        static Recording read(Path file) {
            try {
                List<String> lines = Files.readAllLines(file);
                String command = lines.getFirst();
                String plugin = command.substring(command.indexOf("-plugin lib") + "-plugin lib".length());
                String name = file.getFileName().toString();
                return new Recording(
                        name.substring(0, name.indexOf('.')),
                        name.substring(name.indexOf('.') + 1),
                        plugin.substring(0, plugin.indexOf(' ')).replaceFirst("\\.so", ""),
                        lines.subList(1, lines.size()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @TestFactory
    List<DynamicTest> everyRecording() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(RECORDED)) {
            for (Path file : files.sorted().toList()) {
                Recording recording = Recording.read(file);
                for (String tier : List.of("1", "2")) {
                    tests.add(dynamicTest(file.getFileName() + " tier " + tier, () -> check(recording, tier)));
                }
            }
        }
        assertTrue(tests.size() > 80, "recordings are missing");
        return tests;
    }

    private static void check(Recording recording, String tier) throws IOException, InterruptedException {
        switch (recording.plugin.split(",", 2)[0]) {
            case "howvec", "syscall" -> assertEquals(recording.lines, run(recording, tier, recording.plugin));
            case "hotblocks" -> checkHotBlocks(recording, tier);
            case "cache" -> checkCache(recording, tier);
            case "execlog" -> checkExecution(recording, tier);
            case "drcov" -> checkCoverage(recording, tier);
            default -> throw new IllegalStateException("no rule for the plugin of " + recording);
        }
    }

    private static List<String> run(Recording recording, String tier, String plugin)
            throws IOException, InterruptedException {
        var outcome = PackagedProgram.with("-tier", tier, "-d", "plugin", "-plugin", plugin)
                .run(temporary, "bin/" + recording.program);
        assertEquals(0, outcome.status(), outcome.errors());
        return outcome.errors().lines().toList();
    }

    /// QEMU lists the first twenty; blocks of the same count are in no order. How often a block is translated is
    /// the emulator's own business.
    private static void checkHotBlocks(Recording recording, String tier) throws IOException, InterruptedException {
        List<String> ours = run(recording, tier, "hotblocks,limit=0");
        assertEquals(recording.lines.subList(0, 2), ours.subList(0, 2));
        List<String> expected = blocks(recording.lines);
        List<String> found = blocks(ours);
        assertTrue(found.containsAll(expected), () -> expected + " are not all in " + found);
        assertEquals(counts(expected), counts(found).subList(0, expected.size()));
    }

    private static List<String> blocks(List<String> lines) {
        return lines.stream()
                .skip(2)
                .map(line -> line.split(", ", -1))
                .map(columns -> columns[0] + " " + columns[2] + " " + columns[3])
                .toList();
    }

    private static List<String> counts(List<String> blocks) {
        return blocks.stream()
                .map(block -> block.substring(block.lastIndexOf(' ')))
                .toList();
    }

    private static void checkCache(Recording recording, String tier) throws IOException, InterruptedException {
        List<String> ours = run(recording, tier, recording.plugin).stream()
                .filter(line -> !line.contains(", 0, "))
                .toList();
        assertEquals(misses(recording.lines), misses(ours));
    }

    /// The totals without the number of data accesses and its rate; per list, addresses and misses.
    private static List<String> misses(List<String> lines) {
        List<String> all = new ArrayList<>();
        Set<String> list = new TreeSet<>();
        for (String line : lines) {
            if (line.startsWith("0x")) {
                list.add(line.replaceFirst(" \\([^)]*\\)", "").replaceFirst("^(\\w+, \\d+), .*", "$1"));
            } else {
                all.addAll(list);
                list.clear();
                all.add(line.startsWith("0 ") ? line.replaceFirst("^0 +\\d+ +(\\d+) +\\S+", "$1") : line);
            }
        }
        all.addAll(list);
        return all;
    }

    private static void checkExecution(Recording recording, String tier) throws IOException, InterruptedException {
        List<String> ours = run(recording, tier, "execlog");
        assertEquals(recording.lines.size(), ours.size());
        Stack theirStack = new Stack();
        Stack ourStack = new Stack();
        for (int i = 0; i < ours.size(); i++) {
            String[] parts = ours.get(i).split("\"", 3);
            String head = parts[0].replaceFirst("^(\\d+, 0x\\w+, 0x\\w+), .*", "$1");
            String expected = onceFor16Bytes(recording.lines.get(i), parts[1]);
            assertEquals(theirStack.relative(expected), ourStack.relative(head + parts[2]), ours.get(i));
        }
    }

    /// Addresses on the stack, which each emulator has elsewhere, by their distance from the first.
    private static final class Stack {
        private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{9,}");

        private long first;

        String relative(String line) {
            return ADDRESS.matcher(line).replaceAll(match -> {
                long address = Long.decode(match.group());
                first = first == 0 ? address : first;
                return "stack" + (address - first);
            });
        }
    }

    /// What QEMU 10 would have listed: pairs of general registers and whole vectors are accessed at once. (Pairs of
    /// vector registers of 8 bytes and less are not, and those of 16 bytes are two accesses of 16.)
    private static String onceFor16Bytes(String line, String assembly) {
        String[] words = line.split(", ", -1);
        boolean split = assembly.matches("(ld|st)\\w*p(sw)? [wxq]\\d.*|(ld|st)u?r q.*|(ld|st)\\w*xp .*|casp.*");
        StringBuilder text = new StringBuilder(words[0] + ", " + words[1] + ", " + words[2]);
        boolean second = false;
        for (int i = 3; i < words.length; i += 2) {
            second = split && !second && i > 3 && words[i].equals(words[i - 2]) && isHalf(words[i - 1], words[i + 1]);
            if (!second) {
                text.append(", ").append(words[i]).append(", ").append(words[i + 1]);
            }
        }
        return text.toString();
    }

    private static boolean isHalf(String first, String second) {
        long distance = Long.decode(second) - Long.decode(first);
        return distance == 8 || distance == 4;
    }

    /// QEMU writes addresses where the format has offsets from the module's base, and a block again that it
    /// translated again.
    private static void checkCoverage(Recording recording, String tier) throws IOException, InterruptedException {
        Path file = Files.createTempFile(temporary, "drcov", "");
        run(recording, tier, "drcov,filename=" + file);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Set<String> found =
                new TreeSet<>(List.of(text.substring(0, text.indexOf("0, ")).split("\n", -1)));
        int start = text.indexOf('\n', text.indexOf("BB Table")) + 1;
        ByteBuffer table = ByteBuffer.wrap(bytes, start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN);
        while (table.hasRemaining()) {
            found.add("%08x %08x".formatted(BASE + table.getInt(), table.getInt()));
        }
        Set<String> expected = new TreeSet<>(recording.lines);
        expected.removeIf(line -> line.startsWith("BB Table"));
        expected.add("");
        assertEquals(expected, found);
    }
}
