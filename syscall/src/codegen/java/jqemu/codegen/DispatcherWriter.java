package jqemu.codegen;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Writes the dispatcher: a switch over the number's upper bits, and small methods that switch over the rest, so that
/// HotSpot compiles each.
final class DispatcherWriter {
    private static final String CLASS = "SyscallDispatcher";
    private static final String PARAMETERS =
            "GuestThread thread, int number, long a0, long a1, long a2, long a3, long a4, long a5";
    private static final String ARGUMENTS = "thread, number, a0, a1, a2, a3, a4, a5";
    private static final int BITS = 5;

    private DispatcherWriter() {}

    static GeneratedClass write(List<Syscall> calls, List<String> families) {
        var text = new StringBuilder(
                "import jqemu.loader.memory.GuestFault;\nimport jqemu.syscall.process.GuestThread;\n\n");
        text.append("/// Leads each system call to its handler.\npublic final class ")
                .append(CLASS)
                .append(" {\n");
        for (String family : families) {
            text.append("    private final ")
                    .append(family)
                    .append(' ')
                    .append(field(family))
                    .append(";\n");
        }
        writeConstructor(text, families);
        var groups = new TreeMap<Integer, StringBuilder>();
        for (Syscall call : calls) {
            if (call.isHandled()) {
                groups.computeIfAbsent(call.number() >> BITS, group -> new StringBuilder())
                        .append(label(call));
            }
        }
        text.append("\n    /// Serves one system call.\n    ///\n");
        text.append("    /// @return its result, or a negative errno; `-ENOSYS` where there is no handler\n");
        text.append("    public long dispatch(").append(PARAMETERS).append(") {\n");
        text.append("        thread.scratch().reset();\n        try {\n            return switch (number >> ")
                .append(BITS)
                .append(") {\n");
        for (int group : groups.keySet()) {
            text.append("                case ")
                    .append(group)
                    .append(" -> dispatch")
                    .append(group);
            text.append('(').append(ARGUMENTS).append(");\n");
        }
        text.append("                default -> Unsupported.report(thread, number);\n            };\n");
        text.append("        } catch (GuestFault fault) {\n            return Unsupported.EFAULT;\n        }\n    }\n");
        groups.forEach((group, labels) -> {
            text.append("\n    private long dispatch")
                    .append(group)
                    .append('(')
                    .append(PARAMETERS)
                    .append(") {\n");
            text.append("        return switch (number) {\n").append(labels);
            text.append("            default -> Unsupported.report(thread, number);\n        };\n    }\n");
        });
        return GeneratedClass.of(CLASS, text.append("}\n").toString());
    }

    private static void writeConstructor(StringBuilder text, List<String> families) {
        text.append("\n    /// A dispatcher over one handler object for each family.\n    public ")
                .append(CLASS)
                .append('(');
        String separator = "";
        for (String family : families) {
            text.append(separator)
                    .append("\n            ")
                    .append(family)
                    .append(' ')
                    .append(field(family));
            separator = ",";
        }
        text.append(") {\n");
        for (String family : families) {
            text.append("        this.")
                    .append(field(family))
                    .append(" = ")
                    .append(field(family))
                    .append(";\n");
        }
        text.append("    }\n");
    }

    private static String label(Syscall call) {
        var text = new StringBuilder("            case ").append(call.number()).append(" -> ");
        text.append(field(call.family())).append('.').append(call.name()).append("(thread");
        int register = 0;
        for (Syscall.Parameter parameter : call.parameters()) {
            text.append(parameter.kind().javaType().equals("int") ? ", (int) a" : ", a")
                    .append(register++);
        }
        return text.append(");\n").toString();
    }

    /// `FileSyscalls` is held in `fileSyscalls`.
    private static String field(String family) {
        return family.substring(0, 1).toLowerCase(Locale.ROOT) + family.substring(1);
    }
}
