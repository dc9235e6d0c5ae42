package jqemu.syscall.process;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The live threads of the guest process, and the vCPU indexes that plugins know them by.
///
/// A new thread gets the highest index in use plus 1, as in QEMU, so that indexes are used again.
final class ThreadTable {
    private final List<GuestThread> threads = new ArrayList<>();

    /// The index for the next thread, which [#add] takes up.
    synchronized int nextIndex() {
        int next = 0;
        for (GuestThread thread : threads) {
            next = Math.max(next, thread.env().index() + 1);
        }
        return next;
    }

    synchronized void add(GuestThread thread) {
        threads.add(thread);
    }

    /// Removes a thread that ends; the number of those that remain.
    synchronized int remove(GuestThread thread) {
        threads.remove(thread);
        return threads.size();
    }

    synchronized int count() {
        return threads.size();
    }

    /// The live thread with this id, or `null`.
    synchronized @Nullable GuestThread byTid(int tid) {
        for (GuestThread thread : threads) {
            if (thread.tid() == tid) {
                return thread;
            }
        }
        return null;
    }

    /// A copy of the list.
    synchronized List<GuestThread> all() {
        return new ArrayList<>(threads);
    }
}
