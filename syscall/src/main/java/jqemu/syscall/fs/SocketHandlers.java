package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.SocketSyscalls;
import jqemu.syscall.process.GuestThread;

/// Sockets: socket(7). Addresses are the same structures on guest and host.
final class SocketHandlers implements SocketSyscalls {
    private static final int LENGTH_SIZE = 4;

    private final FdTable fds;

    SocketHandlers(FdTable fds) {
        this.fds = fds;
    }

    @Override
    public long getsockname(GuestThread thread, int fd, long address, long length) {
        return name(thread, HostSyscall.GETSOCKNAME, fd, address, length);
    }

    @Override
    public long getpeername(GuestThread thread, int fd, long address, long length) {
        return name(thread, HostSyscall.GETPEERNAME, fd, address, length);
    }

    private long name(GuestThread thread, int call, int fd, long address, long length) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostLength = HostPointers.required(thread, length, LENGTH_SIZE);
        long size = thread.memory().accessOk(length, LENGTH_SIZE)
                ? Integer.toUnsignedLong(thread.memory().readInt(length))
                : 0;
        return thread.syscall(call, hostFd, HostPointers.required(thread, address, size), hostLength, 0, 0, 0);
    }
}
