package jqemu.syscall.process;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.MountSyscalls;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.fs.GuestPaths;

/// Mounting by descriptors: fsopen(2), fsconfig(2), fsmount(2), fspick(2), open_tree(2), move_mount(2) and
/// mount_setattr(2).
final class MountHandlers implements MountSyscalls {
    private static final int MOST_STRING = 4096;
    private static final int O_CLOEXEC = 0x8_0000;
    /// FSOPEN_CLOEXEC, FSMOUNT_CLOEXEC and FSPICK_CLOEXEC.
    private static final int CLOEXEC = 1;

    private static final int FSCONFIG_SET_STRING = 1;
    private static final int FSCONFIG_SET_BINARY = 2;
    private static final int FSCONFIG_SET_PATH = 3;
    private static final int FSCONFIG_SET_PATH_EMPTY = 4;
    private static final int FSCONFIG_SET_FD = 5;
    private static final int MOST_BINARY = 1 << 20;

    private static final int MOUNT_ATTR_SIZE = 32;
    private static final int MOST_ATTR_SIZE = 4096;
    private static final long MOUNT_ATTR_IDMAP = 0x10_0000;
    private static final int USERNS_FD = 24;

    private final FdTable fds;
    private final GuestPaths paths;

    MountHandlers(FdTable fds, GuestPaths paths) {
        this.fds = fds;
        this.paths = paths;
    }

    /// The host address of a path; NULL stays NULL.
    private long path(GuestThread thread, long path) {
        return path == 0 ? 0 : paths.resolve(thread, path, true);
    }

    private static long text(GuestThread thread, long string) {
        return string == 0 ? 0 : thread.scratch().string(thread.memory().readString(string, MOST_STRING));
    }

    @Override
    public long open_tree(GuestThread thread, int folder, long path, int flags) {
        long hostPath = path(thread, path);
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        long fd = hostPath < 0
                ? hostPath
                : thread.syscall(HostSyscall.OPEN_TREE, fds.folder(folder), hostPath, flags | O_CLOEXEC, 0, 0, 0);
        return fds.add(fd, (flags & O_CLOEXEC) != 0);
    }

    @Override
    public long move_mount(GuestThread thread, int from, long fromPath, int to, long toPath, int flags) {
        long hostFrom = path(thread, fromPath);
        long hostTo = path(thread, toPath);
        return thread.syscall(HostSyscall.MOVE_MOUNT, fds.folder(from), hostFrom, fds.folder(to), hostTo, flags, 0);
    }

    @Override
    public long fsopen(GuestThread thread, long name, int flags) {
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        long fd = thread.syscall(HostSyscall.FSOPEN, text(thread, name), flags | CLOEXEC, 0, 0, 0, 0);
        return fds.add(fd, (flags & CLOEXEC) != 0);
    }

    @Override
    public long fsconfig(GuestThread thread, int context, int command, long key, long value, int auxiliary) {
        int hostFd = fds.host(context);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostValue = 0;
        int hostAuxiliary = auxiliary;
        switch (command) {
            case FSCONFIG_SET_STRING -> hostValue = text(thread, value);
            case FSCONFIG_SET_BINARY -> {
                if (auxiliary <= 0 || auxiliary > MOST_BINARY) {
                    return -Errno.EINVAL;
                }
                hostValue = HostPointers.optional(thread, value, auxiliary);
            }
            case FSCONFIG_SET_PATH, FSCONFIG_SET_PATH_EMPTY -> {
                hostValue = path(thread, value);
                hostAuxiliary = fds.folder(auxiliary);
            }
            case FSCONFIG_SET_FD -> hostAuxiliary = fds.host(auxiliary);
            default -> {
                // no value
            }
        }
        return thread.syscall(HostSyscall.FSCONFIG, hostFd, command, text(thread, key), hostValue, hostAuxiliary, 0);
    }

    @Override
    public long fsmount(GuestThread thread, int context, int flags, int attributes) {
        int hostFd = fds.host(context);
        if (hostFd < 0) {
            return hostFd;
        }
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        long fd = thread.syscall(HostSyscall.FSMOUNT, hostFd, flags | CLOEXEC, attributes, 0, 0, 0);
        return fds.add(fd, (flags & CLOEXEC) != 0);
    }

    @Override
    public long fspick(GuestThread thread, int folder, long path, int flags) {
        long hostPath = path(thread, path);
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        long fd = hostPath < 0
                ? hostPath
                : thread.syscall(HostSyscall.FSPICK, fds.folder(folder), hostPath, flags | CLOEXEC, 0, 0, 0);
        return fds.add(fd, (flags & CLOEXEC) != 0);
    }

    @Override
    public long mount_setattr(GuestThread thread, int folder, long path, int flags, long attributes, long size) {
        if (size < MOUNT_ATTR_SIZE) {
            return -Errno.EINVAL;
        }
        if (size > MOST_ATTR_SIZE) {
            return -Errno.E2BIG;
        }
        long hostPath = path(thread, path);
        byte[] bytes = thread.memory().read(attributes, (int) size);
        NativeBuffer scratch = thread.scratch();
        long hostAttributes = scratch.copyOf(bytes, 0, bytes.length);
        if ((scratch.getLong(hostAttributes) & MOUNT_ATTR_IDMAP) != 0) {
            int userns = (int) scratch.getLong(hostAttributes + USERNS_FD);
            scratch.putLong(hostAttributes + USERNS_FD, fds.host(userns));
        }
        return hostPath < 0
                ? hostPath
                : thread.syscall(
                        HostSyscall.MOUNT_SETATTR, fds.folder(folder), hostPath, flags, hostAttributes, size, 0);
    }
}
