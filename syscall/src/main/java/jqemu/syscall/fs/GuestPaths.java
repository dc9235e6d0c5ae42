package jqemu.syscall.fs;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.process.GuestThread;
import org.jspecify.annotations.Nullable;

/// Reads paths of the guest and leads them to the host's files.
///
/// A path is bytes. Three kinds lead elsewhere: absolute ones to below the folder that `-L` names, where that has such
/// a file; `/proc/self/fd/N`, `/dev/fd/N` and `/dev/stdin` to the host's number; `/proc/self/exe` to the guest's
/// program.
public final class GuestPaths {
    /// PATH_MAX: a path with its zero byte has at most so many bytes.
    static final int PATH_MAX = 4096;

    private static final int AT_FDCWD = -100;

    private final FdTable fds;
    private final ProcSelf proc;
    private final byte @Nullable [] prefix;

    GuestPaths(FdTable fds, ProcSelf proc, byte @Nullable [] prefix) {
        this.fds = fds;
        this.proc = proc;
        this.prefix = prefix == null || prefix.length == 0 ? null : prefix;
    }

    /// Reads a path of the guest.
    ///
    /// @return null when it is too long
    /// @throws jqemu.loader.memory.GuestFault when it cannot be read
    public static byte @Nullable [] read(GuestThread thread, long vaddr) {
        byte[] path = thread.memory().readString(vaddr, PATH_MAX);
        return path.length < PATH_MAX ? path : null;
    }

    /// Leads a path to the host: for calls that only change what is named, which `-L` does not concern.
    ///
    /// @param vaddr the guest address of the path
    /// @return the host address of the path to use, or a negative errno
    long plain(GuestThread thread, long vaddr) {
        byte[] path = read(thread, vaddr);
        return path == null ? -Errno.ENAMETOOLONG : thread.scratch().string(redirect(path, true));
    }

    /// Leads a path to the host.
    ///
    /// @param vaddr the guest address of the path
    /// @param follow whether a symbolic link at its end is followed
    /// @return the host address of the path to use, or a negative errno
    public long resolve(GuestThread thread, long vaddr, boolean follow) {
        byte[] path = read(thread, vaddr);
        return path == null ? -Errno.ENAMETOOLONG : resolve(thread, path, follow);
    }

    /// As [#resolve], of a path whose last link is followed; NULL stays NULL.
    public long optional(GuestThread thread, long vaddr) {
        return vaddr == 0 ? 0 : resolve(thread, vaddr, true);
    }

    /// Leads a path that was read to the host.
    public long resolve(GuestThread thread, byte[] path, boolean follow) {
        NativeBuffer scratch = thread.scratch();
        if (prefix != null && path.length > 0 && path[0] == '/') {
            byte[] below = new byte[prefix.length + path.length];
            System.arraycopy(prefix, 0, below, 0, prefix.length);
            System.arraycopy(path, 0, below, prefix.length, path.length);
            long address = scratch.string(below);
            if (thread.syscall(HostSyscall.FACCESSAT, AT_FDCWD, address, 0, 0, 0, 0) == 0) {
                return address;
            }
        }
        return scratch.string(redirect(path, follow));
    }

    /// {@return the path of the guest's program if this is the link to it, else the path itself}
    public byte[] withoutProgramLink(byte[] path) {
        return proc.isProgramLink(path) ? proc.programPath() : path;
    }

    private byte[] redirect(byte[] path, boolean follow) {
        if (path.length < 7 || path[0] != '/' || (path[1] != 'p' && path[1] != 'd')) {
            return path; // neither /proc/ nor /dev/fd/ nor /dev/std
        }
        String name = new String(path, StandardCharsets.ISO_8859_1);
        if (follow) {
            if (name.equals("/dev/stdin")) {
                return descriptor(0, path);
            }
            if (name.equals("/dev/stdout")) {
                return descriptor(1, path);
            }
            if (name.equals("/dev/stderr")) {
                return descriptor(2, path);
            }
        }
        if (name.startsWith("/dev/fd/")) {
            return descriptor(number(name, 8), path);
        }
        String below = proc.nameBelow(name);
        if (below == null) {
            return path;
        }
        if (below.startsWith("fd/")) {
            return descriptor(number(below, 3), path);
        }
        return below.equals("exe") && follow ? HostPaths.link(proc.programFd()) : path;
    }

    /// The path of a host descriptor; for what is no descriptor of the guest's, one that does not exist.
    private byte[] descriptor(int fd, byte[] path) {
        if (fd < 0) {
            return path;
        }
        int hostFd = fds.host(fd);
        return HostPaths.link(hostFd < 0 ? Integer.MAX_VALUE : hostFd);
    }

    /// The decimal number that is the rest of a name, or -1.
    static int number(String name, int start) {
        int number = 0;
        for (int i = start; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > 100_000_000) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return start < name.length() ? number : -1;
    }
}
