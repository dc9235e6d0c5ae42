package jqemu.syscall.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.ChildSyscalls;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.fs.GuestPaths;
import jqemu.syscall.fs.HostPaths;
import jqemu.syscall.launcher.InheritedOptions;

/// Other programs and the ends of children: execve(2), wait4(2), waitid(2).
///
/// A program for AArch64 is executed by this program, started anew; one of the host as it is. Which it is, and the
/// interpreter of a script, is decided here, because the host's kernel would not know what to do with the former.
final class ChildHandlers implements ChildSyscalls {
    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int RUSAGE_SIZE = 144;
    private static final int SIGINFO_SIZE = 128;
    private static final int WORD = 4;
    private static final int P_PIDFD = 3;

    /// MAX_ARG_STRLEN: the longest argument.
    private static final int MOST_STRING = 32 * GuestMemory.PAGE_SIZE;
    /// Three quarters of 8 MiB, the most that the kernel gives to all arguments.
    private static final long MOST_BYTES = 6L << 20;
    /// How many scripts may be each other's interpreters.
    private static final int MOST_SCRIPTS = 5;

    private final FdTable fds;
    private final GuestPaths paths;

    ChildHandlers(FdTable fds, GuestPaths paths) {
        this.fds = fds;
        this.paths = paths;
    }

    // ---------------------------------------------------------------- execve

    @Override
    public long execve(GuestThread thread, long path, long arguments, long environment) {
        byte[] name = GuestPaths.read(thread, path);
        return name == null ? -Errno.ENAMETOOLONG : execute(thread, name, arguments, environment);
    }

    @Override
    public long execveat(GuestThread thread, int folder, long path, long arguments, long environment, int flags) {
        byte[] name = GuestPaths.read(thread, path);
        if (name == null) {
            return -Errno.ENAMETOOLONG;
        }
        if ((flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW)) != 0) {
            return -Errno.EINVAL;
        }
        boolean relative = name.length == 0 || name[0] != '/';
        if (name.length == 0 && (flags & AT_EMPTY_PATH) == 0) {
            return -Errno.ENOENT;
        }
        if (relative && folder != AT_FDCWD) {
            int hostFd = fds.host(folder);
            if (hostFd < 0) {
                return hostFd;
            }
            name = name.length == 0
                    ? HostPaths.behind(thread, hostFd)
                    : ("/proc/self/fd/" + hostFd + "/" + new String(name, ISO_8859_1)).getBytes(ISO_8859_1);
        }
        return execute(thread, name, arguments, environment);
    }

    private long execute(GuestThread thread, byte[] path, long arguments, long environment) {
        if (!thread.process().canExecute()) {
            return -Errno.ENOSYS;
        }
        List<byte[]> argv = new ArrayList<>();
        List<byte[]> envp = new ArrayList<>();
        long left = readVector(thread, arguments, argv, MOST_BYTES);
        if (left >= 0) {
            left = readVector(thread, environment, envp, left);
        }
        if (left < 0) {
            return -Errno.E2BIG;
        }
        byte[][] variables = envp.toArray(new byte[0][]);
        byte[] program = paths.withoutProgramLink(path);
        for (int scripts = 0; scripts < MOST_SCRIPTS; scripts++) {
            ProgramFile file = ProgramFile.read(thread, paths, program);
            if (file.error() < 0) {
                return file.error();
            }
            switch (file.kind()) {
                case GUEST -> {
                    return left(toGuest(thread, program, argv, variables));
                }
                case HOST -> {
                    byte[] resolved = file.hostPath();
                    byte[][] words = argv.toArray(new byte[0][]);
                    return left(new ProgramChange(thread).toHostProgram(resolved, words, variables));
                }
                case SCRIPT -> {
                    argv = file.scriptArguments(program, argv);
                    program = paths.withoutProgramLink(argv.getFirst());
                }
            }
        }
        return -Errno.ELOOP;
    }

    private static long left(long result) {
        if (result == 0) {
            throw new ProcessLeft();
        }
        return result;
    }

    private static long toGuest(GuestThread thread, byte[] program, List<byte[]> argv, byte[][] environment) {
        LinuxProcess process = thread.process();
        List<byte[]> own = InheritedOptions.of(process.launch(), process.options());
        byte[] first = argv.isEmpty() ? new byte[0] : argv.getFirst();
        byte[] file = program.length > 0 && program[0] == '-'
                ? ("./" + new String(program, ISO_8859_1)).getBytes(ISO_8859_1)
                : program;
        if (!Arrays.equals(first, file)) {
            own.add(new byte[] {'-', '0'});
            own.add(first);
        }
        own.add(file);
        own.addAll(argv.subList(Math.min(1, argv.size()), argv.size()));
        return new ProgramChange(thread).toGuestProgram(own, environment);
    }

    /// Reads `argv` or `envp`; a null pointer is an empty one.
    ///
    /// @return how many of the bytes that there is room for are left, or a negative number
    private static long readVector(GuestThread thread, long vector, List<byte[]> strings, long room) {
        long left = room;
        if (vector == 0) {
            return left;
        }
        GuestMemory memory = thread.memory();
        for (long at = vector; ; at += 8) {
            long string = memory.readLong(at);
            if (string == 0) {
                return left;
            }
            byte[] bytes = memory.readString(string, MOST_STRING);
            left -= bytes.length + 1 + 8;
            if (bytes.length >= MOST_STRING || left < 0) {
                return -1;
            }
            strings.add(bytes);
        }
    }

    // ---------------------------------------------------------------- wait

    @Override
    public long wait4(GuestThread thread, int pid, long status, int options, long usage) {
        long hostStatus = HostPointers.optional(thread, status, WORD);
        long hostUsage = HostPointers.optional(thread, usage, RUSAGE_SIZE);
        return thread.blockingSyscall(HostSyscall.WAIT4, pid, hostStatus, options, hostUsage, 0, 0);
    }

    @Override
    public long waitid(GuestThread thread, int which, int pid, long info, int options, long usage) {
        long hostInfo = HostPointers.optional(thread, info, SIGINFO_SIZE);
        long hostUsage = HostPointers.optional(thread, usage, RUSAGE_SIZE);
        long id = which == P_PIDFD ? fds.host(pid) : pid;
        return thread.blockingSyscall(HostSyscall.WAITID, which, id, hostInfo, options, hostUsage, 0);
    }
}
