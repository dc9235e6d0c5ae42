package jqemu.syscall.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.EpollEvent;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.EventSyscalls;
import jqemu.syscall.process.GuestThread;

/// Descriptors that tell of events: epoll(7), inotify(7), signalfd(2), timerfd_create(2).
final class EventHandlers implements EventSyscalls {
    private static final int CLOEXEC = 0x80000;
    private static final int NONBLOCK = 0x800;
    private static final int SIGSET_SIZE = 8;
    private static final int ITIMERSPEC_SIZE = 32;
    private static final int TIMESPEC_SIZE = 16;
    private static final int EPOLL_CTL_DEL = 2;
    /// EP_MAX_EVENTS, by the size of the guest's structure.
    private static final int MOST_EVENTS = Integer.MAX_VALUE / EpollEvent.GUEST_SIZE;

    private final FdTable fds;
    private final GuestPaths paths;

    EventHandlers(FdTable fds, GuestPaths paths) {
        this.fds = fds;
        this.paths = paths;
    }

    private long create(GuestThread thread, int call, long argument, int flags) {
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        long hostFd = call == HostSyscall.TIMERFD_CREATE
                ? thread.syscall(call, argument, flags | CLOEXEC, 0, 0, 0, 0)
                : thread.syscall(call, flags | CLOEXEC, 0, 0, 0, 0, 0);
        return fds.add(hostFd, (flags & CLOEXEC) != 0);
    }

    // ---------------------------------------------------------------- epoll

    @Override
    public long epoll_create1(GuestThread thread, int flags) {
        return create(thread, HostSyscall.EPOLL_CREATE1, 0, flags);
    }

    @Override
    public long epoll_ctl(GuestThread thread, int epoll, int operation, int fd, long event) {
        int hostEpoll = fds.host(epoll);
        int hostFd = fds.host(fd);
        if (hostEpoll < 0 || hostFd < 0) {
            return -Errno.EBADF;
        }
        long hostEvent = 0;
        if (operation != EPOLL_CTL_DEL) {
            byte[] bytes = thread.memory().read(event, EpollEvent.GUEST_SIZE);
            hostEvent = thread.scratch().allocate(EpollEvent.HOST_SIZE);
            EpollEvent.toHost(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), thread.scratch(), hostEvent);
        }
        return thread.syscall(HostSyscall.EPOLL_CTL, hostEpoll, operation, hostFd, hostEvent, 0, 0);
    }

    @Override
    public long epoll_pwait(GuestThread thread, int epoll, long events, int most, int timeout, long mask, long size) {
        return wait(thread, HostSyscall.EPOLL_PWAIT, epoll, events, most, timeout, mask, size);
    }

    @Override
    public long epoll_pwait2(GuestThread thread, int epoll, long events, int most, long timeout, long mask, long size) {
        long hostTimeout = HostPointers.optional(thread, timeout, TIMESPEC_SIZE);
        return wait(thread, HostSyscall.EPOLL_PWAIT2, epoll, events, most, hostTimeout, mask, size);
    }

    private long wait(
            GuestThread thread, int call, int epoll, long events, int most, long timeout, long mask, long size) {
        int hostEpoll = fds.host(epoll);
        if (hostEpoll < 0) {
            return hostEpoll;
        }
        if (most <= 0 || most > MOST_EVENTS || (mask != 0 && size != SIGSET_SIZE)) {
            return -Errno.EINVAL;
        }
        if (!thread.memory().accessOk(events, (long) most * EpollEvent.GUEST_SIZE)) {
            return -Errno.EFAULT;
        }
        NativeBuffer scratch = thread.scratch();
        int room = Math.min(most, EpollEvent.MOST_AT_ONCE);
        long hostEvents = scratch.allocate(room * EpollEvent.HOST_SIZE);
        long hostMask = HostPointers.optional(thread, mask, SIGSET_SIZE);
        long count = thread.blockingSyscall(call, hostEpoll, hostEvents, room, timeout, hostMask, SIGSET_SIZE);
        if (count > 0) {
            thread.memory().write(events, EpollEvent.toGuest(scratch, hostEvents, (int) count));
        }
        return count;
    }

    // ---------------------------------------------------------------- inotify

    @Override
    public long inotify_init1(GuestThread thread, int flags) {
        return create(thread, HostSyscall.INOTIFY_INIT1, 0, flags);
    }

    @Override
    public long inotify_add_watch(GuestThread thread, int fd, long path, int mask) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostPath = paths.resolve(thread, path, true);
        return hostPath < 0 ? hostPath : thread.syscall(HostSyscall.INOTIFY_ADD_WATCH, hostFd, hostPath, mask, 0, 0, 0);
    }

    @Override
    public long inotify_rm_watch(GuestThread thread, int fd, int watch) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : thread.syscall(HostSyscall.INOTIFY_RM_WATCH, hostFd, watch, 0, 0, 0, 0);
    }

    // ---------------------------------------------------------------- signalfd

    /// The signals that it tells of are blocked, so they wait in the kernel, if none of the JVM's threads takes
    /// them.
    @Override
    public long signalfd4(GuestThread thread, int fd, long mask, long size, int flags) {
        if (size != SIGSET_SIZE || (flags & ~(CLOEXEC | NONBLOCK)) != 0) {
            return -Errno.EINVAL;
        }
        int hostFd = fd == -1 ? -1 : fds.host(fd);
        if (fd != -1 && hostFd < 0) {
            return hostFd;
        }
        if (fd == -1 && fds.isFull()) {
            return -Errno.EMFILE;
        }
        thread.process().signalActions().keepFromOtherThreads();
        long hostMask = HostPointers.required(thread, mask, SIGSET_SIZE);
        long result = thread.syscall(HostSyscall.SIGNALFD4, hostFd, hostMask, SIGSET_SIZE, flags | CLOEXEC, 0, 0);
        if (fd != -1) {
            return result < 0 ? result : fd;
        }
        return fds.add(result, (flags & CLOEXEC) != 0);
    }

    // ---------------------------------------------------------------- timerfd

    @Override
    public long timerfd_create(GuestThread thread, int clock, int flags) {
        return (flags & ~(CLOEXEC | NONBLOCK)) != 0
                ? -Errno.EINVAL
                : create(thread, HostSyscall.TIMERFD_CREATE, clock, flags);
    }

    @Override
    public long timerfd_settime(GuestThread thread, int fd, int flags, long value, long old) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostValue = HostPointers.required(thread, value, ITIMERSPEC_SIZE);
        long hostOld = HostPointers.optional(thread, old, ITIMERSPEC_SIZE);
        return thread.syscall(HostSyscall.TIMERFD_SETTIME, hostFd, flags, hostValue, hostOld, 0, 0);
    }

    @Override
    public long timerfd_gettime(GuestThread thread, int fd, long value) {
        int hostFd = fds.host(fd);
        return hostFd < 0
                ? hostFd
                : thread.syscall(
                        HostSyscall.TIMERFD_GETTIME,
                        hostFd,
                        HostPointers.required(thread, value, ITIMERSPEC_SIZE),
                        0,
                        0,
                        0,
                        0);
    }
}
