package jqemu.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the modules' sources and classes lie. The structure tests run in the last module, when all others are built.
final class Repository {
    static final Path ROOT = Path.of(System.getProperty("jqemu.root", ".."));

    private static final List<String> MODULES = List.of("loader", "plugin/api", "plugin/shipped", "tcg", "syscall");

    private Repository() {}

    /// The class folders of all modules, without those of tests.
    static List<Path> classFolders() {
        return existing("target/classes");
    }

    /// All source files of programs, generators included and tests left out.
    static List<Path> sources() {
        return Stream.of("src/main/java", "src/codegen/java")
                .flatMap(folder -> existing(folder).stream())
                .flatMap(folder -> filesBelow(folder, ".java").stream())
                .toList();
    }

    static List<Path> testSources() {
        return existing("src/test/java").stream()
                .flatMap(folder -> filesBelow(folder, ".java").stream())
                .toList();
    }

    static List<Path> filesBelow(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> existing(String folder) {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve(folder))
                .filter(Files::isDirectory)
                .toList();
    }
}
