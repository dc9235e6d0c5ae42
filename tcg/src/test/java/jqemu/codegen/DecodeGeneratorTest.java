package jqemu.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs the generator on the small tables of `src/test/decode`.
///
/// `err_*` say in their first line `# error: <line>: <message>` what must be reported;
/// `succ_*` say `# fields: <name> <layout>...` for each pattern.
class DecodeGeneratorTest {
    private static final Path TABLES = Path.of("src/test/decode");

    @TestFactory
    Stream<DynamicTest> rejectsMistakes() throws IOException {
        return tables("err_")
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String[] expected = Files.readAllLines(file).getFirst().split(": ", 3);
                    var mistake = assertThrows(TableException.class, () -> DecodeGenerator.readTables(List.of(file)));
                    assertEquals(file + ":" + expected[1] + ": error: " + expected[2], mistake.getMessage());
                }));
    }

    @TestFactory
    Stream<DynamicTest> readsTables() throws IOException {
        return tables("succ_")
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    List<Group> groups = DecodeGenerator.readTables(List.of(file));
                    String expected = Files.readAllLines(file).stream()
                            .filter(line -> line.startsWith("# fields: "))
                            .map(line -> line.substring("# fields: ".length()))
                            .collect(Collectors.joining("\n"));
                    String actual = groups.getFirst().patterns().stream()
                            .map(DecodeGeneratorTest::layout)
                            .collect(Collectors.joining("\n"));
                    assertEquals(expected, actual);
                    assertFalse(DecodeGenerator.sources(groups).isEmpty());
                }));
    }

    private static String layout(InstructionPattern pattern) {
        return Stream.concat(
                        Stream.of(pattern.name()), pattern.fields().stream().map(Field::layout))
                .collect(Collectors.joining(" "));
    }

    @Test
    void rejectsOverlapAndDuplicatesAcrossFiles() {
        Path first = TABLES.resolve("succ_overlap.decode");
        Path second = TABLES.resolve("succ_disjoint.decode");
        var overlap = assertThrows(TableException.class, () -> DecodeGenerator.readTables(List.of(first, second)));
        assertTrue(overlap.toString().contains("overlaps"), overlap::toString);
        var duplicate = assertThrows(TableException.class, () -> DecodeGenerator.readTables(List.of(first, first)));
        assertTrue(duplicate.toString().contains("duplicate name"), duplicate::toString);
    }

    @Test
    void substitutesFieldsOnly() {
        var fields = java.util.Map.of("imm", "(insn & 0xff)");
        assertEquals(
                "(insn & 0xff) + hex((insn & 0xff)) + 'imm'", Expressions.substitute("imm + hex(imm) + 'imm'", fields));
    }

    private static Stream<Path> tables(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(TABLES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList().stream();
        }
    }
}
