package jqemu.syscall.process;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.AdminSyscalls;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.fs.GuestPaths;

/// What administrators do: mount(2), capabilities(7), namespaces(7), accounting, names; and descriptors of processes.
final class AdminHandlers implements AdminSyscalls {
    private static final int CAP_HEADER_SIZE = 8;
    private static final int CAP_DATA_SIZE = 24;
    private static final int SIGINFO_SIZE = 128;
    private static final int LINUX_REBOOT_CMD_RESTART2 = 0xa1b2_c3d4;

    private final FdTable fds;
    private final GuestPaths paths;

    AdminHandlers(FdTable fds, GuestPaths paths) {
        this.fds = fds;
        this.paths = paths;
    }

    private static long host(GuestThread thread, int call, long a0, long a1, long a2) {
        return thread.syscall(call, a0, a1, a2, 0, 0, 0);
    }

    @Override
    public long mount(GuestThread thread, long source, long target, long type, long flags, long data) {
        long hostTarget = paths.optional(thread, target);
        return hostTarget < 0
                ? hostTarget
                : thread.syscall(
                        HostSyscall.MOUNT,
                        HostPointers.string(thread, source),
                        hostTarget,
                        HostPointers.string(thread, type),
                        flags,
                        HostPointers.optional(thread, data, 1),
                        0);
    }

    @Override
    public long umount2(GuestThread thread, long target, int flags) {
        long hostTarget = paths.optional(thread, target);
        return hostTarget < 0 ? hostTarget : host(thread, HostSyscall.UMOUNT2, hostTarget, flags, 0);
    }

    @Override
    public long pivot_root(GuestThread thread, long newRoot, long oldRoot) {
        return host(
                thread,
                HostSyscall.PIVOT_ROOT,
                HostPointers.string(thread, newRoot),
                HostPointers.string(thread, oldRoot),
                0);
    }

    @Override
    public long reboot(GuestThread thread, int magic, int magic2, int command, long argument) {
        long hostArgument = command == LINUX_REBOOT_CMD_RESTART2 ? HostPointers.string(thread, argument) : 0;
        return thread.syscall(HostSyscall.REBOOT, magic, magic2, command, hostArgument, 0, 0);
    }

    @Override
    public long swapon(GuestThread thread, long path, int flags) {
        long hostPath = paths.optional(thread, path);
        return hostPath < 0 ? hostPath : host(thread, HostSyscall.SWAPON, hostPath, flags, 0);
    }

    @Override
    public long swapoff(GuestThread thread, long path) {
        long hostPath = paths.optional(thread, path);
        return hostPath < 0 ? hostPath : host(thread, HostSyscall.SWAPOFF, hostPath, 0, 0);
    }

    @Override
    public long vhangup(GuestThread thread) {
        return host(thread, HostSyscall.VHANGUP, 0, 0, 0);
    }

    @Override
    public long acct(GuestThread thread, long path) {
        return host(thread, HostSyscall.ACCT, paths.optional(thread, path), 0, 0);
    }

    @Override
    public long capget(GuestThread thread, long header, long data) {
        long hostHeader = HostPointers.required(thread, header, CAP_HEADER_SIZE);
        return host(thread, HostSyscall.CAPGET, hostHeader, HostPointers.optional(thread, data, CAP_DATA_SIZE), 0);
    }

    @Override
    public long capset(GuestThread thread, long header, long data) {
        long hostHeader = HostPointers.required(thread, header, CAP_HEADER_SIZE);
        return host(thread, HostSyscall.CAPSET, hostHeader, HostPointers.required(thread, data, CAP_DATA_SIZE), 0);
    }

    @Override
    public long ioprio_set(GuestThread thread, int which, int who, int priority) {
        return host(thread, HostSyscall.IOPRIO_SET, which, who, priority);
    }

    @Override
    public long ioprio_get(GuestThread thread, int which, int who) {
        return host(thread, HostSyscall.IOPRIO_GET, which, who, 0);
    }

    /// Of the calling thread, as on Linux.
    @Override
    public long unshare(GuestThread thread, long flags) {
        return host(thread, HostSyscall.UNSHARE, flags, 0, 0);
    }

    @Override
    public long setns(GuestThread thread, int fd, int type) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : host(thread, HostSyscall.SETNS, hostFd, type, 0);
    }

    @Override
    public long syslog(GuestThread thread, int type, long buffer, long size) {
        long hostBuffer = HostPointers.optional(thread, buffer, Math.max(0, size));
        return thread.blockingSyscall(HostSyscall.SYSLOG, type, hostBuffer, size, 0, 0, 0);
    }

    @Override
    public long sethostname(GuestThread thread, long name, long length) {
        return host(thread, HostSyscall.SETHOSTNAME, HostPointers.required(thread, name, length), length, 0);
    }

    @Override
    public long setdomainname(GuestThread thread, long name, long length) {
        return host(thread, HostSyscall.SETDOMAINNAME, HostPointers.required(thread, name, length), length, 0);
    }

    // ---------------------------------------------------------------- descriptors of processes

    @Override
    public long pidfd_open(GuestThread thread, int pid, int flags) {
        return fds.isFull() ? -Errno.EMFILE : fds.add(host(thread, HostSyscall.PIDFD_OPEN, pid, flags, 0), true);
    }

    @Override
    public long pidfd_send_signal(GuestThread thread, int pidfd, int signal, long info, int flags) {
        int hostFd = fds.host(pidfd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostInfo = HostPointers.optional(thread, info, SIGINFO_SIZE);
        return thread.syscall(HostSyscall.PIDFD_SEND_SIGNAL, hostFd, signal, hostInfo, flags, 0, 0);
    }

    /// The number is the host's of the other process: right for programs of the host.
    @Override
    public long pidfd_getfd(GuestThread thread, int pidfd, int fd, int flags) {
        int hostFd = fds.host(pidfd);
        if (hostFd < 0) {
            return hostFd;
        }
        return fds.isFull() ? -Errno.EMFILE : fds.add(host(thread, HostSyscall.PIDFD_GETFD, hostFd, fd, flags), true);
    }
}
