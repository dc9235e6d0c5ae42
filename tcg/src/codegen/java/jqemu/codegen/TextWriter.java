package jqemu.codegen;

import java.util.LinkedHashSet;
import java.util.List;

/// Writes the disassembler: a class per group with a method per pattern, and the class that selects among them.
final class TextWriter {
    private TextWriter() {}

    static SourceFile writeGroup(Group group) {
        String className = group.name() + "Text";
        var text = new StringBuilder(
                "import static jqemu.tcg.a64.Operands.*;\nimport static jqemu.tcg.a64.VectorOperands.*;\n\n");
        text.append("/// Assembly text of ").append(group.title()).append(".\n");
        text.append("final class ")
                .append(className)
                .append(" {\n    private ")
                .append(className)
                .append("() {}\n\n");
        text.append("    /// Appends the text of a word that matches `pattern`; false if it is undefined.\n");
        text.append("    static boolean append(int pattern, int insn, long pc, StringBuilder out) {\n");
        text.append("        switch (pattern) {\n");
        for (InstructionPattern pattern : group.patterns()) {
            text.append("            case ")
                    .append(pattern.number())
                    .append(": return ")
                    .append(pattern.name());
            text.append("Text(insn, pc, out);\n");
        }
        text.append("            default: return false;\n        }\n    }\n");
        for (InstructionPattern pattern : group.patterns()) {
            text.append(method(pattern));
        }
        return SourceFile.of(className, text.append("}\n").toString());
    }

    // the methods end in Text, or they would hide the methods of Operands
    private static String method(InstructionPattern pattern) {
        var text = new StringBuilder("\n    private static boolean ").append(pattern.name());
        text.append("Text(int insn, long pc, StringBuilder out) {\n");
        var used = new LinkedHashSet<String>();
        for (InstructionPattern.Form form : pattern.forms()) {
            used.addAll(Expressions.variables(form.condition()));
            Template.expressions(form.template()).forEach(e -> used.addAll(Expressions.variables(e)));
        }
        for (Field field : pattern.fields()) {
            if (used.contains(field.name())) {
                text.append("        int ")
                        .append(field.name())
                        .append(" = ")
                        .append(field.extraction())
                        .append(";\n");
            }
        }
        for (InstructionPattern.Form form : pattern.forms()) {
            String statement = Template.statement(form.template());
            if (form.condition().isEmpty()) {
                text.append("        ").append(statement).append('\n');
            } else {
                text.append("        if (")
                        .append(form.condition())
                        .append(") { ")
                        .append(statement)
                        .append(" }\n");
            }
        }
        return text.append("    }\n").toString();
    }

    static SourceFile writeDispatcher(List<Group> groups) {
        var text = new StringBuilder();
        text.append("/// Instruction words as assembly text, spelt as objdump does.\n");
        text.append("public final class Disassembler {\n    private Disassembler() {}\n\n");
        text.append("    /// The text of `insn` at address `pc`: mnemonic, a space, operands.\n");
        text.append("    public static String disassemble(int insn, long pc) {\n");
        text.append("        var out = new StringBuilder();\n");
        text.append("        return append(PatternDecoder.pattern(insn), insn, pc, out)\n");
        text.append("                ? out.toString() : Operands.undefined(insn);\n    }\n\n");
        text.append("    private static boolean append(int pattern, int insn, long pc, StringBuilder out) {\n");
        text.append("        if (pattern < 0) {\n            return false;\n        }\n");
        int end = 0;
        for (Group group : groups) {
            end += group.patterns().size();
            text.append("        if (pattern < ").append(end).append(") {\n            return ");
            text.append(group.name()).append("Text.append(pattern, insn, pc, out);\n        }\n");
        }
        text.append("        return false;\n    }\n}\n");
        return SourceFile.of("Disassembler", text.toString());
    }
}
