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

    @Override
    public long open_tree(GuestThread thread, int folder, long path, int flags) {
        return open(thread, HostSyscall.OPEN_TREE, folder, path, flags, O_CLOEXEC);
    }

    /// A descriptor of what a path leads to, made by host system call `call`.
    ///
    /// @param cloexec the flag that closes it when a program is executed
    private long open(GuestThread thread, int call, int folder, long path, int flags, int cloexec) {
        long hostPath = paths.optional(thread, path);
        if (hostPath < 0) {
            return hostPath;
        }
        return add(thread, cloexec, flags, call, fds.folder(folder), hostPath, flags | cloexec);
    }

    /// The guest's descriptor of what a host system call made.
    private long add(GuestThread thread, int cloexec, int flags, int call, long a0, long a1, long a2) {
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        return fds.add(thread.syscall(call, a0, a1, a2, 0, 0, 0), (flags & cloexec) != 0);
    }

    @Override
    public long move_mount(GuestThread thread, int from, long fromPath, int to, long toPath, int flags) {
        long hostFrom = paths.optional(thread, fromPath);
        long hostTo = paths.optional(thread, toPath);
        return thread.syscall(HostSyscall.MOVE_MOUNT, fds.folder(from), hostFrom, fds.folder(to), hostTo, flags, 0);
    }

    @Override
    public long fsopen(GuestThread thread, long name, int flags) {
        long hostName = HostPointers.string(thread, name);
        return add(thread, CLOEXEC, flags, HostSyscall.FSOPEN, hostName, flags | CLOEXEC, 0);
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
            case FSCONFIG_SET_STRING -> hostValue = HostPointers.string(thread, value);
            case FSCONFIG_SET_BINARY -> {
                if (auxiliary <= 0 || auxiliary > MOST_BINARY) {
                    return -Errno.EINVAL;
                }
                hostValue = HostPointers.optional(thread, value, auxiliary);
            }
            case FSCONFIG_SET_PATH, FSCONFIG_SET_PATH_EMPTY -> {
                hostValue = paths.optional(thread, value);
                hostAuxiliary = fds.folder(auxiliary);
            }
            case FSCONFIG_SET_FD -> hostAuxiliary = fds.host(auxiliary);
            default -> {
                // no value
            }
        }
        return thread.syscall(
                HostSyscall.FSCONFIG, hostFd, command, HostPointers.string(thread, key), hostValue, hostAuxiliary, 0);
    }

    @Override
    public long fsmount(GuestThread thread, int context, int flags, int attributes) {
        int hostFd = fds.host(context);
        return hostFd < 0
                ? hostFd
                : add(thread, CLOEXEC, flags, HostSyscall.FSMOUNT, hostFd, flags | CLOEXEC, attributes);
    }

    @Override
    public long fspick(GuestThread thread, int folder, long path, int flags) {
        return open(thread, HostSyscall.FSPICK, folder, path, flags, CLOEXEC);
    }

    @Override
    public long mount_setattr(GuestThread thread, int folder, long path, int flags, long attributes, long size) {
        if (size < MOUNT_ATTR_SIZE) {
            return -Errno.EINVAL;
        }
        if (size > MOST_ATTR_SIZE) {
            return -Errno.E2BIG;
        }
        long hostPath = paths.optional(thread, path);
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
