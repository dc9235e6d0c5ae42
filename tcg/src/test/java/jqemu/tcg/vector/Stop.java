package jqemu.tcg.vector;

/// How the execution of a case ended.
///
/// @param signal 0 when it reached its end, else the Linux signal of what stopped it
/// @param pc the instruction that was stopped
/// @param address the guest address of a failed memory access, else 0
record Stop(int signal, long pc, long address) {
    static final int SIGILL = 4;
    static final int SIGTRAP = 5;
    static final int SIGBUS = 7;
    static final int SIGSEGV = 11;
    /// Stands for a system call, which no case makes on purpose.
    static final int SYSTEM_CALL = 31;

    /// Whether a memory access failed.
    boolean isFault() {
        return signal == SIGSEGV || signal == SIGBUS;
    }

    private static String name(int signal) {
        return switch (signal) {
            case SIGILL -> "ILL";
            case SIGTRAP -> "TRAP";
            case SIGBUS -> "BUS";
            case SIGSEGV -> "SEGV";
            default -> "signal" + signal;
        };
    }

    /// Empty for the end of the code, else ` SIGNAL@bytes`, counted from the first word.
    static String text(int signal, long offset) {
        return signal == 0 ? "" : " " + name(signal) + "@" + offset;
    }
}
