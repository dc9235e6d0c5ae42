package jqemu.syscall.process;

import jqemu.syscall.dispatch.SyscallDispatcher;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.fs.FileFamilies;
import jqemu.syscall.mm.MemoryHandlers;
import jqemu.syscall.mm.SegmentHandlers;
import jqemu.syscall.signal.SignalHandlers;
import jqemu.syscall.time.TimeHandlers;
import jqemu.syscall.time.TimerHandlers;

/// Puts the handlers of all system calls together.
final class SyscallFamilies {
    private SyscallFamilies() {}

    /// The dispatcher of a process whose program is loaded.
    static SyscallDispatcher dispatcher(LinuxProcess process, Resources resources) {
        FdTable fds = resources.fds();
        FileFamilies files = FileFamilies.of(process, fds);
        return new SyscallDispatcher(
                new AdminHandlers(fds, files.paths()),
                files.attributes(),
                new ChildHandlers(fds, files.paths()),
                files.descriptors(),
                files.events(),
                files.files(),
                new FutexHandlers(),
                files.handles(),
                new IdentityHandlers(),
                files.io(),
                new LimitHandlers(resources.limits()),
                new MemoryHandlers(process.memory().space(), fds, resources.heap()),
                new MountHandlers(fds, files.paths()),
                new OtherProcessHandlers(fds),
                files.polls(),
                new ProcessHandlers(process.options().uname()),
                new QueueHandlers(fds),
                new SegmentHandlers(process.memory().space()),
                new SignalHandlers(),
                files.sockets(),
                files.stats(),
                new ThreadHandlers(),
                new TimeHandlers(),
                new TimerHandlers());
    }
}
