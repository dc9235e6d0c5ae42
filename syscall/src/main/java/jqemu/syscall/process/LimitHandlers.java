package jqemu.syscall.process;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.LimitSyscalls;

/// Resource limits and usage: prlimit(2), getrusage(2).
final class LimitHandlers implements LimitSyscalls {
    private static final int RLIMIT_SIZE = 16;
    private static final int RUSAGE_SIZE = 144;

    private final Limits limits;

    LimitHandlers(Limits limits) {
        this.limits = limits;
    }

    @Override
    public long prlimit64(GuestThread thread, int pid, int resource, long limit, long old) {
        if (!Limits.isEmulated(resource) || (pid != 0 && pid != thread.syscall(HostSyscall.GETPID, 0, 0, 0, 0, 0, 0))) {
            long hostLimit = HostPointers.optional(thread, limit, RLIMIT_SIZE);
            long hostOld = HostPointers.optional(thread, old, RLIMIT_SIZE);
            long result = thread.syscall(HostSyscall.PRLIMIT64, pid, resource, hostLimit, hostOld, 0, 0);
            if (resource == Rlimits.CORE && limit != 0 && thread.process().wantsCore()) {
                thread.process().signalActions().catchFatal();
            }
            return result;
        }
        long oldSoft = limits.soft(resource);
        long oldHard = limits.hard(resource);
        if (limit != 0) {
            long result = limits.set(
                    resource, thread.memory().readLong(limit), thread.memory().readLong(limit + 8));
            if (result < 0) {
                return result;
            }
        }
        if (old != 0) {
            thread.memory().writeLong(old, oldSoft);
            thread.memory().writeLong(old + 8, oldHard);
        }
        return 0;
    }

    @Override
    public long getrlimit(GuestThread thread, int resource, long limit) {
        return limit == 0 ? -Errno.EFAULT : prlimit64(thread, 0, resource, 0, limit);
    }

    @Override
    public long setrlimit(GuestThread thread, int resource, long limit) {
        return limit == 0 ? -Errno.EFAULT : prlimit64(thread, 0, resource, limit, 0);
    }

    @Override
    public long getrusage(GuestThread thread, int who, long usage) {
        long target = HostPointers.required(thread, usage, RUSAGE_SIZE);
        return thread.syscall(HostSyscall.GETRUSAGE, who, target, 0, 0, 0, 0);
    }
}
