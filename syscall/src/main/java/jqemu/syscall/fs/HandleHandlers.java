package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.abi.OpenFlags;
import jqemu.syscall.dispatch.HandleSyscalls;
import jqemu.syscall.process.GuestThread;

/// Files by handle, open_by_handle_at(2), and what the page cache has of them, cachestat(2).
final class HandleHandlers implements HandleSyscalls {
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int HEADER_SIZE = 8;
    private static final int MAX_HANDLE_SIZE = 128;
    private static final int WORD = 4;
    private static final int RANGE_SIZE = 16;
    private static final int CACHESTAT_SIZE = 40;

    private final FdTable fds;
    private final GuestPaths paths;

    HandleHandlers(FdTable fds, GuestPaths paths) {
        this.fds = fds;
        this.paths = paths;
    }

    /// The host pointer to a `struct file_handle`, which begins with its length.
    private static long handle(GuestThread thread, long handle) {
        long length = Integer.toUnsignedLong(thread.memory().readInt(handle));
        return HostPointers.required(thread, handle, HEADER_SIZE + Math.min(length, MAX_HANDLE_SIZE));
    }

    @Override
    public long name_to_handle_at(GuestThread thread, int folder, long path, long handle, long mount, int flags) {
        long hostPath = (flags & AT_EMPTY_PATH) != 0 && thread.memory().readString(path, 1).length == 0
                ? thread.scratch().string(new byte[0])
                : paths.resolve(thread, path, (flags & AT_SYMLINK_FOLLOW) != 0);
        if (hostPath < 0) {
            return hostPath;
        }
        long hostMount = HostPointers.required(thread, mount, WORD);
        return thread.syscall(
                HostSyscall.NAME_TO_HANDLE_AT,
                fds.folder(folder),
                hostPath,
                handle(thread, handle),
                hostMount,
                flags,
                0);
    }

    @Override
    public long open_by_handle_at(GuestThread thread, int mount, long handle, int flags) {
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        int hostFlags = OpenFlags.toHost(flags) | OpenFlags.O_CLOEXEC;
        long fd = thread.syscall(
                HostSyscall.OPEN_BY_HANDLE_AT, fds.folder(mount), handle(thread, handle), hostFlags, 0, 0, 0);
        return fds.add(fd, (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    @Override
    public long cachestat(GuestThread thread, int fd, long range, long statistics, int flags) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostRange = HostPointers.required(thread, range, RANGE_SIZE);
        long hostStatistics = HostPointers.required(thread, statistics, CACHESTAT_SIZE);
        return thread.syscall(HostSyscall.CACHESTAT, hostFd, hostRange, hostStatistics, flags, 0, 0);
    }
}
