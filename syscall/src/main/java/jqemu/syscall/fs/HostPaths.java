package jqemu.syscall.fs;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.process.GuestThread;

/// Paths of what host descriptors stand for.
public final class HostPaths {
    private static final int AT_FDCWD = -100;
    private static final int PATH_MAX = 4096;

    private HostPaths() {}

    /// {@return the path of the link that leads to what the host's descriptor `hostFd` stands for}
    public static byte[] link(int hostFd) {
        return "/proc/self/fd/".concat(Integer.toString(hostFd)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// {@return the path of the open file behind the host's descriptor `hostFd`; empty when there is none}
    public static byte[] behind(GuestThread thread, int hostFd) {
        NativeBuffer scratch = thread.scratch();
        long path = scratch.string(link(hostFd));
        long target = scratch.allocate(PATH_MAX);
        long length = thread.syscall(HostSyscall.READLINKAT, AT_FDCWD, path, target, PATH_MAX, 0, 0);
        return length <= 0 ? new byte[0] : scratch.get(target, (int) length);
    }
}
