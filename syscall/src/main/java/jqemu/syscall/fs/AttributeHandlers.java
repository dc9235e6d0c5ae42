package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.AttributeSyscalls;
import jqemu.syscall.process.GuestThread;

/// Extended attributes, xattr(7): guest and host have the same structures.
final class AttributeHandlers implements AttributeSyscalls {
    /// XATTR_NAME_MAX and a zero byte.
    private static final int NAME_SIZE = 256;

    private final FdTable fds;
    private final GuestPaths paths;

    AttributeHandlers(FdTable fds, GuestPaths paths) {
        this.fds = fds;
        this.paths = paths;
    }

    /// Calls of the form `call(path, name, value, size, flags)`.
    private long byPath(
            GuestThread thread, int call, long path, boolean follow, long name, long value, long size, int flags) {
        long hostPath = paths.resolve(thread, path, follow);
        return hostPath < 0 ? hostPath : onFile(thread, call, hostPath, name, value, size, flags);
    }

    /// The same on an open file.
    private long byFd(GuestThread thread, int call, int fd, long name, long value, long size, int flags) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : onFile(thread, call, hostFd, name, value, size, flags);
    }

    private static long onFile(GuestThread thread, int call, long file, long name, long value, long size, int flags) {
        byte[] text = thread.memory().readString(name, NAME_SIZE);
        if (text.length == NAME_SIZE) {
            return -Errno.ERANGE;
        }
        long hostName = thread.scratch().string(text);
        long hostValue = HostPointers.optional(thread, value, size);
        return thread.syscall(call, file, hostName, hostValue, size, flags, 0);
    }

    @Override
    public long setxattr(GuestThread thread, long path, long name, long value, long size, int flags) {
        return byPath(thread, HostSyscall.SETXATTR, path, true, name, value, size, flags);
    }

    @Override
    public long lsetxattr(GuestThread thread, long path, long name, long value, long size, int flags) {
        return byPath(thread, HostSyscall.LSETXATTR, path, false, name, value, size, flags);
    }

    @Override
    public long fsetxattr(GuestThread thread, int fd, long name, long value, long size, int flags) {
        return byFd(thread, HostSyscall.FSETXATTR, fd, name, value, size, flags);
    }

    @Override
    public long getxattr(GuestThread thread, long path, long name, long value, long size) {
        return byPath(thread, HostSyscall.GETXATTR, path, true, name, value, size, 0);
    }

    @Override
    public long lgetxattr(GuestThread thread, long path, long name, long value, long size) {
        return byPath(thread, HostSyscall.LGETXATTR, path, false, name, value, size, 0);
    }

    @Override
    public long fgetxattr(GuestThread thread, int fd, long name, long value, long size) {
        return byFd(thread, HostSyscall.FGETXATTR, fd, name, value, size, 0);
    }

    @Override
    public long removexattr(GuestThread thread, long path, long name) {
        return byPath(thread, HostSyscall.REMOVEXATTR, path, true, name, 0, 0, 0);
    }

    @Override
    public long lremovexattr(GuestThread thread, long path, long name) {
        return byPath(thread, HostSyscall.LREMOVEXATTR, path, false, name, 0, 0, 0);
    }

    @Override
    public long fremovexattr(GuestThread thread, int fd, long name) {
        return byFd(thread, HostSyscall.FREMOVEXATTR, fd, name, 0, 0, 0);
    }

    @Override
    public long listxattr(GuestThread thread, long path, long list, long size) {
        long hostPath = paths.resolve(thread, path, true);
        return hostPath < 0 ? hostPath : list(thread, HostSyscall.LISTXATTR, hostPath, list, size);
    }

    @Override
    public long llistxattr(GuestThread thread, long path, long list, long size) {
        long hostPath = paths.resolve(thread, path, false);
        return hostPath < 0 ? hostPath : list(thread, HostSyscall.LLISTXATTR, hostPath, list, size);
    }

    @Override
    public long flistxattr(GuestThread thread, int fd, long list, long size) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : list(thread, HostSyscall.FLISTXATTR, hostFd, list, size);
    }

    private static long list(GuestThread thread, int call, long file, long list, long size) {
        return thread.syscall(call, file, HostPointers.optional(thread, list, size), size, 0, 0, 0);
    }
}
