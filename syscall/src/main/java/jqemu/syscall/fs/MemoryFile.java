package jqemu.syscall.fs;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.process.GuestThread;

/// `/proc/self/mem`, proc_pid_mem(5): the host's file, whose offsets are host addresses, at the guest's.
///
/// Until the guest opens it, the calls that move bytes pay nothing for it; from then on they look whether their
/// descriptor is one. One that was opened before a fork or execve shows the host's offsets.
final class MemoryFile {
    private static final int SEEK_SET = 0;
    private static final int SEEK_CUR = 1;
    private static final int IOVEC_SIZE = 16;

    private volatile boolean opened;

    /// The guest opened `path` as `hostFd`: if that is the file, puts the offset where the guest's memory begins.
    void opened(GuestThread thread, byte[] path, long hostFd) {
        int length = path.length;
        boolean maybe = length >= 3 && path[length - 1] == 'm' && path[length - 2] == 'e' && path[length - 3] == 'm';
        if (maybe && hostFd >= 0 && isOwn(thread, (int) hostFd)) {
            opened = true;
            thread.syscall(HostSyscall.LSEEK, hostFd, thread.memory().base(), SEEK_SET, 0, 0, 0);
        }
    }

    /// Whether a descriptor is one.
    boolean is(GuestThread thread, int hostFd) {
        return opened && isOwn(thread, hostFd);
    }

    /// The process's file or that of one of its threads.
    private static boolean isOwn(GuestThread thread, int hostFd) {
        String path = new String(HostPaths.behind(thread, hostFd), StandardCharsets.ISO_8859_1);
        return path.endsWith("/mem")
                && path.startsWith("/proc/" + thread.process().pid() + "/");
    }

    /// lseek(2).
    long seek(GuestThread thread, int hostFd, long offset, int whence) {
        long base = thread.memory().base();
        long hostOffset = whence == SEEK_SET ? offset + base : offset;
        long result = thread.syscall(HostSyscall.LSEEK, hostFd, hostOffset, whence, 0, 0, 0);
        return result < 0 ? result : result - base;
    }

    /// read(2) or write(2), at the descriptor's offset, which moves on.
    ///
    /// @param buffer a host address
    long move(GuestThread thread, boolean write, int hostFd, long buffer, long count) {
        long result = moveAt(thread, write, hostFd, buffer, count, seek(thread, hostFd, 0, SEEK_CUR));
        if (result > 0) {
            seek(thread, hostFd, result, SEEK_CUR);
        }
        return result;
    }

    /// pread64(2) or pwrite64(2) at guest address `vaddr`, up to the end of what is mapped there.
    ///
    /// @param buffer a host address
    long moveAt(GuestThread thread, boolean write, int hostFd, long buffer, long count, long vaddr) {
        long end = vaddr;
        for (Mapping mapping : thread.memory().space().mappings()) {
            if (mapping.start() <= end && end < mapping.end()) {
                end = mapping.end();
            }
        }
        if (end == vaddr) {
            return -Errno.EIO;
        }
        int call = write ? HostSyscall.PWRITE64 : HostSyscall.PREAD64;
        long size = Math.min(count, end - vaddr);
        long result = thread.syscall(call, hostFd, buffer, size, thread.memory().hostAddress(vaddr), 0, 0);
        if (write && result > 0) {
            thread.memory().space().written(vaddr, result);
        }
        return result;
    }

    /// preadv(2) or pwritev(2) at guest address `vaddr`.
    ///
    /// @param hostVector the host address of the elements, in the thread's scratch memory
    long moveVectorAt(GuestThread thread, boolean write, int hostFd, long hostVector, int count, long vaddr) {
        NativeBuffer scratch = thread.scratch();
        long done = 0;
        for (long element = hostVector; element < hostVector + (long) count * IOVEC_SIZE; element += IOVEC_SIZE) {
            long size = scratch.getLong(element + 8);
            long result = moveAt(thread, write, hostFd, scratch.getLong(element), size, vaddr + done);
            if (result < 0) {
                return done > 0 ? done : result;
            }
            done += result;
            if (result < size) {
                return done;
            }
        }
        return done;
    }

    /// readv(2) or writev(2), at the descriptor's offset, which moves on.
    long moveVector(GuestThread thread, boolean write, int hostFd, long hostVector, int count) {
        long vaddr = seek(thread, hostFd, 0, SEEK_CUR);
        long result = moveVectorAt(thread, write, hostFd, hostVector, count, vaddr);
        if (result > 0) {
            seek(thread, hostFd, result, SEEK_CUR);
        }
        return result;
    }
}
