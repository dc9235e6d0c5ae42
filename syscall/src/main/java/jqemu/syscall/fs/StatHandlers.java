package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.abi.StatLayout;
import jqemu.syscall.dispatch.StatSyscalls;
import jqemu.syscall.process.GuestThread;

/// What is known about files and file systems: stat(2), statx(2), statfs(2).
final class StatHandlers implements StatSyscalls {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STAT_FLAGS = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH;
    private static final int STATFS_SIZE = 120;
    private static final byte[] NO_PATH = {};

    private final FdTable fds;
    private final GuestPaths paths;

    StatHandlers(FdTable fds, GuestPaths paths) {
        this.fds = fds;
        this.paths = paths;
    }

    @Override
    public long newfstatat(GuestThread thread, int folder, long path, long buffer, int flags) {
        if ((flags & ~STAT_FLAGS) != 0) {
            return -Errno.EINVAL;
        }
        long hostPath = paths.resolve(thread, path, (flags & AT_SYMLINK_NOFOLLOW) == 0);
        return hostPath < 0 ? hostPath : stat(thread, fds.folder(folder), hostPath, flags, buffer);
    }

    @Override
    public long fstat(GuestThread thread, int fd, long buffer) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : stat(thread, hostFd, thread.scratch().string(NO_PATH), AT_EMPTY_PATH, buffer);
    }

    private static long stat(GuestThread thread, int folder, long path, int flags, long buffer) {
        NativeBuffer scratch = thread.scratch();
        long statx = scratch.allocate(StatLayout.STATX_SIZE);
        long result = thread.syscall(HostSyscall.STATX, folder, path, flags, StatLayout.STATX_BASIC_STATS, statx, 0);
        if (result == 0) {
            thread.memory().write(buffer, StatLayout.fromStatx(scratch, statx));
        }
        return result;
    }

    @Override
    public long statx(GuestThread thread, int folder, long path, int flags, int mask, long buffer) {
        long hostPath = paths.resolve(thread, path, (flags & AT_SYMLINK_NOFOLLOW) == 0);
        if (hostPath < 0) {
            return hostPath;
        }
        long target = HostPointers.required(thread, buffer, StatLayout.STATX_SIZE);
        return thread.syscall(HostSyscall.STATX, fds.folder(folder), hostPath, flags, mask, target, 0);
    }

    @Override
    public long statfs(GuestThread thread, long path, long buffer) {
        long hostPath = paths.resolve(thread, path, true);
        if (hostPath < 0) {
            return hostPath;
        }
        long target = HostPointers.required(thread, buffer, STATFS_SIZE);
        return thread.syscall(HostSyscall.STATFS, hostPath, target, 0, 0, 0, 0);
    }

    @Override
    public long fstatfs(GuestThread thread, int fd, long buffer) {
        int hostFd = fds.host(fd);
        long target = HostPointers.required(thread, buffer, STATFS_SIZE);
        return hostFd < 0 ? hostFd : thread.syscall(HostSyscall.FSTATFS, hostFd, target, 0, 0, 0, 0);
    }
}
