package jqemu.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a reader may expect of the sources: short files and methods, and words about packages and what is public.
@Tag("structure")
class SourcesTest {
    private static final int WIDTH = 120;
    private static final int MOST_LINES_OF_A_FILE = 600;
    private static final int MOST_LINES_OF_A_METHOD = 60;

    /// Methods that may be longer, since they are tables with a line for each entry.
    private static final Set<String> TABLES = Set.of("ErrorText.of");

    private static final Map<Path, List<Declaration>> declarations = new LinkedHashMap<>();

    @BeforeAll
    static void parse() throws IOException {
        List<Path> files = Stream.concat(Repository.sources().stream(), Repository.testSources().stream())
                .toList();
        assertTrue(files.size() > 250, files.size() + " source files found");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                declarations.put(Path.of(unit.getSourceFile().toUri()), Declaration.of(unit, trees));
            }
        }
    }

    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : declarations.keySet()) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count > MOST_LINES_OF_A_FILE) {
                    tooLong.add(file.getFileName() + ": " + count + " lines");
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    /// The formatter counts the indent of a `///` line twice when a JDK that knows such comments runs it, and then
    /// breaks the line into code.
    @Test
    void docCommentsAreNarrow() throws IOException {
        List<String> tooWide = new ArrayList<>();
        for (Path file : declarations.keySet()) {
            for (String line : Files.readAllLines(file)) {
                int indent = line.length() - line.stripLeading().length();
                if (line.startsWith("///", indent) && line.length() + indent > WIDTH) {
                    tooWide.add(file.getFileName() + ": " + line.strip());
                }
            }
        }
        assertEquals(List.of(), tooWide);
    }

    @Test
    void methodsAreShort() {
        List<String> tooLong = declarations.values().stream()
                .flatMap(List::stream)
                .filter(Declaration::isMethod)
                .filter(method -> method.lines() > MOST_LINES_OF_A_METHOD && !TABLES.contains(method.name()))
                .map(method -> method.name() + ": " + method.lines() + " lines")
                .toList();
        assertEquals(List.of(), tooLong);
    }

    @Test
    void whatIsPublicIsDocumented() {
        List<String> undocumented = new ArrayList<>();
        declarations.forEach((file, found) -> {
            if (!file.toString().contains("src/test")) {
                found.stream()
                        .filter(declaration -> declaration.isApi() && !declaration.hasDoc())
                        .forEach(declaration -> undocumented.add(file + ": " + declaration.name()));
            }
        });
        assertEquals(List.of(), undocumented);
    }

    @Test
    void packagesSayWhatTheyAreFor() {
        Set<Path> packages = Repository.sources().stream()
                .filter(file -> file.toString().contains("src/main") && !file.endsWith("module-info.java"))
                .map(Path::getParent)
                .collect(Collectors.toSet());
        List<Path> silent = packages.stream()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .sorted()
                .toList();
        assertEquals(List.of(), silent);
    }
}
