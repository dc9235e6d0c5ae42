package jqemu.syscall.launcher;

import org.jspecify.annotations.Nullable;

/// What `-d` can log, QEMU's names.
public enum LogItem {
    // spelling, meaning
    /// Bytecode of each region.
    OUT_ASM("out_asm", "bytecode of each compiled region"),
    /// Guest code of each block.
    IN_ASM("in_asm", "guest code of each translated block"),
    /// IR before optimization.
    OP("op", "IR of each translated block"),
    /// IR after optimization.
    OP_OPT("op_opt", "IR after optimization"),
    /// IR before indirect lowering: there is none here, so the same as [#OP_OPT].
    OP_IND("op_ind", "IR before indirect lowering"),
    /// IR before plugin requests are added.
    OP_PLUGIN("op_plugin", "IR before plugin requests are added"),
    /// Exceptions and signals.
    INT("int", "exceptions and signals, in short"),
    /// Each block that is entered.
    EXEC("exec", "each block that is entered"),
    /// Registers before each block.
    CPU("cpu", "registers before each block"),
    /// Floating-point registers too.
    FPU("fpu", "floating-point registers with 'cpu'"),
    /// Vector registers too.
    VPU("vpu", "vector registers with 'cpu'"),
    /// Address translation.
    MMU("mmu", "address translation"),
    /// Protected-mode calls of x86.
    PCALL("pcall", "protected-mode calls (x86)"),
    /// Registers before a CPU reset.
    CPU_RESET("cpu_reset", "registers before a CPU reset"),
    /// What is not implemented.
    UNIMP("unimp", "what the guest uses and we lack"),
    /// Mistakes of the guest.
    GUEST_ERRORS("guest_errors", "mistakes of the guest"),
    /// The memory map at the start.
    PAGE("page", "the memory map at the start"),
    /// Blocks are not chained.
    NOCHAIN("nochain", "do not chain blocks, so that 'exec' and 'cpu' show each"),
    /// What plugins print.
    PLUGIN("plugin", "output of plugins"),
    /// System calls.
    STRACE("strace", "system calls"),
    /// A log file per thread.
    TID("tid", "a log file per thread (with -D file%d)"),
    /// Invalid memory accesses.
    INVALID_MEM("invalid_mem", "invalid memory accesses"),
    /// What was translated and compiled, at the end.
    STATS("stats", "what was translated and compiled, at the end");

    private static final LogItem[] ALL = values();

    private final String spelling;
    private final String meaning;

    LogItem(String spelling, String meaning) {
        this.spelling = spelling;
        this.meaning = meaning;
    }

    /// This item's bit in a set of items.
    @SuppressWarnings("EnumOrdinal") // what a bit set of an enum is made of
    public long bit() {
        return 1L << ordinal();
    }

    /// The bit set of a comma-separated list; `all` is all that logs without changing execution or files.
    static long parse(byte[] list) throws EarlyExit {
        long items = 0;
        for (byte[] part : Environment.splitAtComma(list)) {
            String name = Launch.text(part);
            if (name.equals("all")) {
                items |= allBits();
            } else if (name.startsWith("trace:")) {
                throw EarlyExit.mistake("log item 'trace:' is not supported yet");
            } else {
                LogItem item = find(name);
                if (item == null) {
                    throw EarlyExit.answer(list(), 1);
                }
                items |= item.bit();
            }
        }
        return items;
    }

    private static @Nullable LogItem find(String name) {
        for (LogItem item : ALL) {
            if (item.spelling.equals(name)) {
                return item;
            }
        }
        return null;
    }

    private static long allBits() {
        return ((1L << ALL.length) - 1) & ~NOCHAIN.bit() & ~TID.bit();
    }

    private static String list() {
        StringBuilder text = new StringBuilder("Log items (comma separated):");
        for (LogItem item : ALL) {
            text.append('\n').append(Usage.padded(item.spelling, 16)).append(item.meaning);
        }
        return text.append('\n')
                .append(Usage.padded("all", 16))
                .append("all of them but nochain and tid")
                .toString();
    }
}
