package jqemu.syscall.fs;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;

/// Finds the descriptors that the caller passed on to us.
///
/// They are what is open at the start without the close-on-exec flag, because they came through an execve; our own
/// files and most of the JVM's have the flag. The JVM opens without it: its `modules` file, the jars and the AOT cache.
/// Those are told by the path in `/proc/self/fd`: `*/lib/modules`, and `*.jar`, `*.aot` and `*.jsa` below the folder of
/// the install, or below the JVM's.
public final class InheritedFds {
    private static final int AT_FDCWD = -100;
    private static final int F_GETFD = 1;
    private static final int STANDARD = 3;
    private static final int DIRENT_LENGTH = 16;
    private static final int DIRENT_NAME = 19;
    private static final int ENTRIES_SIZE = 4096;
    private static final int TARGET_SIZE = 4096;
    private static final byte[] FOLDER = "/proc/self/fd".getBytes(StandardCharsets.ISO_8859_1);

    private final Host host;
    private final NativeBuffer buffer = new NativeBuffer();

    private InheritedFds(Host host) {
        this.host = host;
    }

    /// Makes the descriptor table that a program starts with.
    ///
    /// @param closed bit `n` is set when the caller had closed descriptor `n`, as
    /// [jqemu.syscall.launcher.Launch#closed] says
    public static FdTable table(Host host, int closed) {
        FdTable table = new FdTable(host);
        for (int fd = 0; fd < STANDARD; fd++) {
            if ((closed >> fd & 1) == 0) {
                table.inherit(fd);
            }
        }
        InheritedFds search = new InheritedFds(host);
        search.addTo(table);
        search.buffer.free();
        return table;
    }

    private void addTo(FdTable table) {
        int flags = HostConstants.O_RDONLY | HostConstants.O_DIRECTORY | HostConstants.O_CLOEXEC;
        long folder = host.syscall(HostSyscall.OPENAT, AT_FDCWD, buffer.string(FOLDER), flags);
        long entries = buffer.allocate(ENTRIES_SIZE);
        long target = buffer.allocate(TARGET_SIZE);
        while (folder >= 0) {
            long count = host.syscall(HostSyscall.GETDENTS64, folder, entries, ENTRIES_SIZE);
            if (count <= 0) {
                break;
            }
            for (long at = entries; at < entries + count; at += buffer.getShort(at + DIRENT_LENGTH)) {
                int fd = number(at + DIRENT_NAME);
                if (fd >= STANDARD && isInherited((int) folder, fd, at + DIRENT_NAME, target)) {
                    table.inherit(fd);
                }
            }
        }
        if (folder >= 0) {
            host.syscall(HostSyscall.CLOSE, folder);
        }
    }

    /// The number of an entry, -1 for `.` and `..`.
    private int number(long name) {
        int number = 0;
        for (long at = name; buffer.getByte(at) != 0; at++) {
            if (buffer.getByte(at) == '.') {
                return -1;
            }
            number = 10 * number + (buffer.getByte(at) - '0');
        }
        return number;
    }

    private boolean isInherited(int folder, int fd, long name, long target) {
        if (host.syscall(HostSyscall.FCNTL, fd, F_GETFD) != 0) {
            return false;
        }
        long length = host.syscall(HostSyscall.READLINKAT, folder, name, target, TARGET_SIZE);
        return length <= 0 || !isOfJvm(new String(buffer.get(target, (int) length), StandardCharsets.ISO_8859_1));
    }

    /// Whether the JVM has opened the file.
    static boolean isOfJvm(String path) {
        if (path.endsWith("/lib/modules")) {
            return true;
        }
        boolean isPackage = path.endsWith(".jar") || path.endsWith(".aot") || path.endsWith(".jsa");
        return isPackage
                && (isBelow(path, System.getProperty("jqemu.home", ""))
                        || isBelow(path, System.getProperty("java.home", ""))
                        || System.getProperty("java.class.path", "").contains(path));
    }

    private static boolean isBelow(String path, String folder) {
        return !folder.isEmpty() && path.startsWith(folder);
    }
}
