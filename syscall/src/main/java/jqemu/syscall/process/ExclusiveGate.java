package jqemu.syscall.process;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one thread work while no guest thread executes guest code, QEMU's `start_exclusive`.
///
/// A guest thread is inside while it executes translated code and outside during system calls. Entering waits while
/// somebody is exclusive; becoming exclusive interrupts the threads that are inside and waits until they have left.
/// While the process has one thread there is nobody to wait for, and entering and leaving cost nothing.
final class ExclusiveGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean exclusive;

    /// Waits until `thread` may execute guest code.
    void enter(GuestThread thread) {
        lock.lock();
        try {
            while (exclusive) {
                changed.awaitUninterruptibly();
            }
            thread.setInside(true);
        } finally {
            lock.unlock();
        }
    }

    /// `thread` executes no guest code for now.
    void leave(GuestThread thread) {
        lock.lock();
        try {
            thread.setInside(false);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until none of `threads` is inside and keeps it so until [#end]. The caller is outside.
    void begin(Iterable<GuestThread> threads) {
        lock.lock();
        try {
            while (exclusive) {
                changed.awaitUninterruptibly();
            }
            exclusive = true;
            for (GuestThread thread : threads) {
                while (thread.isInside()) {
                    thread.vcpu().requestInterrupt();
                    changed.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets the others in again.
    void end() {
        lock.lock();
        try {
            exclusive = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
