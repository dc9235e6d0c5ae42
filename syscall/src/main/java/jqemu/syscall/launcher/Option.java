package jqemu.syscall.launcher;

import org.jspecify.annotations.Nullable;

/// The command-line options: each is one line here and one `case` in [OptionParser].
///
/// Names and environment variables are QEMU's up to [#JITDUMP]; those from [#HOST] on are ours.
enum Option {
    // name, environment variable, argument (null: a flag), help
    H("h", null, null, "print this help and exit"),
    HELP("help", null, null, "the same"),
    VERSION("version", "QEMU_VERSION", null, "print the version and exit"),
    LD_PREFIX("L", "QEMU_LD_PREFIX", "path", "look for the ELF interpreter and absolute paths below 'path' first"),
    STACK_SIZE("s", "QEMU_STACK_SIZE", "size", "size of the guest's stack in bytes (suffix k, K or M)"),
    CPU("cpu", "QEMU_CPU", "model", "CPU model ('help' lists them)"),
    SET_ENV("E", "QEMU_SET_ENV", "var=value[,...]", "set variables of the guest's environment"),
    UNSET_ENV("U", "QEMU_UNSET_ENV", "var[,...]", "unset variables of the guest's environment"),
    ARGV0("0", "QEMU_ARGV0", "argv0", "the guest's argv[0]"),
    UNAME("r", "QEMU_UNAME", "uname", "release that uname(2) reports"),
    GUEST_BASE("B", "QEMU_GUEST_BASE", "address", "host address of the guest's address 0"),
    RESERVED_VA("R", "QEMU_RESERVED_VA", "size", "size of the guest's address space (suffix k, M or G)"),
    RTSIG_MAP("t", "QEMU_RTSIG_MAP", "tsig hsig n[,...]", "map n real-time signals from tsig to the host's hsig"),
    LOG("d", "QEMU_LOG", "item[,...]", "log these items ('help' lists them)"),
    DFILTER("dfilter", "QEMU_DFILTER", "range[,...]", "log blocks in these ranges only (a..b, a+length, a-length)"),
    LOG_FILE("D", "QEMU_LOG_FILENAME", "file", "write the log to 'file' (%d: the process id) instead of stderr"),
    PAGE_SIZE("p", "QEMU_PAGESIZE", "size", "host page size; deprecated, has no effect"),
    ONE_INSN_PER_TB("one-insn-per-tb", "QEMU_ONE_INSN_PER_TB", null, "one guest instruction per block"),
    TB_SIZE("tb-size", "QEMU_TB_SIZE", "size", "room for translated code in MiB"),
    STRACE("strace", "QEMU_STRACE", null, "log system calls"),
    SEED("seed", "QEMU_RAND_SEED", "number", "make random numbers that the guest is given repeatable"),
    PLUGIN("plugin", "QEMU_PLUGIN", "[file=]file[,name=value...]", "load a plugin: a jar or a .java file"),
    GDB("g", "QEMU_GDB", "port", "not supported yet"),
    TRACE("trace", "QEMU_TRACE", "pattern", "not supported yet"),
    PERFMAP("perfmap", "QEMU_PERFMAP", null, "write /tmp/perf-PID.map for perf at the end"),
    JITDUMP("jitdump", "QEMU_JITDUMP", null, "not supported yet"),

    HOST("host", "JQEMU_HOST", "native|jnr", "how to reach the host: the native library, or portably through JNR"),
    TIER("tier", "JQEMU_TIER", "auto|1|2", "execution tier: 1 interpreter only, 2 compile every block at once");

    /// The option without its dash.
    final String spelling;

    /// The environment variable that stands for it.
    final @Nullable String variable;

    /// What the argument is, in the help; null for a flag.
    final @Nullable String argument;

    final String help;

    private static final Option[] ALL = values();

    Option(String spelling, @Nullable String variable, @Nullable String argument, String help) {
        this.spelling = spelling;
        this.variable = variable;
        this.argument = argument;
        this.help = help;
    }

    static int count() {
        return ALL.length;
    }

    static Option at(int ordinal) {
        return ALL[ordinal];
    }

    /// Whether it is an addition to QEMU's options.
    boolean isOurs() {
        return compareTo(HOST) >= 0;
    }

    /// The option that `argument` spells from `start` on, or null.
    static @Nullable Option find(byte[] argument, int start) {
        for (Option option : ALL) {
            if (isSpelled(argument, start, option.spelling)) {
                return option;
            }
        }
        return null;
    }

    private static boolean isSpelled(byte[] argument, int start, String spelling) {
        int length = spelling.length();
        if (argument.length - start != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (argument[start + i] != spelling.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
