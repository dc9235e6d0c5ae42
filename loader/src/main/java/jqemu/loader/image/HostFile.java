package jqemu.loader.image;

import static jqemu.loader.host.HostConstants.O_CLOEXEC;
import static jqemu.loader.host.HostConstants.O_NOCTTY;
import static jqemu.loader.host.HostConstants.O_NONBLOCK;
import static jqemu.loader.host.HostConstants.O_RDONLY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jdk.internal.misc.Unsafe;
import jqemu.loader.elf.ByteSource;
import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;

/// The guest program's file, open on the host.
///
/// Opened through the host seam, not `java.io`: a path is bytes, and the file descriptor is needed to
/// map segments from the file. It stays open, out of the guest's sight, for symbols that are read
/// later, when the path may lead elsewhere. Its memory is the host's and is freed by [#close].
public final class HostFile implements ByteSource {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_MODE = 28;
    private static final int STATX_SIZE = 40;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFREG = 0x8000;
    private static final int ANY_EXECUTE = 0111;
    private static final int BUFFER_SIZE = 1 << 16;
    private static final byte[] FD_FOLDER = {'/', 'p', 'r', 'o', 'c', '/', 's', 'e', 'l', 'f', '/', 'f', 'd', '/'};

    private final Host host;
    private final int fd;
    private final long size;

    /// The address of `BUFFER_SIZE` bytes, 0 when closed.
    private long buffer;

    private HostFile(Host host, int fd, long size, long buffer) {
        this.host = host;
        this.fd = fd;
        this.size = size;
        this.buffer = buffer;
    }

    /// Opens a program.
    ///
    /// What is no regular file, or what nobody may execute, is refused as QEMU refuses it. A pipe
    /// must not make us wait, so it is opened without.
    ///
    /// @param host the host
    /// @param path the path, without a final NUL
    /// @throws ElfFormatException if there is no such program
    public static HostFile open(Host host, byte[] path) throws ElfFormatException {
        long buffer = UNSAFE.allocateMemory(BUFFER_SIZE);
        long fd = -Errno.ENAMETOOLONG;
        if (path.length < BUFFER_SIZE) {
            putString(buffer, path);
            int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
            fd = host.syscall(HostSyscall.OPENAT, AT_FDCWD, buffer, flags, 0);
        }
        if (fd < 0) {
            UNSAFE.freeMemory(buffer);
            throw ElfFormatException.notLoadable(Errno.text((int) -fd));
        }
        UNSAFE.putByte(buffer, (byte) 0);
        long statx = buffer + 16;
        long result = host.syscall(HostSyscall.STATX, fd, buffer, AT_EMPTY_PATH, STATX_BASIC_STATS, statx, 0);
        int mode = Short.toUnsignedInt(UNSAFE.getShort(statx + STATX_MODE));
        HostFile file = new HostFile(host, (int) fd, UNSAFE.getLong(statx + STATX_SIZE), buffer);
        if (result < 0 || (mode & S_IFMT) != S_IFREG || (mode & ANY_EXECUTE) == 0) {
            file.close();
            throw ElfFormatException.notLoadable(Errno.text(result < 0 ? (int) -result : Errno.ENOEXEC));
        }
        return file;
    }

    private static void putString(long address, byte[] string) {
        UNSAFE.copyMemory(string, Unsafe.ARRAY_BYTE_BASE_OFFSET, null, address, string.length);
        UNSAFE.putByte(address + string.length, (byte) 0);
    }

    @Override
    public long size() {
        return size;
    }

    /// {@return the host's file descriptor}
    public int fd() {
        return fd;
    }

    @Override
    public synchronized int read(long offset, byte[] target, int start, int length) throws IOException {
        if (buffer == 0) {
            throw new IOException("the program's file is closed");
        }
        int wanted = Math.min(length, BUFFER_SIZE);
        long count = host.syscall(HostSyscall.PREAD64, fd, buffer, wanted, offset);
        if (count < 0) {
            throw new IOException(Errno.text((int) -count));
        }
        UNSAFE.copyMemory(null, buffer, target, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) start, count);
        return (int) count;
    }

    /// {@return the file's absolute path without symbolic links, each byte as one character
    /// (ISO-8859-1), or an empty string if the host does not tell}
    ///
    /// It is what `/proc/self/maps` and `/proc/self/exe` show.
    public synchronized String realPath() {
        if (buffer == 0) {
            return "";
        }
        putString(buffer, descriptorPath(fd));
        long target = buffer + 64;
        long room = BUFFER_SIZE - 64;
        long count = host.syscall(HostSyscall.READLINKAT, AT_FDCWD, buffer, target, room);
        if (count <= 0) {
            return "";
        }
        byte[] path = new byte[(int) count];
        UNSAFE.copyMemory(null, target, path, Unsafe.ARRAY_BYTE_BASE_OFFSET, count);
        return new String(path, StandardCharsets.ISO_8859_1);
    }

    private static byte[] descriptorPath(int fd) {
        int digits = 1;
        for (int rest = fd / 10; rest != 0; rest /= 10) {
            digits++;
        }
        byte[] path = new byte[FD_FOLDER.length + digits];
        System.arraycopy(FD_FOLDER, 0, path, 0, FD_FOLDER.length);
        int rest = fd;
        for (int at = path.length - 1; at >= FD_FOLDER.length; at--) {
            path[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return path;
    }

    /// Closes the file. Symbols that were not read by now are lost.
    public synchronized void close() {
        if (buffer != 0) {
            UNSAFE.freeMemory(buffer);
            buffer = 0;
            host.syscall(HostSyscall.CLOSE, fd);
        }
    }
}
