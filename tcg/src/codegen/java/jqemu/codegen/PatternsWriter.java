package jqemu.codegen;

import java.util.List;
import java.util.stream.Collectors;

/// Writes the list of all patterns, for tests, coverage and disassembly; the start path never loads it.
final class PatternsWriter {
    private PatternsWriter() {}

    static SourceFile write(List<Group> groups) {
        var text = new StringBuilder("import java.util.ArrayList;\nimport java.util.List;\n\n");
        text.append("/// All patterns of the decode tables, by number.\npublic final class Patterns {\n");
        for (Group group : groups) {
            text.append("    private static final String ")
                    .append(constant(group))
                    .append(" = \"\"\"\n");
            for (InstructionPattern pattern : group.patterns()) {
                text.append("        ").append(row(pattern)).append('\n');
            }
            text.append("        \"\"\";\n\n");
        }
        text.append("    private static final List<Pattern> ALL = parse();\n\n    private Patterns() {}\n\n");
        text.append("    /// {@return all patterns; the index is the pattern's number}\n");
        text.append("    public static List<Pattern> all() {\n        return ALL;\n    }\n\n");
        text.append("    private static List<Pattern> parse() {\n        var list = new ArrayList<Pattern>();\n");
        for (Group group : groups) {
            text.append("        Pattern.parse(\"")
                    .append(group.name())
                    .append("\", ")
                    .append(constant(group));
            text.append(", list);\n");
        }
        text.append("        return List.copyOf(list);\n    }\n}\n");
        return SourceFile.of("Patterns", text.toString());
    }

    private static String constant(Group group) {
        return group.name().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(java.util.Locale.ROOT);
    }

    private static String row(InstructionPattern pattern) {
        String fields = pattern.fields().stream().map(Field::layout).collect(Collectors.joining(" "));
        return String.join(
                "|",
                pattern.name(),
                "%08x".formatted(pattern.mask()),
                "%08x".formatted(pattern.value()),
                pattern.feature(),
                fields,
                pattern.test());
    }
}
