package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.abi.OpenFlags;
import jqemu.syscall.dispatch.FileSyscalls;
import jqemu.syscall.process.GuestThread;

/// Files and directories by name: open(2), link(2), rename(2), chmod(2) and their relatives.
final class FileHandlers implements FileSyscalls {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int O_CLOEXEC = OpenFlags.O_CLOEXEC;
    private static final int TIMES_SIZE = 32;
    private static final int OPEN_HOW_SIZE = 24;
    private static final int MOST_HOW_SIZE = 4096;

    private final FdTable fds;
    private final GuestPaths paths;
    private final ProcSelf proc;
    private final MemoryFile memoryFile;

    FileHandlers(FdTable fds, GuestPaths paths, ProcSelf proc, MemoryFile memoryFile) {
        this.memoryFile = memoryFile;
        this.fds = fds;
        this.paths = paths;
        this.proc = proc;
    }

    // ---------------------------------------------------------------- open

    @Override
    public long openat(GuestThread thread, int folder, long path, int flags, int mode) {
        byte[] name = GuestPaths.read(thread, path);
        if (name == null) {
            return -Errno.ENAMETOOLONG;
        }
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        boolean cloexec = (flags & O_CLOEXEC) != 0;
        long made = proc.open(thread, name);
        if (made != 0) {
            return fds.add(made, cloexec);
        }
        long hostPath = paths.resolve(thread, name, (flags & OpenFlags.O_NOFOLLOW) == 0);
        int hostFlags = OpenFlags.toHost(flags) | O_CLOEXEC;
        long result = thread.blockingSyscall(HostSyscall.OPENAT, fds.folder(folder), hostPath, hostFlags, mode, 0, 0);
        memoryFile.opened(thread, name, result);
        return fds.add(result, cloexec);
    }

    @Override
    public long openat2(GuestThread thread, int folder, long path, long how, long size) {
        if (size < OPEN_HOW_SIZE) {
            return -Errno.EINVAL;
        }
        if (size > MOST_HOW_SIZE) {
            return -Errno.E2BIG;
        }
        byte[] name = GuestPaths.read(thread, path);
        if (name == null) {
            return -Errno.ENAMETOOLONG;
        }
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        byte[] bytes = thread.memory().read(how, (int) size);
        NativeBuffer scratch = thread.scratch();
        long hostHow = scratch.copyOf(bytes, 0, bytes.length);
        long flags = scratch.getLong(hostHow);
        if (flags >>> 32 != 0) {
            return -Errno.EINVAL;
        }
        scratch.putLong(hostHow, Integer.toUnsignedLong(OpenFlags.toHost((int) flags) | O_CLOEXEC));
        long hostPath = paths.resolve(thread, name, (flags & OpenFlags.O_NOFOLLOW) == 0);
        long result = thread.blockingSyscall(HostSyscall.OPENAT2, fds.folder(folder), hostPath, hostHow, size, 0, 0);
        memoryFile.opened(thread, name, result);
        return fds.add(result, (flags & O_CLOEXEC) != 0);
    }

    // ---------------------------------------------------------------- one path

    /// Calls of the form `call(folder, path, a2, a3)` on what a path names itself.
    private long onPath(GuestThread thread, int call, int folder, long path, long a2, long a3) {
        long hostPath = paths.plain(thread, path);
        return hostPath < 0 ? hostPath : thread.syscall(call, fds.folder(folder), hostPath, a2, a3, 0, 0);
    }

    @Override
    public long mknodat(GuestThread thread, int folder, long path, int mode, int device) {
        return onPath(thread, HostSyscall.MKNODAT, folder, path, mode, Integer.toUnsignedLong(device));
    }

    @Override
    public long mkdirat(GuestThread thread, int folder, long path, int mode) {
        return onPath(thread, HostSyscall.MKDIRAT, folder, path, mode, 0);
    }

    @Override
    public long unlinkat(GuestThread thread, int folder, long path, int flags) {
        return onPath(thread, HostSyscall.UNLINKAT, folder, path, flags, 0);
    }

    @Override
    public long fchmodat(GuestThread thread, int folder, long path, int mode) {
        return onPath(thread, HostSyscall.FCHMODAT, folder, path, mode, 0);
    }

    @Override
    public long fchmodat2(GuestThread thread, int folder, long path, int mode, int flags) {
        if ((flags & AT_EMPTY_PATH) != 0 && thread.memory().readString(path, 1).length == 0) {
            long empty = thread.scratch().string(new byte[0]);
            return thread.syscall(HostSyscall.FCHMODAT2, fds.folder(folder), empty, mode, flags, 0, 0);
        }
        long hostPath = paths.resolve(thread, path, (flags & AT_SYMLINK_NOFOLLOW) == 0);
        return hostPath < 0
                ? hostPath
                : thread.syscall(HostSyscall.FCHMODAT2, fds.folder(folder), hostPath, mode, flags, 0, 0);
    }

    @Override
    public long faccessat(GuestThread thread, int folder, long path, int mode) {
        long hostPath = paths.resolve(thread, path, true);
        return hostPath < 0
                ? hostPath
                : thread.syscall(HostSyscall.FACCESSAT, fds.folder(folder), hostPath, mode, 0, 0, 0);
    }

    @Override
    public long faccessat2(GuestThread thread, int folder, long path, int mode, int flags) {
        long hostPath = paths.resolve(thread, path, (flags & AT_SYMLINK_NOFOLLOW) == 0);
        return hostPath < 0
                ? hostPath
                : thread.syscall(HostSyscall.FACCESSAT2, fds.folder(folder), hostPath, mode, flags, 0, 0);
    }

    @Override
    public long fchownat(GuestThread thread, int folder, long path, int uid, int gid, int flags) {
        long hostPath = paths.plain(thread, path);
        return hostPath < 0
                ? hostPath
                : thread.syscall(HostSyscall.FCHOWNAT, fds.folder(folder), hostPath, uid, gid, flags, 0);
    }

    @Override
    public long utimensat(GuestThread thread, int folder, long path, long times, int flags) {
        long hostPath = path == 0 ? 0 : paths.resolve(thread, path, (flags & AT_SYMLINK_NOFOLLOW) == 0);
        if (hostPath < 0) {
            return hostPath;
        }
        int hostFolder = fds.folder(folder);
        if (hostFolder == -Errno.EBADF && path == 0) {
            return -Errno.EBADF;
        }
        long hostTimes = HostPointers.optional(thread, times, TIMES_SIZE);
        return thread.syscall(HostSyscall.UTIMENSAT, hostFolder, hostPath, hostTimes, flags, 0, 0);
    }

    @Override
    public long readlinkat(GuestThread thread, int folder, long path, long buffer, long size) {
        byte[] name = GuestPaths.read(thread, path);
        if (name == null) {
            return -Errno.ENAMETOOLONG;
        }
        if ((int) size <= 0) {
            return -Errno.EINVAL;
        }
        if (proc.isProgramLink(name)) {
            byte[] target = proc.programPath();
            int length = (int) Math.min(target.length, size);
            thread.memory().write(buffer, target, 0, length);
            return length;
        }
        long hostPath = paths.resolve(thread, name, false);
        long target = HostPointers.required(thread, buffer, size);
        return thread.syscall(HostSyscall.READLINKAT, fds.folder(folder), hostPath, target, size, 0, 0);
    }

    @Override
    public long chdir(GuestThread thread, long path) {
        return onBarePath(thread, HostSyscall.CHDIR, path, 0);
    }

    @Override
    public long chroot(GuestThread thread, long path) {
        return onBarePath(thread, HostSyscall.CHROOT, path, 0);
    }

    @Override
    public long truncate(GuestThread thread, long path, long length) {
        return onBarePath(thread, HostSyscall.TRUNCATE, path, length);
    }

    private long onBarePath(GuestThread thread, int call, long path, long a1) {
        long hostPath = paths.plain(thread, path);
        return hostPath < 0 ? hostPath : thread.syscall(call, hostPath, a1, 0, 0, 0, 0);
    }

    // ---------------------------------------------------------------- two paths

    @Override
    public long symlinkat(GuestThread thread, long target, int folder, long path) {
        byte[] text = GuestPaths.read(thread, target);
        long hostPath = paths.plain(thread, path);
        if (text == null || hostPath < 0) {
            return -Errno.ENAMETOOLONG;
        }
        long hostText = thread.scratch().string(text);
        return thread.syscall(HostSyscall.SYMLINKAT, hostText, fds.folder(folder), hostPath, 0, 0, 0);
    }

    @Override
    public long linkat(GuestThread thread, int oldFolder, long oldPath, int newFolder, long newPath, int flags) {
        return onPaths(thread, HostSyscall.LINKAT, oldFolder, oldPath, newFolder, newPath, flags);
    }

    @Override
    public long renameat(GuestThread thread, int oldFolder, long oldPath, int newFolder, long newPath) {
        return onPaths(thread, HostSyscall.RENAMEAT, oldFolder, oldPath, newFolder, newPath, 0);
    }

    @Override
    public long renameat2(GuestThread thread, int oldFolder, long oldPath, int newFolder, long newPath, int flags) {
        return onPaths(thread, HostSyscall.RENAMEAT2, oldFolder, oldPath, newFolder, newPath, flags);
    }

    private long onPaths(
            GuestThread thread, int call, int oldFolder, long oldPath, int newFolder, long newPath, int flags) {
        long from = paths.plain(thread, oldPath);
        long to = paths.plain(thread, newPath);
        return from < 0 || to < 0
                ? -Errno.ENAMETOOLONG
                : thread.syscall(call, fds.folder(oldFolder), from, fds.folder(newFolder), to, flags, 0);
    }

    // ---------------------------------------------------------------- open files

    private long onFile(GuestThread thread, int call, int fd, long a1, long a2, long a3) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : thread.syscall(call, hostFd, a1, a2, a3, 0, 0);
    }

    @Override
    public long ftruncate(GuestThread thread, int fd, long length) {
        return onFile(thread, HostSyscall.FTRUNCATE, fd, length, 0, 0);
    }

    @Override
    public long fallocate(GuestThread thread, int fd, int mode, long offset, long length) {
        return onFile(thread, HostSyscall.FALLOCATE, fd, mode, offset, length);
    }

    @Override
    public long fchdir(GuestThread thread, int fd) {
        return onFile(thread, HostSyscall.FCHDIR, fd, 0, 0, 0);
    }

    @Override
    public long fchmod(GuestThread thread, int fd, int mode) {
        return onFile(thread, HostSyscall.FCHMOD, fd, mode, 0, 0);
    }

    @Override
    public long fchown(GuestThread thread, int fd, int uid, int gid) {
        return onFile(thread, HostSyscall.FCHOWN, fd, uid, gid, 0);
    }

    @Override
    public long getdents64(GuestThread thread, int fd, long buffer, long size) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : new ProcFolder(fds).read(thread, hostFd, buffer, size);
    }

    // ---------------------------------------------------------------- the process's place

    @Override
    public long getcwd(GuestThread thread, long buffer, long size) {
        long target = HostPointers.required(thread, buffer, size);
        return thread.syscall(HostSyscall.GETCWD, target, size, 0, 0, 0, 0);
    }

    @Override
    public long umask(GuestThread thread, int mask) {
        return thread.syscall(HostSyscall.UMASK, mask, 0, 0, 0, 0, 0);
    }
}
