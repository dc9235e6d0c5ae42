package jqemu.syscall.signal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    /// The signal's number.
    public int signal() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(SI_SIGNO);
    }

    /// For a fault, its address.
    public long address() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(SI_ADDR);
    }
}
