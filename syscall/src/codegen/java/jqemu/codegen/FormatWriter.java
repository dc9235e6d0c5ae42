package jqemu.codegen;

import java.util.List;

/// Writes `SyscallFormats`: names and argument kinds of all calls, as one string that is taken apart when `-strace` is
/// on.
final class FormatWriter {
    private FormatWriter() {}

    static GeneratedClass write(List<Syscall> calls) {
        var text = new StringBuilder("/// Names and argument kinds of the system calls, for `-strace`.\n");
        text.append("public final class SyscallFormats {\n");
        text.append(
                "    /// A line per call: number, name, style (`raw`, `unknown` or `by_kind`), kind of the result, kinds of\n");
        text.append("    /// the arguments; a space between any two.\n    public static final String TABLE = \"\"\"\n");
        for (Syscall call : calls) {
            text.append("            ")
                    .append(call.number())
                    .append(' ')
                    .append(call.name())
                    .append(' ');
            text.append(call.style().name().toLowerCase(java.util.Locale.ROOT))
                    .append(' ')
                    .append(call.result().spelling());
            for (Syscall.Parameter parameter : call.parameters()) {
                text.append(' ').append(parameter.kind().spelling());
            }
            text.append('\n');
        }
        text.append("            \"\"\";\n\n");
        writeKinds(text);
        return GeneratedClass.of(
                "SyscallFormats",
                text.append("    private SyscallFormats() {}\n}\n").toString());
    }

    /// The kinds appear as an enum, so that a switch over it in the printer is checked to be complete.
    private static void writeKinds(StringBuilder text) {
        text.append("    /// How an argument is printed.\n    public enum Kind {\n");
        for (ArgumentKind kind : ArgumentKind.values()) {
            text.append("        ").append(kind.name()).append(",\n");
        }
        text.append("    }\n\n");
    }
}
