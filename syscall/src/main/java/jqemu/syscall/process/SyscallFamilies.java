package jqemu.syscall.process;

import jqemu.syscall.dispatch.SyscallDispatcher;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.fs.FileFamilies;
import jqemu.syscall.fs.InheritedFds;
import jqemu.syscall.mm.MemoryHandlers;
import jqemu.syscall.signal.SignalHandlers;
import jqemu.syscall.time.TimeHandlers;

/// Puts the handlers of all system calls together.
final class SyscallFamilies {
    private SyscallFamilies() {}

    /// The dispatcher of a process whose program is loaded.
    static SyscallDispatcher dispatcher(LinuxProcess process) {
        FdTable fds = InheritedFds.table(process.host(), process.launch().closed());
        Limits limits = new Limits(process.host(), fds);
        FileFamilies files = FileFamilies.of(process, fds);
        return new SyscallDispatcher(
                files.attributes(),
                files.descriptors(),
                files.files(),
                new IdentityHandlers(),
                files.io(),
                new LimitHandlers(limits),
                new MemoryHandlers(
                        process.memory().space(), fds, process.program().brk()),
                files.polls(),
                new ProcessHandlers(process.options().uname()),
                new SignalHandlers(),
                files.sockets(),
                files.stats(),
                new ThreadHandlers(),
                new TimeHandlers());
    }
}
