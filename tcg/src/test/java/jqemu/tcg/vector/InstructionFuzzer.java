package jqemu.tcg.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import jqemu.tcg.a64.Disassembler;
import jqemu.tcg.a64.Pattern;
import jqemu.tcg.a64.PatternDecoder;
import jqemu.tcg.a64.Patterns;

/// Compares fresh random cases with an installed qemu-aarch64, for minutes to hours: `scripts/fuzz-instructions`.
///
/// Arguments: the command of QEMU, the file of `vecrun`, minutes, seed, folder for the state. Each round takes a batch
/// of cases for random patterns; round n of a seed is always the same. The folder keeps the number of the next round
/// and the counts, so that a run goes on where the last one of that seed ended, and the mismatches.
final class InstructionFuzzer {
    private static final int CASES_PER_PATTERN = 8;
    private static final int PRINTED_PER_PATTERN = 3;

    private final Oracle oracle;
    private final long seed;
    private final Path stateFile;
    private final Path mismatchFile;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Integer> mismatches = new TreeMap<>();
    private final List<Pattern> patterns = Patterns.all().stream()
            .filter(pattern -> !CaseGenerator.isSkipped(pattern))
            .toList();
    private long round;

    private InstructionFuzzer(Oracle oracle, long seed, Path folder) throws IOException {
        this.oracle = oracle;
        this.seed = seed;
        Files.createDirectories(folder);
        this.stateFile = folder.resolve("seed-" + seed + ".properties");
        this.mismatchFile = folder.resolve("seed-" + seed + ".mismatches");
        load();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Oracle oracle = new Oracle(arguments[0], Path.of(arguments[1]));
        double minutes = Double.parseDouble(arguments[2]);
        var fuzzer = new InstructionFuzzer(oracle, Long.parseLong(arguments[3]), Path.of(arguments[4]));
        System.out.println(oracle.version() + ", seed " + arguments[3] + ", from round " + fuzzer.round);
        long end = System.nanoTime() + (long) (minutes * 60e9);
        try (Arena arena = Arena.open()) {
            while (System.nanoTime() < end) {
                fuzzer.round(arena, Differences.read());
                fuzzer.save();
            }
        }
        fuzzer.print();
        System.exit(fuzzer.mismatches.isEmpty() ? 0 : 1);
    }

    private void round(Arena arena, Differences differences) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + round++);
        CaseGenerator generator = new CaseGenerator(arena, random);
        List<VectorCase> cases = new ArrayList<>();
        while (cases.size() + CASES_PER_PATTERN < Arena.SLOTS) {
            Pattern pattern = patterns.get(random.nextInt(patterns.size()));
            cases.addAll(generator.cases(pattern, CASES_PER_PATTERN - 1, 1, random.nextLong() >>> 1));
        }
        List<String> expected = oracle.outcomes(cases);
        for (VectorCase each : cases) {
            counts.merge(group(each), 1L, Long::sum);
        }
        for (Tier tier : Tier.all()) {
            Tier.Program program = arena.prepare(tier, cases, 0);
            for (int i = 0; i < cases.size(); i++) {
                String actual = arena.outcome(program, cases.get(i), i);
                if (!actual.equals(expected.get(i)) && !differences.contains(cases.get(i))) {
                    report(tier, cases.get(i), expected.get(i), actual);
                }
            }
        }
    }

    private static String group(VectorCase each) {
        int last = each.words().getFirst();
        for (int word : each.words()) {
            if (PatternDecoder.pattern(word) >= 0
                    && Patterns.all().get(PatternDecoder.pattern(word)).name().equals(each.pattern())) {
                last = word;
            }
        }
        return Patterns.all().get(PatternDecoder.pattern(last)).group();
    }

    private void report(Tier tier, VectorCase each, String expected, String actual) throws IOException {
        StringBuilder text = new StringBuilder(each.format() + "\n");
        for (int word : each.words()) {
            text.append("    ").append(Disassembler.disassemble(word, 0)).append('\n');
        }
        text.append("  expected").append(expected).append("\n  but was ").append(actual);
        text.append("\n  in ").append(tier.name()).append('\n');
        Files.writeString(mismatchFile, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (mismatches.merge(each.pattern(), 1, Integer::sum) <= PRINTED_PER_PATTERN) {
            System.out.print(text);
        }
    }

    // ---- state and summary

    private void load() throws IOException {
        Properties state = new Properties();
        if (Files.exists(stateFile)) {
            try (var in = Files.newBufferedReader(stateFile)) {
                state.load(in);
            }
        }
        round = Long.parseLong(state.getProperty("round", "0"));
        for (String name : state.stringPropertyNames()) {
            if (!name.equals("round")) {
                counts.put(name, Long.parseLong(state.getProperty(name)));
            }
        }
    }

    private void save() throws IOException {
        Properties state = new Properties();
        state.setProperty("round", Long.toString(round));
        counts.forEach((group, count) -> state.setProperty(group, Long.toString(count)));
        try (var out = Files.newBufferedWriter(stateFile)) {
            state.store(out, null);
        }
    }

    private void print() {
        counts.forEach((group, count) -> System.out.printf("%10d  %s%n", count, group));
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                "%10d  cases in %d rounds, each in %d tiers%n",
                total, round, Tier.all().size());
        mismatches.forEach((pattern, count) -> System.out.println("MISMATCH " + pattern + ": " + count));
    }
}
