package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `-strace` prints what QEMU prints, line by line. The recordings are `test-binaries/expected/strace`, made by
/// `test-binaries/record-strace`.
final class StraceIT {
    private static final Path RECORDED = PackagedProgram.TEST_BINARIES.resolve("expected/strace");

    @TempDir
    private static Path temporary;

    @TestFactory
    List<DynamicTest> everyRecording() throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            return files.sorted()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> compare(file)))
                    .toList();
        }
    }

    private static void compare(Path file) throws IOException, InterruptedException {
        List<String> recorded = Files.readAllLines(file);
        String command = recorded.getFirst().replaceFirst(".* -strace ", "");
        String errors = PackagedProgram.with("-strace")
                .run(temporary, command.split(" ", 0))
                .errors();
        String process = errors.substring(0, errors.indexOf(' '));
        List<String> traced = errors.lines()
                .filter(line -> line.startsWith(process + " ") || line.startsWith("--- "))
                .map(line -> line.replaceAll("\\b" + process + "\\b", "PID")
                        .replaceAll("0x[0-9a-f]{5,}", "ADDR")
                        .replaceAll("[0-9]{11,}", "ADDR"))
                .toList();
        assertEquals(
                String.join("\n", recorded.subList(1, recorded.size())),
                String.join("\n", traced),
                errors.lines()
                        .filter(line -> line.startsWith("jqemu-user"))
                        .toList()
                        .toString());
    }
}
