package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.PollSyscalls;
import jqemu.syscall.process.GuestThread;

/// Waiting for descriptors: poll(2) and select(2), both by the host's ppoll.
final class PollHandlers implements PollSyscalls {
    private static final int POLLFD_SIZE = 8;
    private static final int POLLFD_REVENTS = 6;
    private static final int TIMESPEC_SIZE = 16;
    private static final int SIGSET_SIZE = 8;
    private static final int MOST_FDS = 1 << 20;
    private static final int WORD_BITS = 64;

    // poll(2)'s events, and what select(2) makes of them (`fs/select.c` of Linux)
    private static final int POLLIN = 0x1;
    private static final int POLLPRI = 0x2;
    private static final int POLLOUT = 0x4;
    private static final int POLLERR = 0x8;
    private static final int POLLHUP = 0x10;
    private static final int POLLRDNORM = 0x40;
    private static final int POLLRDBAND = 0x80;
    private static final int POLLWRNORM = 0x100;
    private static final int POLLWRBAND = 0x200;
    private static final int READABLE = POLLRDNORM | POLLRDBAND | POLLIN | POLLHUP | POLLERR;
    private static final int WRITABLE = POLLWRBAND | POLLWRNORM | POLLOUT | POLLERR;
    private static final int EXCEPTIONAL = POLLPRI;

    private final FdTable fds;

    PollHandlers(FdTable fds) {
        this.fds = fds;
    }

    // ---------------------------------------------------------------- poll

    @Override
    public long ppoll(GuestThread thread, long list, int count, long timeout, long mask, long size) {
        if (count < 0 || count > MOST_FDS || (mask != 0 && size != SIGSET_SIZE)) {
            return -Errno.EINVAL;
        }
        byte[] entries = thread.memory().read(list, count * POLLFD_SIZE);
        NativeBuffer scratch = thread.scratch();
        long hostList = scratch.copyOf(entries, 0, entries.length);
        for (int i = 0; i < count; i++) {
            long entry = hostList + (long) i * POLLFD_SIZE;
            int fd = scratch.getInt(entry);
            scratch.putInt(entry, fd < 0 ? fd : hostOrClosed(fd));
        }
        long result = wait(thread, hostList, count, timeout, mask);
        if (result >= 0) {
            for (int i = 0; i < count; i++) {
                int events = scratch.getShort(hostList + (long) i * POLLFD_SIZE + POLLFD_REVENTS);
                entries[i * POLLFD_SIZE + POLLFD_REVENTS] = (byte) events;
                entries[i * POLLFD_SIZE + POLLFD_REVENTS + 1] = (byte) (events >> 8);
            }
            thread.memory().write(list, entries);
        }
        return result;
    }

    /// The host's descriptor; one that is not open where the guest's is not, so that the host answers POLLNVAL.
    private int hostOrClosed(int fd) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? Integer.MAX_VALUE : hostFd;
    }

    /// The host changes the timeout as Linux does for the guest: to what is left of it.
    private static long wait(GuestThread thread, long hostList, int count, long timeout, long mask) {
        long hostTimeout = HostPointers.optional(thread, timeout, TIMESPEC_SIZE);
        long hostMask = HostPointers.optional(thread, mask, SIGSET_SIZE);
        return thread.blockingSyscall(HostSyscall.PPOLL, hostList, count, hostTimeout, hostMask, SIGSET_SIZE, 0);
    }

    // ---------------------------------------------------------------- select

    @Override
    public long pselect6(
            GuestThread thread, int count, long readable, long writable, long exceptional, long timeout, long mask) {
        if (count < 0 || count > MOST_FDS) {
            return -Errno.EINVAL;
        }
        long[][] sets = {read(thread, readable, count), read(thread, writable, count), read(thread, exceptional, count)
        };
        long sigset = 0;
        if (mask != 0) {
            sigset = thread.memory().readLong(mask);
            if (sigset != 0 && thread.memory().readLong(mask + 8) != SIGSET_SIZE) {
                return -Errno.EINVAL;
            }
        }
        NativeBuffer scratch = thread.scratch();
        long list = scratch.allocate(count * POLLFD_SIZE);
        int entries = 0;
        for (int fd = 0; fd < count; fd++) {
            int events = (isIn(sets[0], fd) ? READABLE : 0)
                    | (isIn(sets[1], fd) ? WRITABLE : 0)
                    | (isIn(sets[2], fd) ? EXCEPTIONAL : 0);
            if (events != 0) {
                int hostFd = fds.host(fd);
                if (hostFd < 0) {
                    return hostFd;
                }
                long entry = list + (long) entries++ * POLLFD_SIZE;
                scratch.putInt(entry, hostFd);
                scratch.putInt(entry + 4, events & 0xffff);
            }
        }
        long result = wait(thread, list, entries, timeout, sigset);
        if (result < 0) {
            return result;
        }
        int ready = keepReady(scratch, list, sets, count);
        write(thread, readable, sets[0]);
        write(thread, writable, sets[1]);
        write(thread, exceptional, sets[2]);
        return ready;
    }

    /// Takes out of the sets what is not ready.
    ///
    /// @return how many bits are left
    private static int keepReady(NativeBuffer scratch, long list, long[][] sets, int count) {
        int ready = 0;
        long entry = list;
        for (int fd = 0; fd < count; fd++) {
            if (isIn(sets[0], fd) || isIn(sets[1], fd) || isIn(sets[2], fd)) {
                int events = scratch.getShort(entry + POLLFD_REVENTS);
                entry += POLLFD_SIZE;
                ready += keep(sets[0], fd, events & READABLE)
                        + keep(sets[1], fd, events & WRITABLE)
                        + keep(sets[2], fd, events & EXCEPTIONAL);
            }
        }
        return ready;
    }

    private static int keep(long[] set, int fd, int events) {
        if (!isIn(set, fd)) {
            return 0;
        }
        if (events == 0) {
            set[fd / WORD_BITS] &= ~(1L << fd);
            return 0;
        }
        return 1;
    }

    private static boolean isIn(long[] set, int fd) {
        return fd / WORD_BITS < set.length && (set[fd / WORD_BITS] & 1L << fd) != 0;
    }

    /// An `fd_set` of the guest; an empty one for NULL.
    private static long[] read(GuestThread thread, long vaddr, int count) {
        long[] set = new long[vaddr == 0 ? 0 : (count + WORD_BITS - 1) / WORD_BITS];
        for (int i = 0; i < set.length; i++) {
            set[i] = thread.memory().readLong(vaddr + 8L * i);
        }
        return set;
    }

    private static void write(GuestThread thread, long vaddr, long[] set) {
        for (int i = 0; i < set.length; i++) {
            thread.memory().writeLong(vaddr + 8L * i, set[i]);
        }
    }
}
