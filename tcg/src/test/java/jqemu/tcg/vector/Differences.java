package jqemu.tcg.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jqemu.tcg.a64.Pattern;
import jqemu.tcg.a64.PatternDecoder;
import jqemu.tcg.a64.Patterns;

/// Where qemu-aarch64 differs from the manual, or from the CPU that is emulated here, and is not followed: the file
/// `differences.list`.
///
/// A line is a pattern's name, a Java-like mask and value of the word in hexadecimal (`mask/value`), and the reason
/// with the manual's section.
final class Differences {
    private static final Path FILE = VectorFile.FOLDER.resolve("differences.list");

    private record Words(int mask, int value) {}

    private final Map<String, List<Words>> known = new HashMap<>();

    private Differences() {}

    static Differences read() throws IOException {
        Differences differences = new Differences();
        for (String line : Files.readAllLines(FILE)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] columns = line.split("\\s+", 3);
                String[] numbers = columns[1].split("/", -1);
                differences
                        .known
                        .computeIfAbsent(columns[0], name -> new ArrayList<>())
                        .add(new Words(
                                Integer.parseUnsignedInt(numbers[0], 16), Integer.parseUnsignedInt(numbers[1], 16)));
            }
        }
        return differences;
    }

    /// Whether a word of `each` is listed.
    boolean contains(VectorCase each) {
        for (int word : each.words()) {
            int number = PatternDecoder.pattern(word);
            if (number >= 0) {
                Pattern pattern = Patterns.all().get(number);
                for (Words words : known.getOrDefault(pattern.name(), List.of())) {
                    if ((word & words.mask()) == words.value()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
