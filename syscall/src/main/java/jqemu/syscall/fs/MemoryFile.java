package jqemu.syscall.fs;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.process.GuestThread;

/// `/proc/self/mem`, proc_pid_mem(5): the host's file, whose offsets are host addresses, at the guest's.
///
/// Until the guest opens it, the calls that move bytes pay nothing for it; from then on they look whether their
/// descriptor is one. The vector forms and descriptors that a program inherits show the host's offsets.
final class MemoryFile {
    private static final int SEEK_SET = 0;
    private static final int SEEK_CUR = 1;

    private boolean opened;

    /// The guest opened it as `hostFd`: puts the offset where the guest's memory begins.
    void opened(GuestThread thread, long hostFd) {
        if (hostFd >= 0) {
            opened = true;
            thread.syscall(HostSyscall.LSEEK, hostFd, thread.memory().base(), SEEK_SET, 0, 0, 0);
        }
    }

    /// Whether a descriptor is one.
    boolean is(GuestThread thread, int hostFd) {
        return opened
                && new String(HostPaths.behind(thread, hostFd), StandardCharsets.ISO_8859_1)
                        .equals("/proc/" + thread.process().pid() + "/mem");
    }

    /// lseek(2).
    long seek(GuestThread thread, int hostFd, long offset, int whence) {
        long base = thread.memory().base();
        long hostOffset = whence == SEEK_SET ? offset + base : offset;
        long result = thread.syscall(HostSyscall.LSEEK, hostFd, hostOffset, whence, 0, 0, 0);
        return result < 0 ? result : result - base;
    }

    /// read(2) or write(2), at the descriptor's offset.
    ///
    /// @param buffer a host address
    long move(GuestThread thread, boolean write, int hostFd, long buffer, long count) {
        long vaddr = seek(thread, hostFd, 0, SEEK_CUR);
        long result = move(thread, write, hostFd, buffer, count, vaddr);
        if (result > 0) {
            seek(thread, hostFd, result, SEEK_CUR);
        }
        return result;
    }

    /// pread64(2) or pwrite64(2) at guest address `vaddr`, up to the end of what is mapped there.
    long move(GuestThread thread, boolean write, int hostFd, long buffer, long count, long vaddr) {
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
}
