package jqemu.syscall.launcher;

import java.io.PrintStream;

/// The command line asks for something else than running a guest (`-h`, `-version`), or is wrong.
///
/// Carries what to print and the exit status to [Main]. It has no stack trace: it is an answer, not a failure.
@SuppressWarnings("serial") // never serialized
public final class EarlyExit extends Exception {
    private final int status;
    private final boolean answer;

    private EarlyExit(String text, int status, boolean answer) {
        super(text, null, false, false);
        this.status = status;
        this.answer = answer;
    }

    /// A mistake of the user: one line on stderr, exit status 1.
    public static EarlyExit mistake(String message) {
        return new EarlyExit("jqemu-user: " + message, 1, false);
    }

    /// A program that cannot be started: one line on stderr.
    public static EarlyExit failure(String line, int status) {
        return new EarlyExit(line, status, false);
    }

    /// An answer on stdout. Lists that `help` asked for end with status 1, as QEMU's do.
    public static EarlyExit answer(String text, int status) {
        return new EarlyExit(text, status, true);
    }

    /// The exit status that the process is to end with.
    public int status() {
        return status;
    }

    /// Whether the text is an answer (for stdout), not a complaint (for stderr).
    public boolean isAnswer() {
        return answer;
    }

    /// Prints the text where it belongs; returns the exit status.
    public int report() {
        PrintStream stream = answer ? System.out : System.err;
        stream.println(getMessage());
        stream.flush();
        return status();
    }
}
