package jqemu.codegen;

import java.util.stream.Collectors;

/// Writes the interface of a group: a method per pattern.
final class InterfaceWriter {
    private InterfaceWriter() {}

    static SourceFile write(Group group) {
        var text = new StringBuilder();
        text.append("/// ").append(group.title()).append(": a method per instruction.\n///\n");
        text.append("/// Parameters are the fields of the word, most significant first. The methods return true if\n");
        text.append("/// the instruction was translated, false if the encoding is unallocated.\n");
        text.append("public interface ").append(group.name()).append(" {\n");
        for (InstructionPattern pattern : group.patterns()) {
            String parameters = pattern.fields().stream()
                    .map(field -> "int " + field.name())
                    .collect(Collectors.joining(", "));
            text.append("    /// `")
                    .append(pattern.forms().getLast().template())
                    .append("`\n");
            text.append("    boolean ")
                    .append(pattern.name())
                    .append('(')
                    .append(parameters)
                    .append(");\n\n");
        }
        return SourceFile.of(group.name(), text.append("}\n").toString());
    }
}
