package jqemu.syscall.signal;

import java.nio.ByteBuffer;

/// A thread's alternate signal stack, `stack_t` of sigaltstack(2).
///
/// @param address its lowest address
/// @param flags `SS_DISABLE` or 0, and `SS_AUTODISARM`
/// @param size its size in bytes
public record AltStack(long address, int flags, long size) {
    /// The size of a `stack_t`.
    public static final int BYTES = 24;
    /// There is an alternate stack and the thread is on it.
    public static final int SS_ONSTACK = 1;
    /// There is none.
    public static final int SS_DISABLE = 2;
    /// It is disabled while a handler runs on it.
    public static final int SS_AUTODISARM = 1 << 31;

    /// The smallest size that sigaltstack(2) accepts on AArch64.
    public static final long MIN_SIZE = 5120;

    /// No alternate stack.
    public static final AltStack NONE = new AltStack(0, SS_DISABLE, 0);

    /// Whether there is one.
    public boolean isEnabled() {
        return size != 0 && (flags & SS_DISABLE) == 0;
    }

    /// Whether the stack pointer `sp` is on it.
    public boolean contains(long sp) {
        return isEnabled() && (flags & SS_AUTODISARM) == 0 && sp > address && sp - address <= size;
    }

    /// What sigaltstack(2) reports as flags when the stack pointer is `sp`.
    public int reportedFlags(long sp) {
        int disarm = flags & SS_AUTODISARM;
        return disarm | (!isEnabled() ? SS_DISABLE : contains(sp) ? SS_ONSTACK : 0);
    }

    /// Writes the `stack_t` at `offset`.
    void write(ByteBuffer target, int offset) {
        target.putLong(offset, address).putInt(offset + 8, flags).putLong(offset + 16, size);
    }

    /// Reads a `stack_t` at `offset`.
    public static AltStack read(ByteBuffer source, int offset) {
        return new AltStack(source.getLong(offset), source.getInt(offset + 8), source.getLong(offset + 16));
    }
}
