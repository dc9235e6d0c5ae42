package jqemu.syscall.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.SocketSyscalls;
import jqemu.syscall.process.GuestThread;

/// Sockets: socket(7). Addresses and options are the same structures on guest and host; [SocketMessages] has messages.
final class SocketHandlers implements SocketSyscalls {
    private static final int LENGTH_SIZE = 4;
    private static final int FDS_SIZE = 8;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MOST_ADDRESS = 128;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    private static final int SOCK_FPROG_SIZE = 16;
    private static final int SOCK_FILTER_SIZE = 8;
    private static final int TIMESPEC_SIZE = 16;

    private final FdTable fds;
    private final SocketMessages messages;

    SocketHandlers(FdTable fds) {
        this.fds = fds;
        this.messages = new SocketMessages(fds);
    }

    // ---------------------------------------------------------------- making them

    @Override
    public long socket(GuestThread thread, int domain, int type, int protocol) {
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        long hostFd = thread.syscall(HostSyscall.SOCKET, domain, type | SOCK_CLOEXEC, protocol, 0, 0, 0);
        return fds.add(hostFd, (type & SOCK_CLOEXEC) != 0);
    }

    @Override
    public long socketpair(GuestThread thread, int domain, int type, int protocol, long pair) {
        NativeBuffer scratch = thread.scratch();
        long hostPair = scratch.allocate(FDS_SIZE);
        long result = thread.syscall(HostSyscall.SOCKETPAIR, domain, type | SOCK_CLOEXEC, protocol, hostPair, 0, 0);
        if (result < 0) {
            return result;
        }
        boolean cloexec = (type & SOCK_CLOEXEC) != 0;
        long first = fds.add(scratch.getInt(hostPair), cloexec);
        long second = fds.add(scratch.getInt(hostPair + 4), cloexec);
        if (first < 0 || second < 0) {
            if (first >= 0) {
                fds.close((int) first);
            }
            return -Errno.EMFILE;
        }
        thread.memory().writeInt(pair, (int) first);
        thread.memory().writeInt(pair + 4, (int) second);
        return 0;
    }

    @Override
    public long accept(GuestThread thread, int fd, long address, long length) {
        return accept4(thread, fd, address, length, 0);
    }

    @Override
    public long accept4(GuestThread thread, int fd, long address, long length, int flags) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        long size = address == 0 ? 0 : length(thread, length);
        long hostLength = HostPointers.optional(thread, address == 0 ? 0 : length, LENGTH_SIZE);
        long hostAddress = HostPointers.optional(thread, address, size);
        long result = thread.blockingSyscall(
                HostSyscall.ACCEPT4, hostFd, hostAddress, hostLength, flags | SOCK_CLOEXEC, 0, 0);
        return fds.add(result, (flags & SOCK_CLOEXEC) != 0);
    }

    // ---------------------------------------------------------------- names

    @Override
    public long bind(GuestThread thread, int fd, long address, int length) {
        return withAddress(thread, HostSyscall.BIND, fd, address, length);
    }

    @Override
    public long connect(GuestThread thread, int fd, long address, int length) {
        return withAddress(thread, HostSyscall.CONNECT, fd, address, length);
    }

    private long withAddress(GuestThread thread, int call, int fd, long address, int length) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        if (length < 0 || length > MOST_ADDRESS) {
            return -Errno.EINVAL;
        }
        return thread.blockingSyscall(call, hostFd, HostPointers.required(thread, address, length), length, 0, 0, 0);
    }

    @Override
    public long listen(GuestThread thread, int fd, int backlog) {
        return onSocket(thread, HostSyscall.LISTEN, fd, backlog);
    }

    @Override
    public long shutdown(GuestThread thread, int fd, int how) {
        return onSocket(thread, HostSyscall.SHUTDOWN, fd, how);
    }

    private long onSocket(GuestThread thread, int call, int fd, int argument) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : thread.syscall(call, hostFd, argument, 0, 0, 0, 0);
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
        long hostAddress = HostPointers.required(thread, address, length(thread, length));
        return thread.syscall(call, hostFd, hostAddress, hostLength, 0, 0, 0);
    }

    /// What a length of the guest says that there is room for; 0 where it cannot be read, which the host finds too.
    private static long length(GuestThread thread, long length) {
        return thread.memory().accessOk(length, LENGTH_SIZE)
                ? Integer.toUnsignedLong(thread.memory().readInt(length))
                : 0;
    }

    // ---------------------------------------------------------------- options

    @Override
    public long setsockopt(GuestThread thread, int fd, int level, int option, long value, int length) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        if (length < 0) {
            return -Errno.EINVAL;
        }
        boolean filter = level == SOL_SOCKET && (option == SO_ATTACH_FILTER || option == SO_ATTACH_REUSEPORT_CBPF);
        long hostValue = filter && length >= SOCK_FPROG_SIZE
                ? filter(thread, value)
                : HostPointers.optional(thread, value, length);
        return thread.syscall(HostSyscall.SETSOCKOPT, hostFd, level, option, hostValue, length, 0);
    }

    /// A `sock_fprog`: a count and a pointer to instructions.
    private static long filter(GuestThread thread, long vaddr) {
        NativeBuffer scratch = thread.scratch();
        long program = scratch.copyOf(thread.memory().read(vaddr, SOCK_FPROG_SIZE), 0, SOCK_FPROG_SIZE);
        long size = (long) Short.toUnsignedInt(scratch.getShort(program)) * SOCK_FILTER_SIZE;
        scratch.putLong(program + 8, thread.memory().hostPointer(scratch.getLong(program + 8), size));
        return program;
    }

    @Override
    public long getsockopt(GuestThread thread, int fd, int level, int option, long value, long length) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostLength = HostPointers.required(thread, length, LENGTH_SIZE);
        long hostValue = HostPointers.optional(thread, value, length(thread, length));
        return thread.syscall(HostSyscall.GETSOCKOPT, hostFd, level, option, hostValue, hostLength, 0);
    }

    // ---------------------------------------------------------------- bytes and messages

    @Override
    public long sendto(GuestThread thread, int fd, long buffer, long count, int flags, long address, int length) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        if (address != 0 && (length < 0 || length > MOST_ADDRESS)) {
            return -Errno.EINVAL;
        }
        long source = HostPointers.required(thread, buffer, count);
        long hostAddress = HostPointers.optional(thread, address, length);
        return thread.blockingSyscall(HostSyscall.SENDTO, hostFd, source, count, flags, hostAddress, length);
    }

    @Override
    public long recvfrom(GuestThread thread, int fd, long buffer, long count, int flags, long address, long length) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long target = HostPointers.required(thread, buffer, count);
        long size = address == 0 ? 0 : length(thread, length);
        long hostAddress = HostPointers.optional(thread, address, size);
        long hostLength = HostPointers.optional(thread, length, LENGTH_SIZE);
        long result =
                thread.blockingSyscall(HostSyscall.RECVFROM, hostFd, target, count, flags, hostAddress, hostLength);
        HostPointers.written(thread, buffer, Math.min(result, count));
        return result;
    }

    @Override
    public long sendmsg(GuestThread thread, int fd, long message, int flags) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : messages.send(thread, hostFd, message, flags);
    }

    @Override
    public long recvmsg(GuestThread thread, int fd, long message, int flags) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : messages.receive(thread, hostFd, message, flags);
    }

    @Override
    public long sendmmsg(GuestThread thread, int fd, long vector, int count, int flags) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : messages.sendMany(thread, hostFd, vector, count, flags);
    }

    @Override
    public long recvmmsg(GuestThread thread, int fd, long vector, int count, int flags, long timeout) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long deadline = timeout == 0 ? Long.MAX_VALUE : deadline(thread.memory().read(timeout, TIMESPEC_SIZE));
        return messages.receiveMany(thread, hostFd, vector, count, flags, deadline);
    }

    private static long deadline(byte[] timespec) {
        ByteBuffer time = ByteBuffer.wrap(timespec).order(ByteOrder.LITTLE_ENDIAN);
        return System.nanoTime() + time.getLong(0) * 1_000_000_000 + time.getLong(8);
    }
}
