package jqemu.tcg.filetest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs every file below `src/test/filetests`. With `-Djqemu.bless=true` the files are rewritten to what came out:
/// read the diff before you commit it.
class FilesTest {
    private static final Path ROOT = Path.of("src/test/filetests");
    private static final boolean BLESS = Boolean.getBoolean("jqemu.bless");

    private static final List<Kind> KINDS =
            List.of(new DecodeKind(), new TranslateKind(), new VerifyKind(), new OptimizeKind(), new RunKind());

    @TestFactory
    List<DynamicTest> files() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<DynamicTest> tests = files.filter(file -> file.toString().endsWith(".tcg"))
                    .sorted()
                    .map(file -> dynamicTest(ROOT.relativize(file).toString(), () -> run(file)))
                    .toList();
            assertTrue(!tests.isEmpty(), "no filetests found");
            return tests;
        }
    }

    private static void run(Path path) throws IOException {
        FileTest test = FileTest.read(path);
        assertEquals(path.getName(path.getNameCount() - 2).toString(), test.kind(), "the folder is named as the kind");
        List<String> expected = kind(test).run(test);
        if (BLESS && !expected.equals(test.lines())) {
            Files.write(path, expected);
        } else {
            assertEquals(String.join("\n", test.lines()), String.join("\n", expected), path.toString());
        }
    }

    private static Kind kind(FileTest test) {
        for (Kind kind : KINDS) {
            if (kind.name().equals(test.kind())) {
                return kind;
            }
        }
        throw new IllegalArgumentException(test.path() + ": no such kind of test: " + test.kind());
    }
}
