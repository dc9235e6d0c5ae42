package jqemu.syscall.signal;

/// Linux's signal numbers, flags and codes, the same on AArch64 and x86-64 (signal(7), sigaction(2)).
public final class Signals {
    public static final int SIGQUIT = 3;
    public static final int SIGILL = 4;
    public static final int SIGTRAP = 5;
    public static final int SIGABRT = 6;
    public static final int SIGBUS = 7;
    public static final int SIGFPE = 8;
    public static final int SIGKILL = 9;
    public static final int SIGSEGV = 11;
    public static final int SIGUSR2 = 12;
    public static final int SIGPIPE = 13;
    public static final int SIGCHLD = 17;
    public static final int SIGCONT = 18;
    public static final int SIGSTOP = 19;
    public static final int SIGTSTP = 20;
    public static final int SIGTTIN = 21;
    public static final int SIGTTOU = 22;
    public static final int SIGURG = 23;
    public static final int SIGXCPU = 24;
    public static final int SIGXFSZ = 25;
    public static final int SIGWINCH = 28;
    public static final int SIGIO = 29;
    public static final int SIGSYS = 31;
    /// The highest signal number.
    public static final int COUNT = 64;

    public static final long SA_NOCLDSTOP = 1;
    public static final long SA_NOCLDWAIT = 2;
    public static final long SA_SIGINFO = 4;
    public static final long SA_RESTORER = 0x0400_0000;
    public static final long SA_ONSTACK = 0x0800_0000;
    public static final long SA_RESTART = 0x1000_0000;
    public static final long SA_NODEFER = 0x4000_0000;
    public static final long SA_RESETHAND = 0x8000_0000L;

    /// The handler value for the default action.
    public static final long SIG_DFL = 0;
    /// The handler value for ignoring.
    public static final long SIG_IGN = 1;

    public static final int SI_KERNEL = 0x80;
    public static final int ILL_ILLOPC = 1;
    /// `si_code` of SIGILL: illegal operand.
    public static final int ILL_ILLOPN = 2;
    public static final int SEGV_MAPERR = 1;
    public static final int SEGV_ACCERR = 2;
    public static final int BUS_ADRALN = 1;
    public static final int BUS_ADRERR = 2;
    public static final int TRAP_BRKPT = 1;

    private static final long UNBLOCKABLE = bit(SIGKILL) | bit(SIGSTOP);

    private Signals() {}

    /// Whether the default action of `signal` leaves a core file.
    public static boolean dumpsCore(int signal) {
        return switch (signal) {
            case SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXCPU, SIGXFSZ, SIGSYS -> true;
            default -> false;
        };
    }

    /// What strsignal(3) calls a signal that [#dumpsCore].
    public static String description(int signal) {
        return switch (signal) {
            case SIGQUIT -> "Quit";
            case SIGILL -> "Illegal instruction";
            case SIGTRAP -> "Trace/breakpoint trap";
            case SIGABRT -> "Aborted";
            case SIGBUS -> "Bus error";
            case SIGFPE -> "Floating point exception";
            case SIGSEGV -> "Segmentation fault";
            case SIGXCPU -> "CPU time limit exceeded";
            case SIGXFSZ -> "File size limit exceeded";
            case SIGSYS -> "Bad system call";
            default -> "Signal " + signal;
        };
    }

    /// The bit of `signal` in a mask.
    public static long bit(int signal) {
        return 1L << (signal - 1);
    }

    /// Whether `signal` is one.
    public static boolean isValid(int signal) {
        return signal >= 1 && signal <= COUNT;
    }

    /// `mask` without the signals that cannot be blocked.
    public static long blockable(long mask) {
        return mask & ~UNBLOCKABLE;
    }

    /// Whether the default action of `signal` ends the process.
    public static boolean isFatalByDefault(int signal) {
        return switch (signal) {
            case SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH -> false;
            default -> true;
        };
    }
}
