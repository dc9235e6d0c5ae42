package jqemu.syscall.process;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;

/// The system calls that a child on its parent's thread may make: those that do not block, so that its parent, which
/// waits, cannot be what they would wait for, and that change nothing but the child's own process.
final class HarmlessCalls {
    private static final int AT_FDCWD = -100;
    private static final int F_SETLKW = 7;
    private static final int F_OFD_SETLKW = 38;
    private static final int FUTEX_WAKE = 1;
    private static final int FUTEX_COMMAND = 0x7f;
    private static final int POLLFD_SIZE = 8;
    private static final int TIMESPEC_SIZE = 16;
    private static final int POLLIN = 1;
    private static final int POLLOUT = 4;
    private static final int STAT_SIZE = 144;
    private static final int ST_MODE = 24;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFIFO = 0x1000;
    private static final int PATH_MAX = 4096;
    /// PIPE_BUF: what a pipe that poll(2) calls writable takes at once.
    private static final int AT_ONCE = 4096;

    private HarmlessCalls() {}

    /// Whether the call is one of them. Numbers are those of `aarch64.syscalls`.
    static boolean has(GuestThread thread, int number, long a0, long a1, long a2) {
        return switch (number) {
            case 17, 23, 24, 29, 33, 34, 35, 36, 37, 38, 43, 44, 45, 46, 48, 49, 50, 52, 53, 54, 55, 57, 59, 61, 62 ->
                true;
            case 25 -> a1 != F_SETLKW && a1 != F_OFD_SETLKW;
            case 56 -> !opensPipe(thread, a1);
            case 63 -> isReady(thread, (int) a0, POLLIN);
            case 64 -> a2 <= AT_ONCE && isReady(thread, (int) a0, POLLOUT);
            case 67, 68, 78, 79, 80, 88, 90, 91, 93, 94, 96, 99, 100, 113, 114 -> true;
            case 98 -> (a1 & FUTEX_COMMAND) == FUTEX_WAKE;
            case 132, 134, 135, 136, 139, 140, 141 -> true;
            case 160, 163, 164, 165, 166, 167, 168, 169, 178, 179 -> true;
            case 221, 233, 261, 276, 278, 281, 291, 293, 436, 439 -> true;
            default -> number >= 143 && number <= 159 || number >= 172 && number <= 177;
        };
    }

    /// Whether the file is a named pipe: opening one waits for the other end.
    private static boolean opensPipe(GuestThread thread, long path) {
        NativeBuffer scratch = thread.scratch();
        long name = scratch.string(thread.memory().readString(path, PATH_MAX));
        long stat = scratch.allocate(STAT_SIZE);
        long error = thread.syscall(HostSyscall.NEWFSTATAT, AT_FDCWD, name, stat, 0, 0, 0);
        return error == 0 && (scratch.getInt(stat + ST_MODE) & S_IFMT) == S_IFIFO;
    }

    private static boolean isReady(GuestThread thread, int fd, int event) {
        NativeBuffer scratch = thread.scratch();
        int hostFd = thread.process().resources().fds().host(fd);
        long poll = scratch.allocate(POLLFD_SIZE);
        scratch.putInt(poll, hostFd);
        scratch.putInt(poll + 4, event);
        long now = scratch.allocate(TIMESPEC_SIZE);
        scratch.clear(now, TIMESPEC_SIZE);
        return hostFd < 0 || thread.syscall(HostSyscall.PPOLL, poll, 1, now, 0, 0, 0) != 0;
    }
}
