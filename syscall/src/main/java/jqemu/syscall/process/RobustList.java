package jqemu.syscall.process;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;

/// The mutexes that a thread holds and that whoever waits for them is to learn that it died: get_robust_list(2).
///
/// The host's kernel cannot walk the guest's list, whose pointers are guest addresses; this does what its
/// `exit_robust_list` does.
final class RobustList {
    /// `struct robust_list_head`: the first entry, the lock word's place relative to an entry, and the entry that
    /// is being locked or unlocked.
    static final int HEAD_SIZE = 24;

    private static final int OFFSET = 8;
    private static final int PENDING = 16;

    private static final int MOST_ENTRIES = 2048;
    private static final int WORD = 4;

    // the lock word
    private static final int WAITERS = 0x8000_0000;
    private static final int OWNER_DIED = 0x4000_0000;
    private static final int TID = 0x3fff_ffff;

    private static final int FUTEX_WAKE = 1;

    /// In the pointer to an entry: the mutex has priority inheritance, and the host's kernel wakes its waiters.
    private static final long PI = 1;

    private final GuestThread owner;
    private final GuestMemory memory;
    private final long offset;

    private RobustList(GuestThread owner, long offset) {
        this.owner = owner;
        this.memory = owner.memory();
        this.offset = offset;
    }

    /// Marks what `thread`, which ends, still holds, and wakes one waiter of each.
    static void ownerDies(GuestThread thread) {
        long head = thread.robustList();
        if (head == 0) {
            return;
        }
        thread.setRobustList(0);
        try {
            GuestMemory memory = thread.memory();
            new RobustList(thread, memory.readLong(head + OFFSET)).walk(head, memory.readLong(head + PENDING));
        } catch (GuestFault e) {
            // the kernel too stops at the first bad pointer
        }
    }

    private void walk(long head, long pending) {
        long entry = memory.readLong(head);
        for (int i = 0; i < MOST_ENTRIES && (entry & ~PI) != head; i++) {
            long next = memory.readLong(entry & ~PI);
            if (entry != pending) {
                release(entry, false);
            }
            entry = next;
        }
        if ((pending & ~PI) != 0) {
            release(pending, true);
        }
    }

    private void release(long entry, boolean isPending) {
        long lock = (entry & ~PI) + offset;
        boolean inherits = (entry & PI) != 0;
        if ((lock & (WORD - 1)) != 0 || !memory.isAccessible(lock, WORD, true)) {
            return;
        }
        while (true) {
            int word = memory.readInt(lock);
            if (isPending && !inherits && word == 0) {
                wake(lock); // unlocked, but who waits was not woken any more
                return;
            }
            if ((word & TID) != owner.tid()) {
                return;
            }
            int died = word & WAITERS | OWNER_DIED;
            if (memory.compareAndExchange32(lock, word, died) == word) {
                if (!inherits && (word & WAITERS) != 0) {
                    wake(lock);
                }
                return;
            }
        }
    }

    private void wake(long lock) {
        owner.process().host().syscall(HostSyscall.FUTEX, memory.hostPointer(lock, WORD), FUTEX_WAKE, 1);
    }
}
