package jqemu.syscall.launcher;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line and the `QEMU_*` variables ask for. Text is bytes, as it came; sizes are bytes unless a
/// method says otherwise. [OptionParser] fills it; afterwards it does not change.
public final class Options {
    /// The value of sizes and addresses that no option gives.
    public static final long UNSET = -1;

    /// The way to the host that `-host` asks for.
    public enum HostChoice {
        /// The native library where there is one for this host, else JNR.
        AUTO,
        /// The native library.
        NATIVE,
        /// The portable way, through JNR.
        JNR
    }

    /// The execution tier that `-tier` asks for; tests compare tiers with it.
    public enum TierChoice {
        /// Interpret first, compile what is hot.
        AUTO,
        /// Interpret everything.
        INTERPRET,
        /// Compile each block before it runs.
        COMPILE
    }

    byte[] program = {};
    byte[][] arguments = {};
    byte[][] environment = {};
    byte @Nullable [] argv0;
    byte @Nullable [] ldPrefix;
    byte @Nullable [] uname;
    byte @Nullable [] logFile;
    String cpu = "max";
    long stackSize = UNSET;
    long guestBase = UNSET;
    long reservedVa = UNSET;
    long tbSize = UNSET;
    int[] rtSignalMap = {};
    long logItems;

    @Nullable
    AddressRanges logRanges;

    boolean oneInsnPerTb;
    boolean perfMap;
    boolean seeded;
    long seed;
    final List<byte[]> plugins = new ArrayList<>(0);
    HostChoice host = HostChoice.AUTO;
    TierChoice tier = TierChoice.AUTO;

    Options() {}

    /// The program's path as given.
    public byte[] program() {
        return program;
    }

    /// The guest's argv; argv[0] is what `-0` says, else the program's path.
    public byte[][] arguments() {
        return arguments;
    }

    /// The guest's environment: the caller's, changed by `-E` and `-U`.
    public byte[][] environment() {
        return environment;
    }

    /// `-L`: the folder below which absolute paths are looked for first, or null.
    public byte @Nullable [] ldPrefix() {
        return ldPrefix;
    }

    /// `-r`: the release that `uname(2)` reports, or null for the host's.
    public byte @Nullable [] uname() {
        return uname;
    }

    /// `-D`: the log file, in which `%d` stands for the process id; null for stderr.
    public byte @Nullable [] logFile() {
        return logFile;
    }

    /// `-cpu`: what [CpuModels#parse] takes.
    public String cpu() {
        return cpu;
    }

    /// `-s`: size of the guest's stack, or [#UNSET].
    public long stackSize() {
        return stackSize;
    }

    /// `-B`: host address of guest address 0, or [#UNSET].
    public long guestBase() {
        return guestBase;
    }

    /// `-R`: size of the guest's address space, or [#UNSET].
    public long reservedVa() {
        return reservedVa;
    }

    /// `-tb-size`: room for translated code in MiB, or [#UNSET].
    public long tbSize() {
        return tbSize;
    }

    /// `-t`: triplets of guest signal, host signal, count.
    public int[] rtSignalMap() {
        return rtSignalMap.clone();
    }

    /// Whether `-d` (or `-strace`) asks for this item.
    public boolean logs(LogItem item) {
        return (logItems & item.bit()) != 0;
    }

    /// The bits ([LogItem#bit]) of all items asked for; 0 when nothing is to be logged, the usual case.
    public long logItems() {
        return logItems;
    }

    /// `-dfilter`: the guest addresses whose blocks are logged, or null for all.
    public @Nullable AddressRanges logRanges() {
        return logRanges;
    }

    /// `-one-insn-per-tb`.
    public boolean oneInsnPerTb() {
        return oneInsnPerTb;
    }

    /// `-perfmap`.
    public boolean perfMap() {
        return perfMap;
    }

    /// Whether `-seed` was given.
    public boolean isSeeded() {
        return seeded;
    }

    /// `-seed`: an unsigned number; meaningless unless [#isSeeded].
    public long seed() {
        return seed;
    }

    /// `-plugin`: the arguments (`[file=]file[,name=value...]`) in order.
    public List<byte[]> plugins() {
        return List.copyOf(plugins);
    }

    /// `-host`.
    public HostChoice host() {
        return host;
    }

    /// `-tier`.
    public TierChoice tier() {
        return tier;
    }
}
