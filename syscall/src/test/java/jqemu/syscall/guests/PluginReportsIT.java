package jqemu.syscall.guests;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The shipped plugins that write files for other tools: `coverage`, `trace`, `uftrace`; and the names of such files.
final class PluginReportsIT {
    /// A trace's entering or leaving; what leaves has no name.
    private static final Pattern EVENT = Pattern.compile(
            "\"ph\":\"([BE])\",\"pid\":1,\"tid\":(\\d+),\"ts\":([\\d.]+)(?:,\"cat\":\"(\\w+)\",\"name\":\"(.*?)\")?");

    @TempDir
    private Path temporary;

    private PackagedProgram.Outcome outcome(String tier, String plugin, String guest) throws Exception {
        return PackagedProgram.with("-tier", tier, "-d", "plugin", "-plugin", plugin)
                .run(temporary, guest.split(" ", -1));
    }

    private String run(String tier, String plugin, String guest) throws Exception {
        var outcome = outcome(tier, plugin, guest);
        assertEquals(0, outcome.status(), outcome.errors());
        return outcome.errors();
    }

    // ---- coverage

    /// At a fixed address with DWARF 5, and anywhere with compressed DWARF 4.
    @ParameterizedTest
    @CsvSource({"1, bin/lined", "2, bin/lined", "1, bin/lined-pie", "2, bin/lined-pie"})
    void linesAreCounted(String tier, String guest) throws Exception {
        Path lcov = temporary.resolve("lcov");
        Path html = temporary.resolve("html");
        assertEquals("""
                src/lines/lined.c: 16 of 22 lines (72.7%), 3 of 4 functions
                src/lines/shapes.h: 3 of 3 lines (100.0%), 1 of 1 functions
                """, run(tier, "coverage,filename=" + lcov + ",html=" + html, guest));
        List<String> lines = Files.readAllLines(lcov);
        // the loop's head, its body, the two sides of the condition, what is never called
        assertTrue(
                lines.containsAll(List.of("DA:6,11", "DA:7,10", "DA:8,4", "DA:10,6", "DA:16,0", "DA:28,0")),
                lines::toString);
        assertTrue(
                lines.containsAll(List.of("FN:15,never", "FNDA:0,never", "FNDA:1,sum", "FNDA:4,square")),
                lines::toString);
        assertEquals(List.of("TN:", "SF:src/lines/lined.c"), lines.subList(0, 2));
        assertEquals(2, lines.stream().filter("end_of_record"::equals).count());
        String page = Files.readString(html);
        assertTrue(
                page.contains(
                        "<span class=\"yes\"><span class=\"count\">         4     8</span>             total += square(i);</span>"),
                page);
        assertTrue(
                page.contains(
                        "<span class=\"no\"><span class=\"count\">         0    16</span>     return value + 1;</span>"),
                page);
    }

    @Test
    void aProgramWithoutLinesIsRefused() throws Exception {
        var outcome = outcome("1", "coverage", "bin/calls");
        assertEquals(1, outcome.status());
        assertTrue(outcome.errors().contains("bin/calls has no line table; compile it with -g"), outcome.errors());
        assertFalse(outcome.errors().contains("\tat "), outcome.errors());
    }

    // ---- trace

    /// How often each function or system call is in a trace; checks that threads leave what they entered, in time.
    private static Map<String, Integer> counts(Path file) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Deque<String>> stacks = new HashMap<>();
        Map<String, Double> times = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher event = EVENT.matcher(line);
            if (!event.find()) {
                continue;
            }
            Deque<String> stack = stacks.computeIfAbsent(event.group(2), thread -> new ArrayDeque<>());
            double time = Double.parseDouble(event.group(3));
            assertTrue(time >= times.getOrDefault(event.group(2), 0.0), line);
            times.put(event.group(2), time);
            if (event.group(1).equals("B")) {
                String name = event.group(4) + " " + event.group(5);
                stack.push(name);
                counts.merge(name, 1, Integer::sum);
            } else {
                stack.pop();
            }
        }
        stacks.forEach((thread, stack) -> assertTrue(stack.isEmpty(), () -> thread + " is left in " + stack));
        counts.put("threads", stacks.size());
        return counts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void callsAreTraced(String tier) throws Exception {
        Path file = temporary.resolve("trace");
        run(tier, "trace,clock=insns,filename=" + file, "bin/calls");
        Map<String, Integer> counts = counts(file);
        assertEquals(465, counts.get("function fib"));
        assertEquals(1, counts.get("function inner"));
        assertEquals(1, counts.get("syscall exit_group"));
        assertEquals(1, counts.get("threads"));
        String text = Files.readString(file);
        assertTrue(text.startsWith("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"), text);
        assertTrue(text.endsWith("\n]}\n"));
        // the first call of fib begins after two instructions and returns 4179 later
        assertTrue(
                text.contains("\"ts\":2,\"cat\":\"function\",\"name\":\"fib\",\"args\":{\"address\":\"0x400210\"}}"),
                text);
        assertTrue(text.contains("{\"ph\":\"E\",\"pid\":1,\"tid\":0,\"ts\":4181}"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void threadsSignalsAndJumpsAreTraced(String tier) throws Exception {
        Path file = temporary.resolve("trace");
        run(tier, "trace,filename=" + file, "bin/ctest-musl threads signals");
        assertEquals(3, counts(file).get("threads"));
        run(tier, "trace,filename=" + file, "bin/ctest-musl signals");
        assertTrue(counts(file).getOrDefault("syscall rt_sigreturn", 0) > 10);
        run(tier, "trace,filename=" + file, "bin/ctest-musl jump");
        counts(file);
    }

    /// Faults come to a handler and go on from there, one level deep.
    @Test
    void handlersReturnToWhatTheyInterrupted() throws Exception {
        Path file = temporary.resolve("trace");
        run("2", "trace,syscalls=off,filename=" + file, "bin/sigsegv");
        int depth = 0;
        int deepest = 0;
        for (String line : Files.readAllLines(file)) {
            depth += line.contains("\"ph\":\"B\"") ? 1 : line.contains("\"ph\":\"E\"") ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        assertTrue(deepest >= 2 && deepest <= 3, "depth " + deepest);
    }

    @Test
    void aFullTraceSaysSo() throws Exception {
        Path file = temporary.resolve("trace");
        String text = run("2", "trace,limit=100,filename=" + file, "bin/calls");
        assertTrue(text.matches("trace: \\d+ calls are missing; see argument limit\n"), text);
        assertTrue(Objects.requireNonNull(counts(file).get("function fib")) < 100);
    }

    // ---- uftrace

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void uftraceGetsItsFolder(String tier) throws Exception {
        Path folder = temporary.resolve("data");
        run(tier, "uftrace,clock=insns,dir=" + folder, "bin/calls");
        ByteBuffer records =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("1.dat"))).order(ByteOrder.LITTLE_ENDIAN);
        List<String> first = new ArrayList<>();
        int entries = 0;
        for (int i = 0; records.hasRemaining(); i++) {
            long time = records.getLong();
            long data = records.getLong();
            assertEquals(5, data >> 3 & 7);
            entries += (data & 3) == 0 ? 1 : -1;
            if (i < 2) {
                first.add(time + " depth " + (data >> 6 & 1023) + " 0x" + Long.toHexString(data >>> 16));
            }
        }
        assertEquals(List.of("0 depth 0 0x400078", "2 depth 1 0x400210"), first);
        assertEquals(0, entries);
        assertTrue(Files.readString(folder.resolve("calls.sym")).contains("0000000000000210 T fib\n"));
        assertTrue(Files.readString(folder.resolve("task.txt")).contains("TASK timestamp=0.000000000 tid=1 pid=1\n"));
        byte[] info = Files.readAllBytes(folder.resolve("info"));
        assertEquals("Ftrace!\0", new String(info, 0, 8, US_ASCII));
        assertTrue(new String(info, US_ASCII).contains("taskinfo:tids=1\n"));
    }

    // ---- names

    /// A forked child writes a file of its own.
    @Test
    void processesHaveTheirOwnFiles() throws Exception {
        run("2", "drcov,filename=" + temporary.resolve("cov.%p"), "bin/ctest-musl processes");
        try (Stream<Path> files = Files.list(temporary)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("cov."))
                    .toList();
            assertTrue(names.size() > 1, names::toString);
            assertTrue(names.stream().allMatch(name -> name.matches("cov\\.\\d+")), names::toString);
        }
    }
}
