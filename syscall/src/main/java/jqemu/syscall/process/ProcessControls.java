package jqemu.syscall.process;

/// What prctl(2)'s options do with their arguments, and which of them we hand to the host.
final class ProcessControls {
    static final int PR_SET_NAME = 15;
    static final int PR_GET_NAME = 16;

    /// TASK_COMM_LEN: a thread's name with its zero byte.
    static final int NAME_SIZE = 16;

    static final int PR_PAC_RESET_KEYS = 54;
    static final int PR_SET_TAGGED_ADDR_CTRL = 55;
    static final int PR_GET_TAGGED_ADDR_CTRL = 56;
    /// Bit 0 of that control.
    static final long PR_TAGGED_ADDR_ENABLE = 1;

    /// Bytes that the second argument points at, at most.
    static final int SIZE = 16;

    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_GET_PDEATHSIG = 2;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_GET_KEEPCAPS = 7;
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int PR_GET_TIMING = 13;
    private static final int PR_SET_TIMING = 14;
    private static final int PR_CAPBSET_READ = 23;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_GET_SECUREBITS = 27;
    private static final int PR_SET_SECUREBITS = 28;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PR_GET_TIMERSLACK = 30;
    private static final int PR_MCE_KILL = 33;
    private static final int PR_MCE_KILL_GET = 34;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;
    private static final int PR_SET_THP_DISABLE = 41;
    private static final int PR_GET_THP_DISABLE = 42;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_SET_PTRACER = 0x59616d61;

    private ProcessControls() {}

    /// What becomes of an option.
    enum Kind {
        /// The host's: the arguments are numbers.
        NUMBERS,
        /// The host's: the second argument is an address.
        ADDRESS,
        /// Ours.
        TAGGED_ADDRESSES,
        /// Ours.
        POINTER_KEYS,
        /// Not known, or one that would change the JVM's memory, signals or system calls.
        UNKNOWN
    }

    /// {@return what becomes of an option}
    static Kind kind(int option) {
        return switch (option) {
            case PR_SET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE, PR_GET_KEEPCAPS, PR_SET_KEEPCAPS -> Kind.NUMBERS;
            case PR_GET_TIMING, PR_SET_TIMING, PR_CAPBSET_READ, PR_CAPBSET_DROP, PR_GET_SECUREBITS -> Kind.NUMBERS;
            case PR_SET_SECUREBITS, PR_SET_TIMERSLACK, PR_GET_TIMERSLACK, PR_MCE_KILL, PR_MCE_KILL_GET -> Kind.NUMBERS;
            case PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_SET_PTRACER -> Kind.NUMBERS;
            case PR_SET_THP_DISABLE, PR_GET_THP_DISABLE, PR_CAP_AMBIENT -> Kind.NUMBERS;
            case PR_SET_NAME, PR_GET_NAME, PR_GET_PDEATHSIG, PR_GET_CHILD_SUBREAPER -> Kind.ADDRESS;
            case PR_SET_TAGGED_ADDR_CTRL, PR_GET_TAGGED_ADDR_CTRL -> Kind.TAGGED_ADDRESSES;
            case PR_PAC_RESET_KEYS -> Kind.POINTER_KEYS;
            default -> Kind.UNKNOWN;
        };
    }
}
