package jqemu.tcg.filetest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A test in a file: the command on its first line, then comments and input; what is expected stands in comments too.
///
/// @param path the file
/// @param command the words after `test` on the first line
/// @param lines all lines of the file
record FileTest(Path path, List<String> command, List<String> lines) {
    /// What a line of expected output begins with.
    static final String EXPECTED = "; => ";

    /// What the comment about an expected error begins with.
    static final String ERROR = "; error: ";

    static FileTest read(Path path) throws IOException {
        List<String> lines = Files.readAllLines(path);
        if (lines.isEmpty() || !lines.get(0).startsWith("test ")) {
            throw new IllegalArgumentException(path + ": the first line is not `test KIND ...`");
        }
        if (lines.size() < 2 || !lines.get(1).startsWith("; ")) {
            throw new IllegalArgumentException(
                    path + ": the second line is no comment that says what the file teaches");
        }
        String[] words = lines.get(0).split(" +");
        return new FileTest(path, List.of(words).subList(1, words.length), lines);
    }

    /// The first word of the command.
    String kind() {
        return command.get(0);
    }

    /// The other words of the command.
    List<String> arguments() {
        return command.subList(1, command.size());
    }

    /// The file without expected output and errors, line numbers kept as far as input goes: the command's line is
    /// empty.
    List<String> input() {
        List<String> input = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith(EXPECTED.strip())) {
                input.add(input.isEmpty() ? "" : withoutError(line));
            }
        }
        return input;
    }

    private static String withoutError(String line) {
        int error = line.indexOf(ERROR);
        return error < 0 ? line : line.substring(0, error).stripTrailing();
    }

    /// The input as it stands in the file, followed by `output` as expected output.
    List<String> withOutput(String output) {
        List<String> result = new ArrayList<>(input());
        result.set(0, lines.get(0));
        output.lines().forEach(line -> result.add((EXPECTED + line).stripTrailing()));
        return result;
    }
}
