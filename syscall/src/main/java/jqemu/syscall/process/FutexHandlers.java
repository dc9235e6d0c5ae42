package jqemu.syscall.process;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.FutexSyscalls;

/// Futexes of all kinds are the host's, on the guest's memory; see futex(7) and set_robust_list(2).
final class FutexHandlers implements FutexSyscalls {
    private static final int WORD = 4;
    private static final int TIMESPEC_SIZE = 16;

    // commands of futex(2)
    private static final int FUTEX_WAIT = 0;
    private static final int FUTEX_WAKE = 1;
    private static final int FUTEX_REQUEUE = 3;
    private static final int FUTEX_CMP_REQUEUE = 4;
    private static final int FUTEX_WAKE_OP = 5;
    private static final int FUTEX_CMP_REQUEUE_PI = 12;
    private static final int FUTEX_LOCK_PI = 6;
    private static final int FUTEX_WAIT_BITSET = 9;
    private static final int FUTEX_WAIT_REQUEUE_PI = 11;
    private static final int FUTEX_LOCK_PI2 = 13;
    private static final int FUTEX_COMMAND_MASK = 0x7f;

    // struct futex_waitv
    private static final int WAITER_SIZE = 24;
    private static final int WAITER_ADDRESS = 8;
    private static final int MOST_WAITERS = 128;

    @Override
    public long futex(
            GuestThread thread, long address, int operation, int value, long timeout, long address2, int value3) {
        GuestMemory memory = thread.memory();
        long host = memory.hostPointer(address, WORD);
        long host2 = address2 == 0 ? 0 : memory.hostPointer(address2, WORD);
        long fourth = switch (operation & FUTEX_COMMAND_MASK) {
            case FUTEX_WAKE, FUTEX_WAKE_OP, FUTEX_REQUEUE, FUTEX_CMP_REQUEUE, FUTEX_CMP_REQUEUE_PI ->
                timeout; // a count, not a pointer
            default -> timeout == 0 ? 0 : memory.hostPointer(timeout, TIMESPEC_SIZE);
        };
        return mayBlock(operation)
                ? thread.blockingSyscall(HostSyscall.FUTEX, host, operation, value, fourth, host2, value3)
                : thread.syscall(HostSyscall.FUTEX, host, operation, value, fourth, host2, value3);
    }

    /// Whoever wakes others is never interrupted: callers take every error for their own mistake.
    private static boolean mayBlock(int operation) {
        return switch (operation & FUTEX_COMMAND_MASK) {
            case FUTEX_WAIT, FUTEX_LOCK_PI, FUTEX_WAIT_BITSET, FUTEX_WAIT_REQUEUE_PI, FUTEX_LOCK_PI2 -> true;
            default -> false;
        };
    }

    @Override
    public long futex_waitv(GuestThread thread, long waiters, long count, int flags, long timeout, int clock) {
        if (count <= 0 || count > MOST_WAITERS) {
            return -Errno.EINVAL;
        }
        long hostTimeout = HostPointers.optional(thread, timeout, TIMESPEC_SIZE);
        long list = waiters(thread, waiters, (int) count);
        return thread.blockingSyscall(HostSyscall.FUTEX_WAITV, list, count, flags, hostTimeout, clock, 0);
    }

    /// Translates an array of `struct futex_waitv`.
    private static long waiters(GuestThread thread, long vaddr, int count) {
        NativeBuffer scratch = thread.scratch();
        byte[] bytes = thread.memory().read(vaddr, count * WAITER_SIZE);
        long list = scratch.copyOf(bytes, 0, bytes.length);
        for (long each = list; each < list + bytes.length; each += WAITER_SIZE) {
            long address = each + WAITER_ADDRESS;
            scratch.putLong(address, thread.memory().hostPointer(scratch.getLong(address), WORD));
        }
        return list;
    }

    @Override
    public long futex_wake(GuestThread thread, long address, long mask, int count, int flags) {
        long host = HostPointers.required(thread, address, WORD);
        return thread.syscall(HostSyscall.FUTEX_WAKE, host, mask, count, flags, 0, 0);
    }

    @Override
    public long futex_wait(
            GuestThread thread, long address, long value, long mask, int flags, long timeout, int clock) {
        long host = HostPointers.required(thread, address, WORD);
        long hostTimeout = HostPointers.optional(thread, timeout, TIMESPEC_SIZE);
        return thread.blockingSyscall(HostSyscall.FUTEX_WAIT, host, value, mask, flags, hostTimeout, clock);
    }

    @Override
    public long futex_requeue(GuestThread thread, long waiters, int flags, int wake, int requeue) {
        return thread.syscall(HostSyscall.FUTEX_REQUEUE, waiters(thread, waiters, 2), flags, wake, requeue, 0, 0);
    }

    // ---- robust lists

    @Override
    public long set_robust_list(GuestThread thread, long head, long size) {
        if (size != RobustList.HEAD_SIZE) {
            return -Errno.EINVAL;
        }
        thread.setRobustList(head);
        return 0;
    }

    @Override
    public long get_robust_list(GuestThread thread, int tid, long head, long size) {
        GuestThread owner = tid == 0 ? thread : thread.process().threads().byTid(tid);
        if (owner == null) {
            return -Errno.ESRCH;
        }
        thread.memory().writeLong(size, RobustList.HEAD_SIZE);
        thread.memory().writeLong(head, owner.robustList());
        return 0;
    }
}
