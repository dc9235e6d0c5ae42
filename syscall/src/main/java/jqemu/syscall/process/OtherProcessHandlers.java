package jqemu.syscall.process;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.OtherProcessSyscalls;
import jqemu.syscall.fs.FdTable;

/// Looking into processes: process_vm_readv(2), kcmp(2).
///
/// The memory of another guest lies elsewhere in its host process, at a place that we do not know: its addresses are
/// taken for the host's, which is right for programs of the host. The caller itself is known.
final class OtherProcessHandlers implements OtherProcessSyscalls {
    private static final int IOVEC_SIZE = 16;
    private static final int MOST_ELEMENTS = 1024;
    private static final int KCMP_FILE = 0;
    private static final int KCMP_EPOLL_TFD = 7;

    private final FdTable fds;

    OtherProcessHandlers(FdTable fds) {
        this.fds = fds;
    }

    private static boolean isSelf(GuestThread thread, int pid) {
        return pid == thread.process().pid() || thread.process().threads().byTid(pid) != null;
    }

    @Override
    public long process_vm_readv(
            GuestThread thread, int pid, long local, long count, long remote, long remoteCount, int flags) {
        long result = transfer(
                thread, HostSyscall.PROCESS_VM_READV, pid, new Vectors(local, count, remote, remoteCount), flags);
        if (result > 0) {
            HostPointers.written(thread, local, (int) count, result);
        }
        return result;
    }

    @Override
    public long process_vm_writev(
            GuestThread thread, int pid, long local, long count, long remote, long remoteCount, int flags) {
        long result = transfer(
                thread, HostSyscall.PROCESS_VM_WRITEV, pid, new Vectors(local, count, remote, remoteCount), flags);
        if (result > 0 && isSelf(thread, pid)) {
            HostPointers.written(thread, remote, (int) remoteCount, result);
        }
        return result;
    }

    /// Two arrays of `struct iovec`.
    private record Vectors(long local, long count, long remote, long remoteCount) {
        boolean areTooLong() {
            return count < 0 || count > MOST_ELEMENTS || remoteCount < 0 || remoteCount > MOST_ELEMENTS;
        }
    }

    private static long transfer(GuestThread thread, int call, int pid, Vectors vectors, int flags) {
        if (vectors.areTooLong()) {
            return -Errno.EINVAL;
        }
        long hostLocal = HostPointers.vector(thread, vectors.local, (int) vectors.count);
        if (hostLocal < 0) {
            return hostLocal;
        }
        long hostRemote;
        if (isSelf(thread, pid)) {
            hostRemote = HostPointers.vector(thread, vectors.remote, (int) vectors.remoteCount);
            if (hostRemote < 0) {
                return hostRemote;
            }
        } else {
            hostRemote = HostPointers.required(thread, vectors.remote, vectors.remoteCount * IOVEC_SIZE);
        }
        return thread.syscall(call, pid, hostLocal, vectors.count, hostRemote, vectors.remoteCount, flags);
    }

    @Override
    public long kcmp(GuestThread thread, int pid1, int pid2, int type, long index1, long index2) {
        if (type == KCMP_EPOLL_TFD) {
            return -Errno.EOPNOTSUPP;
        }
        long first = type == KCMP_FILE && isSelf(thread, pid1) ? fds.host((int) index1) : index1;
        long second = type == KCMP_FILE && isSelf(thread, pid2) ? fds.host((int) index2) : index2;
        if (type == KCMP_FILE && (first < 0 || second < 0)) {
            return -Errno.EBADF;
        }
        return thread.syscall(HostSyscall.KCMP, pid1, pid2, type, first, second, 0);
    }
}
