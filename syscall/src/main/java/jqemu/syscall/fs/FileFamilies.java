package jqemu.syscall.fs;

import jqemu.syscall.dispatch.AttributeSyscalls;
import jqemu.syscall.dispatch.DescriptorSyscalls;
import jqemu.syscall.dispatch.EventSyscalls;
import jqemu.syscall.dispatch.FileSyscalls;
import jqemu.syscall.dispatch.HandleSyscalls;
import jqemu.syscall.dispatch.IoSyscalls;
import jqemu.syscall.dispatch.PollSyscalls;
import jqemu.syscall.dispatch.SocketSyscalls;
import jqemu.syscall.dispatch.StatSyscalls;
import jqemu.syscall.process.LinuxProcess;

/// The handlers of all families of this package, over one descriptor table.
///
/// @param files files by name
/// @param io moving bytes
/// @param descriptors descriptors themselves
/// @param stats what is known about files
/// @param attributes extended attributes
/// @param polls waiting for descriptors
/// @param sockets sockets
/// @param events descriptors that tell of events
/// @param handles files by handle
/// @param paths how paths of the guest lead to the host's files
public record FileFamilies(
        FileSyscalls files,
        IoSyscalls io,
        DescriptorSyscalls descriptors,
        StatSyscalls stats,
        AttributeSyscalls attributes,
        PollSyscalls polls,
        SocketSyscalls sockets,
        EventSyscalls events,
        HandleSyscalls handles,
        GuestPaths paths) {

    /// The handlers of a process.
    public static FileFamilies of(LinuxProcess process, FdTable fds) {
        ProcSelf proc = new ProcSelf(process);
        MemoryFile memoryFile = new MemoryFile();
        GuestPaths paths = new GuestPaths(fds, proc, process.options().ldPrefix());
        return new FileFamilies(
                new FileHandlers(fds, paths, proc, memoryFile),
                new IoHandlers(fds, memoryFile),
                new DescriptorHandlers(fds),
                new StatHandlers(fds, paths),
                new AttributeHandlers(fds, paths),
                new PollHandlers(fds),
                new SocketHandlers(fds),
                new EventHandlers(fds, paths),
                new HandleHandlers(fds, paths),
                paths);
    }
}
