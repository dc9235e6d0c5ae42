package jqemu.tcg.a64;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// An encoding of Arm's machine-readable specification, against which the decode tables are checked.
///
/// The fixed bits do not say all: some values of the fields are unallocated, some encodings lie within others.
///
/// @param group the main group, such as `ldst`
/// @param subgroup the encoding class, such as `ldst_unscaled`
/// @param name the encoding's name, such as `STURB_32_ldst_unscaled`
/// @param mask 1 where a bit is fixed
/// @param value the fixed bits
record Encoding(String group, String subgroup, String name, int mask, int value) {
    private static final int COLUMN_MASK = 3;
    private static final int COLUMN_VALUE = 4;

    /// All encodings, in the order of the specification.
    static List<Encoding> all() {
        InputStream resource = Objects.requireNonNull(Encoding.class.getResourceAsStream("/a64-encodings.tsv"));
        try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Encoding::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Encoding parse(String line) {
        String[] columns = line.split("\t", -1);
        int mask = Integer.parseUnsignedInt(columns[COLUMN_MASK], 16);
        int value = Integer.parseUnsignedInt(columns[COLUMN_VALUE], 16);
        return new Encoding(columns[0], columns[1], columns[2], mask, value);
    }

    /// The mnemonic, such as `STURB`.
    String mnemonic() {
        return name.substring(0, name.indexOf('_'));
    }

    boolean matches(int insn) {
        return (insn & mask) == value;
    }

    /// A word with this encoding.
    int randomWord(SplittableRandom random) {
        return value | random.nextInt() & ~mask;
    }
}
