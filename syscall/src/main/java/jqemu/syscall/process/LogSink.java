package jqemu.syscall.process;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import org.jspecify.annotations.Nullable;

/// Where `-d` and `-strace` write: stderr, or the file that `-D` names. Each text is one write(2), so that those of
/// several threads do not mix.
public final class LogSink {
    private static final int AT_FDCWD = -100;
    private static final int STDERR = 2;

    private final Host host;
    private final byte @Nullable [] file;
    private final NativeBuffer buffer = new NativeBuffer();

    /// The host's descriptor, -1 before the first text.
    private int fd = -1;

    /// A sink that opens its file at the first text.
    ///
    /// @param file the file's path, in which `%d` stands for the process id; null for stderr
    public LogSink(Host host, byte @Nullable [] file) {
        this.host = host;
        this.file = file;
    }

    /// Writes a text; characters above 255 are not expected. What cannot be written is lost.
    public synchronized void write(String text) {
        if (fd < 0) {
            fd = open();
        }
        buffer.reset();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        long address = buffer.copyOf(bytes, 0, bytes.length);
        for (int done = 0; done < bytes.length; ) {
            long count = host.syscall(HostSyscall.WRITE, fd, address + done, bytes.length - done);
            if (count <= 0 && count != -HostConstants.EINTR) {
                return;
            }
            done += (int) Math.max(count, 0);
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
