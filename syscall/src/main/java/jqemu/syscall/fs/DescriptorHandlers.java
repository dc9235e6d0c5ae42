package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestFault;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.abi.OpenFlags;
import jqemu.syscall.dispatch.DescriptorSyscalls;
import jqemu.syscall.process.GuestThread;

/// File descriptors themselves: dup(2), close(2), fcntl(2), ioctl(2), and what makes them without a file.
final class DescriptorHandlers implements DescriptorSyscalls {
    private static final int O_CLOEXEC = OpenFlags.O_CLOEXEC;
    private static final int CLOSE_RANGE_UNSHARE = 2;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final int MFD_CLOEXEC = 1;

    private static final int F_DUPFD = 0;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_GETLK = 5;
    private static final int F_SETLK = 6;
    private static final int F_SETLKW = 7;
    private static final int F_SETOWN = 8;
    private static final int F_GETOWN = 9;
    private static final int F_SETSIG = 10;
    private static final int F_GETSIG = 11;
    private static final int F_SETOWN_EX = 15;
    private static final int F_GETOWN_EX = 16;
    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int F_OFD_SETLKW = 38;
    private static final int F_SETLEASE = 1024;
    private static final int F_GETLEASE = 1025;
    private static final int F_NOTIFY = 1026;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    private static final int F_GET_RW_HINT = 1035;
    private static final int F_SET_FILE_RW_HINT = 1038;
    private static final int FD_CLOEXEC = 1;
    private static final int FLOCK_SIZE = 32;

    private final FdTable fds;

    DescriptorHandlers(FdTable fds) {
        this.fds = fds;
    }

    @Override
    public long dup(GuestThread thread, int fd) {
        return fds.duplicate(fd, 0, false);
    }

    @Override
    public long dup3(GuestThread thread, int oldFd, int newFd, int flags) {
        return oldFd == newFd || (flags & ~O_CLOEXEC) != 0
                ? -Errno.EINVAL
                : fds.replace(oldFd, newFd, (flags & O_CLOEXEC) != 0);
    }

    @Override
    public long close(GuestThread thread, int fd) {
        return fds.close(fd);
    }

    @Override
    public long close_range(GuestThread thread, int first, int last, int flags) {
        if ((flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) != 0 || Integer.compareUnsigned(first, last) > 0) {
            return -Errno.EINVAL;
        }
        int fd = first < 0 ? -1 : fds.next(first);
        while (fd >= 0 && Integer.compareUnsigned(fd, last) <= 0) {
            if ((flags & CLOSE_RANGE_CLOEXEC) != 0) {
                fds.setCloseOnExec(fd, true);
            } else {
                fds.close(fd);
            }
            fd = fds.next(fd + 1);
        }
        return 0;
    }

    @Override
    public long fcntl(GuestThread thread, int fd, int command, long argument) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        return switch (command) {
            case F_DUPFD -> fds.duplicate(fd, (int) argument, false);
            case F_DUPFD_CLOEXEC -> fds.duplicate(fd, (int) argument, true);
            case F_GETFD -> fds.closeOnExec(fd);
            case F_SETFD -> fds.setCloseOnExec(fd, (argument & FD_CLOEXEC) != 0);
            case F_GETFL -> {
                long flags = host(thread, hostFd, command, 0);
                yield flags < 0 ? flags : OpenFlags.toGuest((int) flags);
            }
            case F_SETFL -> host(thread, hostFd, command, OpenFlags.toHost((int) argument));
            case F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW ->
                host(thread, hostFd, command, HostPointers.required(thread, argument, FLOCK_SIZE));
            case F_GETOWN_EX, F_SETOWN_EX -> host(thread, hostFd, command, HostPointers.required(thread, argument, 8));
            case F_SETOWN, F_GETOWN, F_SETSIG, F_GETSIG, F_SETLEASE, F_GETLEASE, F_NOTIFY ->
                host(thread, hostFd, command, argument);
            case F_SETPIPE_SZ, F_GETPIPE_SZ, F_ADD_SEALS, F_GET_SEALS -> host(thread, hostFd, command, argument);
            default ->
                command >= F_GET_RW_HINT && command <= F_SET_FILE_RW_HINT
                        ? host(thread, hostFd, command, HostPointers.required(thread, argument, 8))
                        : -Errno.EINVAL;
        };
    }

    /// F_SETLKW waits.
    private static long host(GuestThread thread, int hostFd, int command, long argument) {
        return thread.blockingSyscall(HostSyscall.FCNTL, hostFd, command, argument, 0, 0, 0);
    }

    @Override
    public long ioctl(GuestThread thread, int fd, int request, long argument) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        return switch (request) {
            case Ioctls.FIOCLEX -> fds.setCloseOnExec(fd, true);
            case Ioctls.FIONCLEX -> fds.setCloseOnExec(fd, false);
            case Ioctls.FICLONE -> {
                int source = fds.host((int) argument);
                yield source < 0 ? source : ioctlOnHost(thread, hostFd, request, source);
            }
            case Ioctls.TIOCGPTPEER ->
                fds.add(
                        ioctlOnHost(thread, hostFd, request, OpenFlags.toHost((int) argument) | O_CLOEXEC),
                        (argument & O_CLOEXEC) != 0);
            default ->
                switch (Ioctls.argument(request)) {
                    case NUMBER -> ioctlOnHost(thread, hostFd, request, argument);
                    case ADDRESS -> {
                        int size = Ioctls.size(request);
                        yield ioctlOnHost(thread, hostFd, request, HostPointers.optional(thread, argument, size));
                    }
                    case UNKNOWN -> -Errno.ENOTTY;
                };
        };
    }

    /// TCSBRK and the like wait.
    private static long ioctlOnHost(GuestThread thread, int hostFd, int request, long argument) {
        long number = Integer.toUnsignedLong(request);
        return thread.blockingSyscall(HostSyscall.IOCTL, hostFd, number, argument, 0, 0, 0);
    }

    @Override
    public long flock(GuestThread thread, int fd, int operation) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : thread.blockingSyscall(HostSyscall.FLOCK, hostFd, operation, 0, 0, 0, 0);
    }

    @Override
    public long pipe2(GuestThread thread, long target, int flags) {
        NativeBuffer scratch = thread.scratch();
        long pair = scratch.allocate(8);
        int hostFlags = OpenFlags.toHost(flags) | O_CLOEXEC;
        long result = thread.syscall(HostSyscall.PIPE2, pair, hostFlags, 0, 0, 0, 0);
        return result < 0 ? result : addPair(thread, pair, target, (flags & O_CLOEXEC) != 0);
    }

    /// Hands two new descriptors over to the guest, or none of them.
    private long addPair(GuestThread thread, long pair, long target, boolean cloexec) {
        int second = thread.scratch().getInt(pair + 4);
        long first = fds.add(thread.scratch().getInt(pair), cloexec);
        if (first < 0) {
            thread.syscall(HostSyscall.CLOSE, second, 0, 0, 0, 0, 0);
            return first;
        }
        long other = fds.add(second, cloexec);
        if (other < 0) {
            fds.close((int) first);
            return other;
        }
        if (!store(thread, target, (int) first, (int) other)) {
            fds.close((int) first);
            fds.close((int) other);
            return -Errno.EFAULT;
        }
        return 0;
    }

    private static boolean store(GuestThread thread, long target, int first, int second) {
        try {
            thread.memory().writeInt(target, first);
            thread.memory().writeInt(target + 4, second);
            return true;
        } catch (GuestFault fault) {
            return false;
        }
    }

    @Override
    public long eventfd2(GuestThread thread, int initial, int flags) {
        long result = thread.syscall(HostSyscall.EVENTFD2, initial, flags | O_CLOEXEC, 0, 0, 0, 0);
        return fds.add(result, (flags & O_CLOEXEC) != 0);
    }

    @Override
    public long memfd_create(GuestThread thread, long name, int flags) {
        byte[] text = thread.memory().readString(name, 256);
        long hostName = thread.scratch().string(text);
        long result = thread.syscall(HostSyscall.MEMFD_CREATE, hostName, flags | MFD_CLOEXEC, 0, 0, 0, 0);
        return fds.add(result, (flags & MFD_CLOEXEC) != 0);
    }
}
