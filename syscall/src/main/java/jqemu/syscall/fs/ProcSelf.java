package jqemu.syscall.fs;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.image.StackImage;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.process.GuestThread;
import jqemu.syscall.process.LinuxProcess;
import org.jspecify.annotations.Nullable;

/// The files of `/proc/self` that must show the guest and not the JVM.
///
/// To add one, give it a case in [#content].
final class ProcSelf {
    private static final int MFD_CLOEXEC = 1;
    private static final int SEEK_SET = 0;
    private static final int TASK = "task/".length();
    private static final int NAME_COLUMN = 73;
    private static final byte[] NAME = {'p', 'r', 'o', 'c'};

    private final LinuxProcess process;
    private final ProcFiles files;

    ProcSelf(LinuxProcess process) {
        this.process = process;
        this.files = new ProcFiles(process);
    }

    /// {@return what follows `/proc/self/` (or `/proc/thread-self/`, or the folder of our own pid), or null}
    @Nullable
    String nameBelow(String path) {
        if (!path.startsWith("/proc/")) {
            return null;
        }
        int end = path.indexOf('/', 6);
        if (end < 0) {
            return null;
        }
        String owner = path.substring(6, end);
        boolean own = owner.equals("self") || owner.equals("thread-self") || isOwnPid(owner);
        return own ? path.substring(end + 1) : null;
    }

    private boolean isOwnPid(String owner) {
        return owner.charAt(0) >= '1'
                && owner.charAt(0) <= '9'
                && owner.equals(Long.toString(process.host().syscall(HostSyscall.GETPID)));
    }

    /// {@return whether the path is that of the link to the guest's program}
    boolean isProgramLink(byte[] path) {
        int length = path.length;
        return length > 6
                && path[0] == '/'
                && path[1] == 'p'
                && path[length - 1] == 'e'
                && path[length - 2] == 'x'
                && "exe".equals(nameBelow(new String(path, StandardCharsets.ISO_8859_1)));
    }

    /// {@return the host's descriptor of the guest's program}
    int programFd() {
        return process.program().file().fd();
    }

    /// {@return the path of the guest's program, as `/proc/self/exe` shows it}
    byte[] programPath() {
        return process.program().file().realPath().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Opens a file of `/proc/self`.
    ///
    /// @param path the path
    /// @return a host descriptor or a negative errno; 0 when the host's file will do
    long open(GuestThread thread, byte[] path) {
        if (path.length < 7 || path[0] != '/' || path[1] != 'p') {
            return 0;
        }
        String whole = new String(path, StandardCharsets.ISO_8859_1);
        String name = nameBelow(whole);
        if (name != null && name.startsWith("task/")) {
            return openOfThread(thread, name);
        }
        byte[] content = name == null ? system(whole) : content(thread, name);
        return content == null ? 0 : fileWith(thread, content);
    }

    /// Opens a file of `/proc/self/task/TID`; there are none of the JVM's threads.
    private long openOfThread(GuestThread thread, String name) {
        int slash = name.indexOf('/', TASK);
        int tid = GuestPaths.number(slash < 0 ? name : name.substring(0, slash), TASK);
        GuestThread other = tid < 0 ? null : process.thread(tid);
        if (other == null) {
            return -Errno.ENOENT;
        }
        byte[] content = slash < 0 ? null : content(thread, other, name.substring(slash + 1));
        return content == null ? 0 : fileWith(thread, content);
    }

    private byte @Nullable [] system(String path) {
        return path.equals("/proc/cpuinfo") ? bytes(files.cpuinfo()) : null;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte @Nullable [] content(GuestThread thread, String name) {
        GuestThread first = process.firstThread();
        return content(thread, first == null ? thread : first, name);
    }

    /// What the guest is to read behind a name.
    ///
    /// @param of the thread that the folder belongs to
    private byte @Nullable [] content(GuestThread thread, GuestThread of, String name) {
        return switch (name) {
            case "comm" -> bytes(files.comm(thread, of));
            case "stat" -> bytes(files.stat(thread, of));
            case "statm" -> bytes(files.statm(thread));
            case "status" -> bytes(files.status(thread, of));
            case "environ" -> environment();
            case "maps" -> maps();
            case "auxv" -> process.program().stack().auxv();
            case "cmdline" -> commandLine();
            default -> null;
        };
    }

    private byte[] commandLine() {
        StackImage stack = process.program().stack();
        return process.memory().read(stack.argumentsStart(), (int) (stack.argumentsEnd() - stack.argumentsStart()));
    }

    private byte[] environment() {
        StackImage stack = process.program().stack();
        return process.memory().read(stack.argumentsEnd(), (int) (stack.environmentEnd() - stack.argumentsEnd()));
    }

    private byte[] maps() {
        StringBuilder text = new StringBuilder();
        for (Mapping mapping : process.memory().space().mappings()) {
            append(text, mapping);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void append(StringBuilder text, Mapping mapping) {
        int start = text.length();
        appendHex(text, mapping.start()).append('-');
        appendHex(text, mapping.end()).append(' ');
        text.append((mapping.protection() & 1) != 0 ? 'r' : '-');
        text.append((mapping.protection() & 2) != 0 ? 'w' : '-');
        text.append((mapping.protection() & 4) != 0 ? 'x' : '-');
        text.append(mapping.shared() ? 's' : 'p').append(' ');
        String name = mapping.name();
        appendHex(text, name == null || name.startsWith("[") ? 0 : mapping.offset())
                .append(" 00:00 0 ");
        if (name != null) {
            while (text.length() < start + NAME_COLUMN) {
                text.append(' ');
            }
            text.append(name);
        }
        text.append('\n');
    }

    private static StringBuilder appendHex(StringBuilder text, long value) {
        String digits = Long.toHexString(value);
        return text.repeat('0', Math.max(0, 8 - digits.length())).append(digits);
    }

    /// An anonymous file that holds the bytes, at whose start the descriptor stands.
    private static long fileWith(GuestThread thread, byte[] content) {
        Host host = thread.process().host();
        NativeBuffer scratch = thread.scratch();
        long fd = host.syscall(HostSyscall.MEMFD_CREATE, scratch.string(NAME), MFD_CLOEXEC);
        if (fd < 0) {
            return fd;
        }
        long address = scratch.copyOf(content, 0, content.length);
        for (int done = 0; done < content.length; ) {
            long count = host.syscall(HostSyscall.WRITE, fd, address + done, content.length - done);
            if (count <= 0) {
                host.syscall(HostSyscall.CLOSE, fd);
                return -Errno.EIO;
            }
            done += (int) count;
        }
        host.syscall(HostSyscall.LSEEK, fd, 0, SEEK_SET);
        return fd;
    }
}
