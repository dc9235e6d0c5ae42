package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The shipped plugins count in programs without libc exactly what QEMU's count: instructions, blocks, and memory
/// accesses, by callbacks and by inline operations. The recorded numbers are `test-binaries/expected/*.counts`.
@Execution(ExecutionMode.CONCURRENT)
final class PluginCountsIT {
    private static final Pattern INSNS = Pattern.compile("^total insns: (\\d+)$", Pattern.MULTILINE);
    private static final Pattern BLOCKS = Pattern.compile("^Total: bb's: (\\d+), insns: \\d+$", Pattern.MULTILINE);
    private static final Pattern MEMS = Pattern.compile("^mem accesses: (\\d+)$", Pattern.MULTILINE);

    @TempDir
    private static Path temporary;

    /// What QEMU counted in one program.
    private record Counts(String program, long insns, long blocks, long mems) {
        static Counts read(Path file) {
            long insns = -1;
            long blocks = -1;
            long mems = -1;
            try {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ", 0);
                    switch (words[0]) {
                        case "insns" -> insns = Long.parseLong(words[1]);
                        case "blocks" -> blocks = Long.parseLong(words[1]);
                        case "mems" -> mems = Long.parseLong(words[1]);
                        default -> {
                            // a comment
                        }
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return new Counts(file.getFileName().toString().replace(".counts", ""), insns, blocks, mems);
        }
    }

    private static List<Counts> recorded() throws IOException {
        try (Stream<Path> files = Files.list(PackagedProgram.TEST_BINARIES.resolve("expected"))) {
            return files.filter(file -> file.toString().endsWith(".counts"))
                    .sorted()
                    .map(Counts::read)
                    .toList();
        }
    }

    @TestFactory
    List<DynamicTest> everyCount() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Counts counts : recorded()) {
            assertNotEquals(-1, Math.min(counts.insns, Math.min(counts.blocks, counts.mems)), counts.program);
            String program = counts.program;
            tests.add(dynamicTest(program + ": callbacks", () -> {
                String output = plugins(program, "insncount", "bb", "mem,callback=on");
                assertCounts(counts, output);
            }));
            tests.add(dynamicTest(program + ": inline", () -> {
                String output = plugins(program, "insncount,inline=on", "bb,inline=on", "mem,inline=on");
                assertCounts(counts, output);
            }));
        }
        return tests;
    }

    /// A block that faults in its middle counts as a whole for `bb`, so only its blocks are compared; `insncount`
    /// counts what was executed.
    private static void assertCounts(Counts counts, String output) {
        assertEquals(
                counts, new Counts(counts.program, count(INSNS, output), count(BLOCKS, output), count(MEMS, output)));
    }

    @TestFactory
    List<DynamicTest> aBlockIsAnInstructionWithOneInsnPerTb() throws IOException {
        return recorded().stream()
                .map(counts -> dynamicTest(counts.program, () -> {
                    PackagedProgram watched =
                            PackagedProgram.with("-one-insn-per-tb", "-d", "plugin", "-plugin", "bb,inline=on");
                    var outcome = watched.run(temporary, "bin/" + counts.program);
                    assertEquals(counts.insns, count(BLOCKS, outcome.errors()));
                }))
                .toList();
    }

    /// What plugins print, each of `plugins` in one run with the others.
    private static String plugins(String program, String... plugins) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-d", "plugin"));
        for (String plugin : plugins) {
            options.add("-plugin");
            options.add(plugin);
        }
        var outcome = new PackagedProgram(List.of(), options).run(temporary, "bin/" + program);
        assertEquals(0, outcome.status(), outcome::errors);
        return outcome.errors();
    }

    private static long count(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
