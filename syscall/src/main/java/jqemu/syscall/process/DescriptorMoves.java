package jqemu.syscall.process;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import jqemu.loader.host.CallList;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.syscall.fs.FdTable;

/// The calls that give the next program of a process the guest's descriptors: at the guest's numbers, without those
/// that are closed on exec and without the JVM's own; and the calls that take it back when execve(2) fails.
final class DescriptorMoves {
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int STANDARD = 3;

    private final CallList calls;
    private final CallList undo;

    /// What is open in this process, or in one that shared our descriptors when it began.
    private final TreeSet<Integer> open = new TreeSet<>();

    private int next;

    DescriptorMoves(CallList calls, CallList undo, FdTable fds) {
        this.calls = calls;
        this.undo = undo;
        String[] names = new File("/proc/self/fd").list();
        if (names != null) {
            for (String name : names) {
                open.add(Integer.parseInt(name));
            }
        }
        int highest = open.isEmpty() ? STANDARD : open.last();
        for (int fd = fds.next(0); fd >= 0; fd = fds.next(fd + 1)) {
            open.add(fds.host(fd));
            highest = Math.max(highest, Math.max(fd, fds.host(fd)));
        }
        next = highest + 1;
    }

    /// From here on nothing survives execve but what is told after this.
    void closeAllOnExec() {
        for (int fd : open) {
            calls.add(HostSyscall.FCNTL, fd, F_SETFD, FD_CLOEXEC);
        }
    }

    /// Lets a host descriptor survive at its number.
    void keep(int hostFd) {
        calls.add(HostSyscall.FCNTL, hostFd, F_SETFD, 0);
    }

    /// Moves the guest's descriptors to its numbers.
    ///
    /// @return a digit for each of 0 to 2 that the guest has closed; something else stays open there if
    ///         `placeholders`
    String moveToGuestNumbers(FdTable fds, boolean placeholders) {
        List<Integer> kept = new ArrayList<>();
        for (int fd = fds.next(0); fd >= 0; fd = fds.next(fd + 1)) {
            if (fds.closeOnExec(fd) == 0) {
                kept.add(fd);
            }
        }
        int first = next;
        for (int fd : kept) {
            calls.require(HostSyscall.DUP3, fds.host(fd), next, HostConstants.O_CLOEXEC);
            undo.add(HostSyscall.CLOSE, next++);
        }
        for (int fd : kept) {
            if (open.contains(fd)) {
                calls.require(HostSyscall.DUP3, fd, next, HostConstants.O_CLOEXEC);
                undo.add(HostSyscall.DUP3, next, fd, HostConstants.O_CLOEXEC);
                undo.add(HostSyscall.CLOSE, next++);
            } else {
                undo.add(HostSyscall.CLOSE, fd);
            }
        }
        for (int i = 0; i < kept.size(); i++) {
            calls.require(HostSyscall.DUP3, first + i, kept.get(i), 0);
        }
        return closedStandard(kept, placeholders);
    }

    private String closedStandard(List<Integer> kept, boolean placeholders) {
        StringBuilder digits = new StringBuilder();
        for (int fd = 0; fd < STANDARD; fd++) {
            if (!kept.contains(fd)) {
                digits.append(fd);
                if (placeholders) {
                    keep(fd);
                }
            }
        }
        return digits.toString();
    }
}
