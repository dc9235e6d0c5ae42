package jqemu.syscall.process;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import org.jspecify.annotations.Nullable;

/// Where `-d`, `-strace` and plugins write: stderr, or the file that `-D` names. Each text is one write(2), so that
/// those of several threads do not mix; what plugins write to a file, which may be a line an instruction, is collected
/// until the guest's next system call. Only a signal that kills us outright cuts off what is collected.
public final class LogSink {
    private static final int AT_FDCWD = -100;
    private static final int STDERR = 2;
    private static final int MOST_COLLECTED = 1 << 15;

    private final Host host;
    private final byte @Nullable [] file;
    private final NativeBuffer buffer = new NativeBuffer();

    /// The host's descriptor, -1 before the first text.
    private int fd = -1;

    /// What waits for [#flush], `length` bytes; without a file there is no room.
    private final byte[] collected;

    private int length;

    /// A sink that opens its file at the first text.
    ///
    /// @param file the file's path, in which `%d` stands for the process id; null for stderr
    public LogSink(Host host, byte @Nullable [] file) {
        this.host = host;
        this.file = file;
        this.collected = new byte[file == null ? 0 : MOST_COLLECTED];
    }

    /// Writes a text; characters above 255 are not expected. What cannot be written is lost.
    public synchronized void write(String text) {
        flush();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        write(bytes, bytes.length);
    }

    /// Writes a text soon: after others where a file is written, at once where people may be watching.
    void collect(String text) {
        if (text.length() > collected.length) {
            write(text);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        synchronized (this) {
            if (length + bytes.length > collected.length) {
                flush();
            }
            System.arraycopy(bytes, 0, collected, length, bytes.length);
            length += bytes.length;
        }
    }

    /// Whether [#flush] has something to do, as far as the calling thread knows.
    boolean isBehind() {
        return length != 0;
    }

    /// Writes what was collected.
    synchronized void flush() {
        if (length != 0) {
            write(collected, length);
            length = 0;
        }
    }

    private void write(byte[] bytes, int count) {
        if (fd < 0) {
            fd = open();
        }
        buffer.reset();
        long address = buffer.copyOf(bytes, 0, count);
        for (int done = 0; done < count; ) {
            long written = host.syscall(HostSyscall.WRITE, fd, address + done, count - done);
            if (written <= 0 && written != -HostConstants.EINTR) {
                return;
            }
            done += (int) Math.max(written, 0);
        }
    }

    private int open() {
        if (file == null) {
            return STDERR;
        }
        String name = new String(file, StandardCharsets.ISO_8859_1)
                .replace("%d", Long.toString(host.syscall(HostSyscall.GETPID)));
        // a guest's children write to the same file: none may write over another, nor begin the file anew
        int create = HostConstants.O_CREAT | (Boolean.getBoolean("jqemu.descendant") ? 0 : HostConstants.O_TRUNC);
        int flags = HostConstants.O_WRONLY | HostConstants.O_APPEND | HostConstants.O_CLOEXEC | create;
        buffer.reset();
        long path = buffer.string(name.getBytes(StandardCharsets.ISO_8859_1));
        long result = host.syscall(HostSyscall.OPENAT, AT_FDCWD, path, flags, 0666);
        return result < 0 ? STDERR : (int) result;
    }
}
