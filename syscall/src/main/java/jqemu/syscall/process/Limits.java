package jqemu.syscall.process;

import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.fs.FdTable;

/// The resource limits of the guest: those that would hit the JVM instead are only remembered.
///
/// Files are the one that we change on the host at the start: the JVM has descriptors of its own, so the host's soft
/// limit is raised, and [FdTable] keeps to the guest's. Whoever executes another program sets the host's limits to the
/// guest's.
public final class Limits {
    /// The value of a limit that does not limit.
    public static final long INFINITY = -1;

    /// RLIMIT_DATA.
    public static final int DATA = 2;
    /// RLIMIT_STACK.
    public static final int STACK = 3;
    /// RLIMIT_NOFILE.
    public static final int NOFILE = 7;
    /// RLIMIT_AS.
    public static final int AS = 9;
    /// How many there are.
    public static final int COUNT = 16;

    private static final int RLIMIT_SIZE = 16;
    private static final int MOST_FILES = 1 << 20;

    private final Host host;
    private final FdTable fds;

    // of those that are emulated, by number
    private final long[] soft = new long[COUNT];
    private final long[] hard = new long[COUNT];

    /// The limits that this process was started with.
    public Limits(Host host, FdTable fds) {
        this.host = host;
        this.fds = fds;
        NativeBuffer buffer = new NativeBuffer();
        for (int resource = 0; resource < COUNT; resource++) {
            if (isEmulated(resource)) {
                read(buffer, resource);
            }
        }
        fds.setLimit(soft[NOFILE]);
        if (soft[NOFILE] != hard[NOFILE]) {
            long limit = buffer.allocate(RLIMIT_SIZE);
            buffer.putLong(limit, hard[NOFILE]);
            buffer.putLong(limit + 8, hard[NOFILE]);
            host.syscall(HostSyscall.PRLIMIT64, 0, NOFILE, limit, 0);
        }
        buffer.free();
    }

    private Limits(Limits parent, Host host, FdTable fds) {
        this.host = host;
        this.fds = fds;
        System.arraycopy(parent.soft, 0, soft, 0, COUNT);
        System.arraycopy(parent.hard, 0, hard, 0, COUNT);
    }

    /// The same limits for a child process.
    Limits copy(Host childsHost, FdTable childsFds) {
        return new Limits(this, childsHost, childsFds);
    }

    /// Takes over an emulated limit of a parent process.
    synchronized void restore(int resource, long newSoft, long newHard) {
        soft[resource] = newSoft;
        hard[resource] = newHard;
        if (resource == NOFILE) {
            fds.setLimit(newSoft);
        }
    }

    private void read(NativeBuffer buffer, int resource) {
        buffer.reset();
        long limit = buffer.allocate(RLIMIT_SIZE);
        buffer.putLong(limit, INFINITY);
        buffer.putLong(limit + 8, INFINITY);
        host.syscall(HostSyscall.PRLIMIT64, 0, resource, 0, limit);
        soft[resource] = buffer.getLong(limit);
        hard[resource] = buffer.getLong(limit + 8);
    }

    /// {@return whether the limit is remembered here and not the host's}
    public static boolean isEmulated(int resource) {
        return resource == STACK || resource == NOFILE || resource == AS || resource == DATA;
    }

    /// {@return the soft limit of an emulated resource}
    public synchronized long soft(int resource) {
        return soft[resource];
    }

    /// {@return the hard limit of an emulated resource}
    public synchronized long hard(int resource) {
        return hard[resource];
    }

    /// Changes an emulated limit.
    ///
    /// @return 0 or a negative errno
    public synchronized long set(int resource, long newSoft, long newHard) {
        if (Long.compareUnsigned(newSoft, newHard) > 0) {
            return -Errno.EINVAL;
        }
        if (resource == NOFILE && Long.compareUnsigned(newHard, MOST_FILES) > 0) {
            return -Errno.EPERM;
        }
        if (Long.compareUnsigned(newHard, hard[resource]) > 0 && host.syscall(HostSyscall.GETEUID) != 0) {
            return -Errno.EPERM;
        }
        soft[resource] = newSoft;
        hard[resource] = newHard;
        if (resource == NOFILE) {
            fds.setLimit(newSoft);
        }
        return 0;
    }
}
