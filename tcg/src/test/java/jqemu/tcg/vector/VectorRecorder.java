package jqemu.tcg.vector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import jqemu.tcg.a64.Pattern;

/// Writes the golden vectors of encoding groups: `scripts/record-vectors` starts it.
///
/// Arguments: the command of QEMU, the file of `vecrun`, the cases per pattern, a seed, groups (none: all).
final class VectorRecorder {
    private static final int UNDEFINED_CASES = 2;

    private VectorRecorder() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Oracle oracle = new Oracle(arguments[0], Path.of(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        long seed = Long.parseLong(arguments[3]);
        List<String> groups =
                arguments.length > 4 ? List.of(arguments).subList(4, arguments.length) : VectorFile.groups();
        try (Arena arena = Arena.open()) {
            for (String group : groups) {
                List<VectorCase> cases = new ArrayList<>();
                for (Pattern pattern : VectorFile.patterns(group)) {
                    cases.addAll(cases(arena, pattern, count, seed));
                }
                record(oracle, group, cases, seed);
                System.out.println(group + ": " + cases.size() + " vectors");
            }
        }
    }

    /// Cases that depend on the pattern and the seed alone, so that a new line in a table leaves the others'
    /// vectors.
    private static List<VectorCase> cases(Arena arena, Pattern pattern, int count, long seed) {
        if (CaseGenerator.isSkipped(pattern)) {
            return List.of();
        }
        long own = seed * 31 + pattern.name().hashCode();
        List<VectorCase> cases = new CaseGenerator(arena, new SplittableRandom(own))
                .cases(pattern, count, UNDEFINED_CASES, Math.floorMod(own, 1_000_000));
        if (cases.isEmpty()) {
            System.out.println("no vectors for " + pattern.name());
        }
        return cases;
    }

    private static void record(Oracle oracle, String group, List<VectorCase> cases, long seed)
            throws IOException, InterruptedException {
        List<String> outcomes = oracle.outcomes(cases);
        List<VectorFile.Vector> vectors = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            vectors.add(new VectorFile.Vector(cases.get(i), outcomes.get(i)));
        }
        new VectorFile(group, vectors).write(oracle.version(), seed);
    }
}
