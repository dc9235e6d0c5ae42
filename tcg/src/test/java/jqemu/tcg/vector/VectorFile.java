package jqemu.tcg.vector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jqemu.tcg.a64.Pattern;
import jqemu.tcg.a64.Patterns;

/// The golden vectors of one encoding group, as a file.
///
/// After a header of lines that begin with `#`, a line is a case as [VectorCase#format] has it, ` :`, and what
/// qemu-aarch64 changed. Line n behind the header is in slot n modulo [Arena#SLOTS], which the values of `ADR` and `BL`
/// depend on.
///
/// @param group the encoding group
/// @param vectors the cases with their outcomes
record VectorFile(String group, List<Vector> vectors) {
    static final Path FOLDER = Path.of("src/test/vectors");

    private static final String SEPARATOR = " :";

    /// A case and what QEMU did.
    record Vector(VectorCase input, String expected) {}

    static Path path(String group) {
        return FOLDER.resolve(group.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".vectors");
    }

    static VectorFile read(String group) {
        List<Vector> vectors = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(path(group))) {
                if (!line.startsWith("#")) {
                    int separator = line.indexOf(SEPARATOR);
                    vectors.add(new Vector(
                            VectorCase.parse(line.substring(0, separator)),
                            line.substring(separator + SEPARATOR.length())));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new VectorFile(group, List.copyOf(vectors));
    }

    void write(String oracle, long seed) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# group: " + group);
        lines.add("# oracle: " + oracle);
        lines.add("# seed: " + seed);
        lines.add("# table: " + patterns(group).size() + " patterns, hash " + tableHash(group));
        lines.add("# format: pattern word[+word...] seed [register=input...] : [register=result...] [SIGNAL@offset]");
        for (Vector vector : vectors) {
            lines.add(vector.input().format() + SEPARATOR + vector.expected());
        }
        Files.createDirectories(FOLDER);
        Files.write(path(group), lines);
    }

    /// The table's lines of `group`.
    static List<Pattern> patterns(String group) {
        return Patterns.all().stream()
                .filter(pattern -> pattern.group().equals(group))
                .toList();
    }

    /// All groups, in the tables' order.
    static List<String> groups() {
        return Patterns.all().stream().map(Pattern::group).distinct().toList();
    }

    /// A number that changes with the encodings of `group`.
    private static String tableHash(String group) {
        int hash = 0;
        for (Pattern pattern : patterns(group)) {
            hash = 31 * hash + (pattern.name() + pattern.mask() + pattern.value() + pattern.fields()).hashCode();
        }
        return Integer.toHexString(hash);
    }
}
