package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.IoSyscalls;
import jqemu.syscall.process.GuestThread;

/// Moving bytes: read(2), write(2), their vector forms, sendfile(2), splice(2), and what makes them permanent.
final class IoHandlers implements IoSyscalls {
    private static final int OFFSET_SIZE = 8;

    /// No offset: where the descriptor stands, which is also what preadv2(2) means by it.
    private static final long CURRENT = -1;

    private final FdTable fds;
    private final MemoryFile memoryFile;

    IoHandlers(FdTable fds, MemoryFile memoryFile) {
        this.fds = fds;
        this.memoryFile = memoryFile;
    }

    @Override
    public long read(GuestThread thread, int fd, long buffer, long count) {
        long result = move(thread, HostSyscall.READ, fd, buffer, count, CURRENT);
        HostPointers.written(thread, buffer, result);
        return result;
    }

    @Override
    public long write(GuestThread thread, int fd, long buffer, long count) {
        return move(thread, HostSyscall.WRITE, fd, buffer, count, CURRENT);
    }

    @Override
    public long pread64(GuestThread thread, int fd, long buffer, long count, long offset) {
        if (offset < 0) {
            return -Errno.EINVAL;
        }
        long result = move(thread, HostSyscall.PREAD64, fd, buffer, count, offset);
        HostPointers.written(thread, buffer, result);
        return result;
    }

    @Override
    public long pwrite64(GuestThread thread, int fd, long buffer, long count, long offset) {
        return offset < 0 ? -Errno.EINVAL : move(thread, HostSyscall.PWRITE64, fd, buffer, count, offset);
    }

    /// Moves bytes by host system call `call`.
    ///
    /// @param offset in the file, or [#CURRENT] for a call without
    private long move(GuestThread thread, int call, int fd, long buffer, long count, long offset) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostBuffer = thread.memory().hostPointer(buffer, count);
        if (!memoryFile.is(thread, hostFd)) {
            return thread.blockingSyscall(call, hostFd, hostBuffer, count, offset, 0, 0);
        }
        return offset == CURRENT
                ? memoryFile.move(thread, isWrite(call), hostFd, hostBuffer, count)
                : memoryFile.moveAt(thread, isWrite(call), hostFd, hostBuffer, count, offset);
    }

    private static boolean isWrite(int call) {
        return call == HostSyscall.WRITE
                || call == HostSyscall.PWRITE64
                || call == HostSyscall.WRITEV
                || call == HostSyscall.PWRITEV
                || call == HostSyscall.PWRITEV2;
    }

    @Override
    public long readv(GuestThread thread, int fd, long vector, int count) {
        return readVector(thread, HostSyscall.READV, fd, vector, count, CURRENT, 0, 0);
    }

    @Override
    public long writev(GuestThread thread, int fd, long vector, int count) {
        return writeVector(thread, HostSyscall.WRITEV, fd, vector, count, CURRENT, 0, 0);
    }

    @Override
    public long preadv(GuestThread thread, int fd, long vector, int count, long low, long high) {
        return readVector(thread, HostSyscall.PREADV, fd, vector, count, low, high, 0);
    }

    @Override
    public long pwritev(GuestThread thread, int fd, long vector, int count, long low, long high) {
        return writeVector(thread, HostSyscall.PWRITEV, fd, vector, count, low, high, 0);
    }

    @Override
    public long preadv2(GuestThread thread, int fd, long vector, int count, long low, long high, int flags) {
        return readVector(thread, HostSyscall.PREADV2, fd, vector, count, low, high, flags);
    }

    @Override
    public long pwritev2(GuestThread thread, int fd, long vector, int count, long low, long high, int flags) {
        return writeVector(thread, HostSyscall.PWRITEV2, fd, vector, count, low, high, flags);
    }

    private long readVector(
            GuestThread thread, int call, int fd, long vector, int count, long low, long high, int flags) {
        long result = writeVector(thread, call, fd, vector, count, low, high, flags);
        HostPointers.written(thread, vector, count, result);
        return result;
    }

    private long writeVector(
            GuestThread thread, int call, int fd, long vector, int count, long low, long high, int flags) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostVector = HostPointers.vector(thread, vector, count);
        if (hostVector < 0) {
            return hostVector;
        }
        if (!memoryFile.is(thread, hostFd)) {
            return thread.blockingSyscall(call, hostFd, hostVector, count, low, high, flags);
        }
        return low == CURRENT
                ? memoryFile.moveVector(thread, isWrite(call), hostFd, hostVector, count)
                : memoryFile.moveVectorAt(thread, isWrite(call), hostFd, hostVector, count, low);
    }

    @Override
    public long lseek(GuestThread thread, int fd, long offset, int whence) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        return memoryFile.is(thread, hostFd)
                ? memoryFile.seek(thread, hostFd, offset, whence)
                : thread.syscall(HostSyscall.LSEEK, hostFd, offset, whence, 0, 0, 0);
    }

    @Override
    public long sendfile(GuestThread thread, int outFd, int inFd, long offset, long count) {
        int out = fds.host(outFd);
        int in = fds.host(inFd);
        if (out < 0 || in < 0) {
            return Math.min(out, in);
        }
        long hostOffset = HostPointers.optional(thread, offset, OFFSET_SIZE);
        return thread.blockingSyscall(HostSyscall.SENDFILE, out, in, hostOffset, count, 0, 0);
    }

    @Override
    public long copy_file_range(
            GuestThread thread, int inFd, long inOffset, int outFd, long outOffset, long count, int flags) {
        return splice(thread, HostSyscall.COPY_FILE_RANGE, inFd, inOffset, outFd, outOffset, count, flags);
    }

    @Override
    public long splice(GuestThread thread, int inFd, long inOffset, int outFd, long outOffset, long count, int flags) {
        return splice(thread, HostSyscall.SPLICE, inFd, inOffset, outFd, outOffset, count, flags);
    }

    private long splice(
            GuestThread thread, int call, int inFd, long inOffset, int outFd, long outOffset, long count, int flags) {
        int out = fds.host(outFd);
        int in = fds.host(inFd);
        if (out < 0 || in < 0) {
            return Math.min(out, in);
        }
        long hostIn = HostPointers.optional(thread, inOffset, OFFSET_SIZE);
        long hostOut = HostPointers.optional(thread, outOffset, OFFSET_SIZE);
        return thread.blockingSyscall(call, in, hostIn, out, hostOut, count, flags);
    }

    @Override
    public long vmsplice(GuestThread thread, int fd, long vector, long count, int flags) {
        int hostFd = fds.host(fd);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostVector = HostPointers.vector(thread, vector, (int) Math.min(count, Integer.MAX_VALUE));
        return hostVector < 0
                ? hostVector
                : thread.blockingSyscall(HostSyscall.VMSPLICE, hostFd, hostVector, count, flags, 0, 0);
    }

    @Override
    public long tee(GuestThread thread, int inFd, int outFd, long count, int flags) {
        int out = fds.host(outFd);
        int in = fds.host(inFd);
        return out < 0 || in < 0
                ? Math.min(out, in)
                : thread.blockingSyscall(HostSyscall.TEE, in, out, count, flags, 0, 0);
    }

    @Override
    public long sync(GuestThread thread) {
        return thread.syscall(HostSyscall.SYNC, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public long fsync(GuestThread thread, int fd) {
        return onFile(thread, HostSyscall.FSYNC, fd, 0, 0, 0);
    }

    @Override
    public long fdatasync(GuestThread thread, int fd) {
        return onFile(thread, HostSyscall.FDATASYNC, fd, 0, 0, 0);
    }

    @Override
    public long syncfs(GuestThread thread, int fd) {
        return onFile(thread, HostSyscall.SYNCFS, fd, 0, 0, 0);
    }

    @Override
    public long sync_file_range(GuestThread thread, int fd, long offset, long count, int flags) {
        return onFile(thread, HostSyscall.SYNC_FILE_RANGE, fd, offset, count, flags);
    }

    @Override
    public long readahead(GuestThread thread, int fd, long offset, long count) {
        return onFile(thread, HostSyscall.READAHEAD, fd, offset, count, 0);
    }

    @Override
    public long fadvise64(GuestThread thread, int fd, long offset, long length, int advice) {
        return onFile(thread, HostSyscall.FADVISE64, fd, offset, length, advice);
    }

    private long onFile(GuestThread thread, int call, int fd, long a1, long a2, long a3) {
        int hostFd = fds.host(fd);
        return hostFd < 0 ? hostFd : thread.syscall(call, hostFd, a1, a2, a3, 0, 0);
    }
}
