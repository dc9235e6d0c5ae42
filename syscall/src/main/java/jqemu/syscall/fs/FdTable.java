package jqemu.syscall.fs;

import java.util.Arrays;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;

/// The guest's file descriptors: which host descriptor stands behind each number.
///
/// The host's numbers are never seen by the guest, so the JVM's own descriptors are out of its reach. Every host
/// descriptor here is closed on exec there; whoever executes a program puts those that the guest wants to keep at the
/// guest's numbers. The host's 0, 1 and 2 are not closed but replaced by `/dev/null`: something of the JVM's that was
/// opened next would get the number, and the JVM's messages would land in it.
public final class FdTable {
    /// The soft limit of open files where nobody says another.
    public static final int DEFAULT_LIMIT = 1024;

    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int AT_FDCWD = -100;
    private static final int STANDARD = 3;
    private static final byte[] DEV_NULL = {'/', 'd', 'e', 'v', '/', 'n', 'u', 'l', 'l'};

    private final Host host;

    /// The host's descriptor plus 1 of each guest number; 0 where there is none.
    private int[] hostPlusOne = new int[32];

    private boolean[] closeOnExec = new boolean[32];
    private int limit = DEFAULT_LIMIT;

    /// An empty table.
    public FdTable(Host host) {
        this.host = host;
    }

    /// {@return the same table for a child process, which has copies of the descriptors}
    public synchronized FdTable copy(Host childsHost) {
        FdTable copy = new FdTable(childsHost);
        copy.hostPlusOne = hostPlusOne.clone();
        copy.closeOnExec = closeOnExec.clone();
        copy.limit = limit;
        return copy;
    }

    /// Puts a host descriptor that a parent process had at a number.
    public synchronized void restore(int fd, int hostFd, boolean cloexec) {
        set(fd, hostFd, cloexec);
    }

    /// Sets the soft RLIMIT_NOFILE: numbers from there on are not given out.
    public synchronized void setLimit(long softLimit) {
        limit = softLimit < 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, softLimit);
    }

    /// Puts a descriptor that the process was started with at its own number.
    public synchronized void inherit(int fd) {
        set(fd, fd, false);
    }

    /// {@return the host's descriptor, or -EBADF}
    public synchronized int host(int fd) {
        return fd >= 0 && fd < hostPlusOne.length && hostPlusOne[fd] != 0 ? hostPlusOne[fd] - 1 : -Errno.EBADF;
    }

    /// {@return the host's descriptor of a folder for the `*at` calls, AT_FDCWD as it is; -EBADF makes the host's
    /// kernel fail where it needs the folder, which it does not for an absolute path}
    public int folder(int fd) {
        return fd == AT_FDCWD ? AT_FDCWD : host(fd);
    }

    /// {@return the guest's lowest number of a host descriptor, or -1}
    public synchronized int guest(int hostFd) {
        for (int fd = 0; fd < hostPlusOne.length; fd++) {
            if (hostPlusOne[fd] == hostFd + 1) {
                return fd;
            }
        }
        return -1;
    }

    /// {@return the lowest number from `least` on that is in use, or -1}
    public synchronized int next(int least) {
        for (int fd = Math.max(least, 0); fd < hostPlusOne.length; fd++) {
            if (hostPlusOne[fd] != 0) {
                return fd;
            }
        }
        return -1;
    }

    /// {@return whether no number is free: what would make a descriptor fails with -EMFILE before it does anything}
    public synchronized boolean isFull() {
        return lowestFree(0) >= limit;
    }

    private int lowestFree(int least) {
        int fd = least;
        while (fd < hostPlusOne.length && hostPlusOne[fd] != 0) {
            fd++;
        }
        return fd;
    }

    /// Gives a new host descriptor the lowest free number.
    ///
    /// @param hostFd what a host call returned; a negative errno is handed through
    /// @return the number, or a negative errno; -EMFILE closes the host's descriptor
    public long add(long hostFd, boolean cloexec) {
        return add(hostFd, cloexec, 0);
    }

    /// Gives a new host descriptor the lowest free number that is not below `least`.
    public synchronized long add(long hostFd, boolean cloexec, int least) {
        if (hostFd < 0) {
            return hostFd;
        }
        int fd = lowestFree(least);
        if (fd >= limit) {
            host.syscall(HostSyscall.CLOSE, hostFd);
            return -Errno.EMFILE;
        }
        set(fd, (int) hostFd, cloexec);
        return fd;
    }

    private void set(int fd, int hostFd, boolean cloexec) {
        if (fd >= hostPlusOne.length) {
            int size = Math.max(fd + 1, 2 * hostPlusOne.length);
            hostPlusOne = Arrays.copyOf(hostPlusOne, size);
            closeOnExec = Arrays.copyOf(closeOnExec, size);
        }
        hostPlusOne[fd] = hostFd + 1;
        closeOnExec[fd] = cloexec;
    }

    /// dup(2), and fcntl(2) with F_DUPFD: another number, the lowest free one from `least` on.
    ///
    /// @return the number or a negative errno
    public synchronized long duplicate(int fd, int least, boolean cloexec) {
        int hostFd = host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        if (least < 0 || least >= limit) {
            return -Errno.EINVAL;
        }
        return lowestFree(least) >= limit ? -Errno.EMFILE : add(duplicateOnHost(hostFd), cloexec, least);
    }

    /// Away from 0 to 2: those stand for the JVM's own standard streams.
    private long duplicateOnHost(int hostFd) {
        return host.syscall(HostSyscall.FCNTL, hostFd, F_DUPFD_CLOEXEC, STANDARD);
    }

    /// dup3(2): makes `newFd` another number of what is at `oldFd`.
    ///
    /// @return `newFd` or a negative errno
    public synchronized long replace(int oldFd, int newFd, boolean cloexec) {
        int hostFd = host(oldFd);
        if (hostFd < 0) {
            return hostFd;
        }
        if (newFd < 0 || newFd >= limit) {
            return -Errno.EBADF;
        }
        long copy = duplicateOnHost(hostFd);
        if (copy < 0) {
            return copy;
        }
        if (host(newFd) >= 0) {
            close(newFd);
        }
        set(newFd, (int) copy, cloexec);
        return newFd;
    }

    /// close(2).
    ///
    /// @return 0 or a negative errno; the number is free in either case, unless it was not in use
    public synchronized long close(int fd) {
        int hostFd = host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        hostPlusOne[fd] = 0;
        closeOnExec[fd] = false;
        return hostFd < STANDARD ? cover(hostFd) : host.syscall(HostSyscall.CLOSE, hostFd);
    }

    private long cover(int hostFd) {
        NativeBuffer buffer = new NativeBuffer();
        long path = buffer.string(DEV_NULL);
        int flags = HostConstants.O_RDWR | HostConstants.O_CLOEXEC;
        long nothing = host.syscall(HostSyscall.OPENAT, AT_FDCWD, path, flags);
        buffer.free();
        if (nothing < 0) {
            return host.syscall(HostSyscall.CLOSE, hostFd);
        }
        host.syscall(HostSyscall.DUP3, nothing, hostFd, HostConstants.O_CLOEXEC);
        host.syscall(HostSyscall.CLOSE, nothing);
        return 0;
    }

    /// {@return whether the number is closed on exec (1 or 0), or -EBADF}
    public synchronized int closeOnExec(int fd) {
        return host(fd) < 0 ? -Errno.EBADF : closeOnExec[fd] ? 1 : 0;
    }

    /// Sets whether the number is closed on exec.
    ///
    /// @return 0 or -EBADF
    public synchronized int setCloseOnExec(int fd, boolean cloexec) {
        if (host(fd) < 0) {
            return -Errno.EBADF;
        }
        closeOnExec[fd] = cloexec;
        return 0;
    }
}
