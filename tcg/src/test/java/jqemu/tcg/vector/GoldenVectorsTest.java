package jqemu.tcg.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jqemu.tcg.a64.Disassembler;
import jqemu.tcg.a64.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays in every tier what qemu-aarch64 did. `scripts/record-vectors` writes the files.
class GoldenVectorsTest {
    static Stream<String> groups() {
        return VectorFile.groups().stream();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void everyTierDoesWhatQemuDid(String group) throws IOException {
        List<VectorFile.Vector> vectors = VectorFile.read(group).vectors();
        Differences differences = Differences.read();
        List<String> failures = new ArrayList<>();
        try (Arena arena = Arena.open()) {
            for (Tier tier : Tier.all()) {
                for (int first = 0; first < vectors.size(); first += Tier.BATCH) {
                    int end = Math.min(first + Tier.BATCH, vectors.size());
                    replay(arena, tier, vectors.subList(first, end), first, differences, failures);
                }
            }
        }
        assertEquals(List.of(), failures);
    }

    private static void replay(
            Arena arena,
            Tier tier,
            List<VectorFile.Vector> vectors,
            int first,
            Differences differences,
            List<String> failures) {
        int[] slots = new int[vectors.size()];
        long[] entries = new long[slots.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = (first + i) % Arena.SLOTS;
            entries[i] = Arena.entry(slots[i]);
            arena.place(vectors.get(i).input(), slots[i]);
        }
        Tier.Program program = tier.prepare(arena.memory(), entries);
        for (int i = 0; i < slots.length; i++) {
            VectorFile.Vector vector = vectors.get(i);
            String actual = arena.outcome(program, vector.input(), slots[i]);
            if (!actual.equals(vector.expected()) && !differences.contains(vector.input())) {
                failures.add(report(tier, vector, actual));
            }
        }
    }

    private static String report(Tier tier, VectorFile.Vector vector, String actual) {
        StringBuilder text =
                new StringBuilder("\n" + tier.name() + ": " + vector.input().format());
        for (int word : vector.input().words()) {
            text.append("\n    ").append(Disassembler.disassemble(word, 0));
        }
        return text + "\n  expected" + vector.expected() + "\n  but was " + actual;
    }

    @Test
    void everyLineOfTheTablesHasVectorsOrAReason() {
        List<String> missing = new ArrayList<>();
        for (String group : VectorFile.groups()) {
            Set<String> covered = new HashSet<>();
            if (Files.exists(VectorFile.path(group))) {
                VectorFile.read(group)
                        .vectors()
                        .forEach(vector -> covered.add(vector.input().pattern()));
            }
            for (Pattern pattern : VectorFile.patterns(group)) {
                boolean reason =
                        CaseGenerator.isSkipped(pattern) && pattern.test().length() > "skip: ".length();
                if (!reason && !covered.contains(pattern.name())) {
                    missing.add(group + " " + pattern.name());
                }
            }
        }
        assertEquals(List.of(), missing, "run scripts/record-vectors, or give the reason: test skip: ...");
    }
}
