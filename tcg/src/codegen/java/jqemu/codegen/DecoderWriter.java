package jqemu.codegen;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes the decoders: one that calls the translators, one that gives pattern numbers.
final class DecoderWriter {
    private DecoderWriter() {}

    static SourceFile writeDecoder(List<Group> groups) {
        var text = new StringBuilder("import jqemu.tcg.cpu.CpuModel;\nimport jqemu.tcg.cpu.Feature;\n\n");
        text.append("/// Calls the translator method of an instruction word.\n");
        text.append("public final class Decoder {\n");
        for (Group group : groups) {
            text.append("    private final ")
                    .append(group.name())
                    .append(' ')
                    .append(group.variable())
                    .append(";\n");
        }
        List<String> features = features(groups);
        for (String feature : features) {
            text.append("    private final boolean ").append(flag(feature)).append(";\n");
        }
        text.append("\n    /// A decoder of the instructions that `cpu` has, each encoding group by its translator.\n");
        text.append("    public Decoder(\n            CpuModel cpu,\n");
        text.append(groups.stream()
                .map(group -> "            " + group.name() + " " + group.variable())
                .collect(Collectors.joining(",\n")));
        text.append(") {\n");
        for (Group group : groups) {
            text.append("        this.")
                    .append(group.variable())
                    .append(" = ")
                    .append(group.variable())
                    .append(";\n");
        }
        for (String feature : features) {
            text.append("        this.").append(flag(feature)).append(" = cpu.has(Feature.");
            text.append(feature.toUpperCase(Locale.ROOT)).append(");\n");
        }
        text.append(
                "    }\n\n    /// Translates `insn`; false if it is unallocated, or of a feature that the CPU lacks.\n");
        text.append("    public boolean decode(int insn) {\n        return root(insn);\n    }\n\n");
        var owners = groups.stream()
                .flatMap(group -> group.patterns().stream().map(pattern -> group.variable()))
                .toList();
        var tree = new DecodeTree("private boolean", "return false;", pattern -> call(pattern, owners));
        text.append(String.join("\n", tree.methods("root", allPatterns(groups))));
        return SourceFile.of("Decoder", text.append("}\n").toString());
    }

    private static String call(InstructionPattern pattern, List<String> owners) {
        String arguments = pattern.fields().stream().map(Field::extraction).collect(Collectors.joining(", "));
        String condition = pattern.isBase() ? "" : flag(pattern.feature()) + " && ";
        return "return " + condition + owners.get(pattern.number()) + "." + pattern.name() + "(" + arguments + ");";
    }

    /// The decoder's field that says whether the CPU has `feature`.
    private static String flag(String feature) {
        return "has" + Character.toUpperCase(feature.charAt(0)) + feature.substring(1);
    }

    /// The features that the tables name; the base architecture has no name.
    private static List<String> features(List<Group> groups) {
        return allPatterns(groups).stream()
                .filter(pattern -> !pattern.isBase())
                .map(InstructionPattern::feature)
                .distinct()
                .sorted()
                .toList();
    }

    static SourceFile writePatternDecoder(List<Group> groups) {
        var text = new StringBuilder("/// Finds the pattern of an instruction word; see `Patterns`.\n");
        text.append("public final class PatternDecoder {\n    private PatternDecoder() {}\n\n");
        text.append("    /// The number of the pattern that `insn` matches, or -1 if it is unallocated.\n");
        text.append("    public static int pattern(int insn) {\n        return root(insn);\n    }\n\n");
        var tree = new DecodeTree(
                "private static int", "return -1;", pattern -> "return " + pattern.number() + "; // " + pattern.name());
        text.append(String.join("\n", tree.methods("root", allPatterns(groups))));
        return SourceFile.of("PatternDecoder", text.append("}\n").toString());
    }

    private static List<InstructionPattern> allPatterns(List<Group> groups) {
        return groups.stream().flatMap(group -> group.patterns().stream()).toList();
    }
}
