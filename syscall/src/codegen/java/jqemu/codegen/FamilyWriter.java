package jqemu.codegen;

import java.util.List;

/// Writes the interface of a family: a method for each of its calls.
final class FamilyWriter {
    private FamilyWriter() {}

    static GeneratedClass write(String family, List<Syscall> calls) {
        var text = new StringBuilder("import jqemu.syscall.process.GuestThread;\n\n");
        text.append("/// System calls of one family. Each returns its result or a negative errno; a\n");
        text.append("/// [jqemu.loader.memory.GuestFault] that it throws becomes `-EFAULT`.\n");
        text.append("public interface ").append(family).append(" {\n");
        String separator = "";
        for (Syscall call : calls) {
            text.append(separator).append("    /// `").append(call.name()).append("(2)`, number ");
            text.append(call.number())
                    .append(".\n    long ")
                    .append(call.name())
                    .append("(GuestThread thread");
            for (Syscall.Parameter parameter : call.parameters()) {
                text.append(", ")
                        .append(parameter.kind().javaType())
                        .append(' ')
                        .append(parameter.name());
            }
            text.append(");\n");
            separator = "\n";
        }
        return GeneratedClass.of(family, text.append("}\n").toString());
    }
}
