package jqemu.codegen;

import java.util.List;

/// Writes the page that says what is supported.
final class SyscallDocumentation {
    private SyscallDocumentation() {}

    static String write(List<Syscall> calls) {
        long handled = calls.stream().filter(Syscall::isHandled).count();
        var text = new StringBuilder("# System calls\n\n");
        text.append("Generated from `syscall/src/main/syscalls/aarch64.syscalls`. ")
                .append(handled)
                .append(" of ");
        text.append(calls.size()).append(" are supported; the others fail with ENOSYS.\n\n");
        text.append("| number | name | support |\n|---:|---|---|\n");
        for (Syscall call : calls) {
            text.append("| ")
                    .append(call.number())
                    .append(" | ")
                    .append(call.name())
                    .append(" | ");
            text.append(support(call)).append(" |\n");
        }
        return text.toString();
    }

    private static String support(Syscall call) {
        if (!call.isHandled()) {
            return "no";
        }
        return call.missing().isEmpty() ? "yes" : "partial: " + call.missing();
    }
}
