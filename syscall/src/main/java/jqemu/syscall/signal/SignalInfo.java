package jqemu.syscall.signal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.memory.GuestMemory;

/// A `siginfo_t`: 128 bytes whose layout is the same on AArch64 and x86-64.
///
/// @param bytes the structure
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record SignalInfo(byte[] bytes) {
    /// The size of a `siginfo_t`.
    public static final int SIZE = 128;

    private static final int SI_SIGNO = 0;
    private static final int SI_CODE = 8;
    private static final int SI_ADDR = 16;
    private static final int SI_PID = 16;
    private static final int SI_UID = 20;
    private static final int SI_BAND = 16;
    private static final int SI_FD = 24;
    private static final int SI_STATUS = 24;
    private static final int SI_VALUE = 24;
    private static final int SI_UTIME = 32;
    private static final int SI_STIME = 40;
    private static final int SI_USER = 0;
    private static final int SI_TKILL = -6;

    /// The information of a fault of the vCPU's own making.
    ///
    /// @param address what `si_addr` shows
    public static SignalInfo fault(int signal, int code, long address) {
        byte[] bytes = new byte[SIZE];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SI_SIGNO, signal)
                .putInt(SI_CODE, code)
                .putLong(SI_ADDR, address);
        return new SignalInfo(bytes);
    }

    /// The information of a signal that process `pid` of user `uid` sent with kill(2); the code is `SI_USER`, 0.
    static SignalInfo sentBy(int pid, int uid, int signal) {
        byte[] bytes = new byte[SIZE];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SI_SIGNO, signal)
                .putInt(SI_PID, pid)
                .putInt(SI_UID, uid);
        return new SignalInfo(bytes);
    }

    /// The structure at a guest address.
    ///
    /// @throws jqemu.loader.memory.GuestFault where it cannot be read
    public static SignalInfo read(GuestMemory memory, long vaddr) {
        byte[] bytes = memory.read(vaddr, SIZE);
        return new SignalInfo(bytes);
    }

    private int intAt(int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    private long longAt(int offset) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
    }

    /// The signal's number.
    public int signal() {
        return intAt(SI_SIGNO);
    }

    /// How it came: `SI_USER` and its like, or what the signal means.
    public int code() {
        return intAt(SI_CODE);
    }

    // ---- which fields are used, as QEMU tells it (host_to_target_siginfo_noswap)

    /// Whether a process sent it, without a value: [#pid] and [#uid].
    public boolean isSentByProcess() {
        int code = code();
        return code == SI_USER || code == SI_TKILL || code == Signals.SI_KERNEL;
    }

    /// Whether it tells of a child: [#pid], [#uid], [#status], [#userTime] and [#systemTime].
    public boolean isOfChild() {
        return signal() == Signals.SIGCHLD;
    }

    /// Whether it tells of a descriptor: [#band] and [#fd].
    public boolean isOfDescriptor() {
        return signal() == Signals.SIGIO;
    }

    /// Whether an instruction caused it: [#address].
    public boolean isOfFault() {
        return code() > 0
                && switch (signal()) {
                    case Signals.SIGILL, Signals.SIGTRAP, Signals.SIGBUS, Signals.SIGFPE, Signals.SIGSEGV -> true;
                    default -> false;
                };
    }

    /// The process that sent it, or the child.
    public int pid() {
        return intAt(SI_PID);
    }

    /// The sender's user.
    public int uid() {
        return intAt(SI_UID);
    }

    /// A child's exit status or signal.
    public int status() {
        return intAt(SI_STATUS);
    }

    /// A child's time in user mode, in clock ticks.
    public long userTime() {
        return longAt(SI_UTIME);
    }

    /// A child's time in the kernel, in clock ticks.
    public long systemTime() {
        return longAt(SI_STIME);
    }

    /// What a descriptor is ready for.
    public int band() {
        return intAt(SI_BAND);
    }

    /// The descriptor.
    public int fd() {
        return intAt(SI_FD);
    }

    /// The value that was sent with it.
    public long value() {
        return longAt(SI_VALUE);
    }

    /// For a fault, its address.
    public long address() {
        return longAt(SI_ADDR);
    }
}
