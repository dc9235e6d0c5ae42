package jqemu.loader.host;

import jdk.internal.misc.Unsafe;

/// Layout of a guest thread's slot: a small block of host memory that signal handlers write and Java reads.
///
/// The constants are byte offsets from the slot's address, for translated code and for
/// `Unsafe.getIntOpaque(null, slot + FAULT)`; the methods are for everyone else. The C structure `jq_slot` in
/// `host.h` is the same.
public final class ThreadSlot {
    /// `int`: 1 while an asynchronous signal waits in the slot; all others stay blocked on the host until
    /// [#finishSignal].
    public static final int PENDING = 0;
    /// `int`: number of the waiting signal.
    public static final int SIGNAL = 4;
    /// `long`: the depth limit that translated code compares with at region entries and loop heads; every interrupt
    /// makes it -1. Whoever sets it back looks at [#PENDING] once more afterwards.
    public static final int POLL = 8;
    /// `int`: 1 after a guest access that faulted, until Java clears it.
    public static final int FAULT = 16;
    /// `int`: SIGSEGV or SIGBUS.
    public static final int FAULT_SIGNAL = 20;
    /// `long`: the host address of the access.
    public static final int FAULT_ADDRESS = 24;
    /// `int`: the host's `si_code`. It says SEGV_ACCERR for an unmapped guest page too, because the whole range is
    /// mapped on the host: see `GuestMemory.faultCode`.
    public static final int FAULT_CODE = 32;
    /// `int`: 1 for a store.
    public static final int FAULT_WRITE = 36;
    /// `long`: the host pc, for debugging only.
    public static final int FAULT_PC = 40;
    /// `long`: the signal mask to restore when the waiting signal is delivered.
    public static final int SAVED_MASK = 48;
    /// `long`: signals that this thread was given.
    public static final int SIGNAL_COUNT = 56;
    /// `long`: guest faults of this thread.
    public static final int FAULT_COUNT = 64;
    /// `int`: the thread's host id.
    public static final int TID = 72;
    /// `long`: what to free.
    private static final int BLOCK = 80;
    /// 128 bytes: the waiting signal's `siginfo_t`, in the host's layout.
    public static final int SIGINFO = 128;
    /// 256 bytes that belong to Java; a load that nobody reads may be stored here.
    public static final int SCRATCH = 256;
    /// Bytes in a slot.
    public static final int SIZE = 512;

    /// The poll word of a thread that nobody interrupts: how many calls of translated code may be nested. The
    /// stacks of guest threads have room for so many.
    public static final long MAX_DEPTH = 1000;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private ThreadSlot() {}

    /// {@return a new slot for a thread, aligned to a cache line}
    static long allocate(int tid) {
        long block = UNSAFE.allocateMemory(SIZE + 64);
        UNSAFE.setMemory(block, SIZE + 64, (byte) 0);
        long slot = (block + 63) & -64L;
        UNSAFE.putLong(slot + BLOCK, block);
        UNSAFE.putInt(slot + TID, tid);
        UNSAFE.putLong(slot + POLL, MAX_DEPTH);
        return slot;
    }

    static void free(long slot) {
        UNSAFE.freeMemory(UNSAFE.getLong(slot + BLOCK));
    }

    /// {@return whether an asynchronous signal waits for delivery}
    public static boolean isPending(long slot) {
        return UNSAFE.getIntAcquire(null, slot + PENDING) != 0;
    }

    /// {@return the waiting signal's number}
    public static int signal(long slot) {
        return UNSAFE.getInt(slot + SIGNAL);
    }

    /// {@return the signal mask that was in force when the waiting signal came}
    public static long savedMask(long slot) {
        return UNSAFE.getLong(slot + SAVED_MASK);
    }

    /// Copies the waiting signal's siginfo, 128 bytes in the host's layout.
    public static void readSiginfo(long slot, byte[] target) {
        UNSAFE.copyMemory(null, slot + SIGINFO, target, Unsafe.ARRAY_BYTE_BASE_OFFSET, 128);
    }

    /// Frees the slot for the next signal; the caller then sets the thread's signal mask, which lets it in.
    public static void finishSignal(long slot) {
        UNSAFE.putIntRelease(null, slot + PENDING, 0);
    }

    /// {@return whether a guest access faulted since the last [#clearFault]}
    public static boolean isFault(long slot) {
        return UNSAFE.getIntOpaque(null, slot + FAULT) != 0;
    }

    /// {@return SIGSEGV or SIGBUS}
    public static int faultSignal(long slot) {
        return UNSAFE.getInt(slot + FAULT_SIGNAL);
    }

    /// {@return the host address of the access that faulted}
    public static long faultAddress(long slot) {
        return UNSAFE.getLong(slot + FAULT_ADDRESS);
    }

    /// {@return the host's `si_code`}
    public static int faultCode(long slot) {
        return UNSAFE.getInt(slot + FAULT_CODE);
    }

    /// {@return whether the access that faulted was a store}
    public static boolean isFaultWrite(long slot) {
        return UNSAFE.getInt(slot + FAULT_WRITE) != 0;
    }

    /// Records a fault that a check found, as if the access had been made.
    public static void recordFault(long slot, long hostAddress, boolean write) {
        UNSAFE.putInt(slot + FAULT_SIGNAL, 11);
        UNSAFE.putLong(slot + FAULT_ADDRESS, hostAddress);
        UNSAFE.putInt(slot + FAULT_WRITE, write ? 1 : 0);
        UNSAFE.putIntOpaque(null, slot + FAULT, 1);
    }

    /// Makes the slot ready for the next fault.
    public static void clearFault(long slot) {
        UNSAFE.putIntOpaque(null, slot + FAULT, 0);
    }

    /// {@return the number of guest faults so far}
    public static long faultCount(long slot) {
        return UNSAFE.getLongOpaque(null, slot + FAULT_COUNT);
    }

    /// {@return the depth limit, or -1 after an interrupt}
    public static long poll(long slot) {
        return UNSAFE.getLongOpaque(null, slot + POLL);
    }

    /// Sets the depth limit; -1 interrupts the thread at its next poll, from whichever thread this is called.
    public static void setPoll(long slot, long limit) {
        UNSAFE.putLongVolatile(null, slot + POLL, limit);
    }

    /// {@return the host's id of the slot's thread}
    public static int tid(long slot) {
        return UNSAFE.getInt(slot + TID);
    }
}
