package jqemu.syscall.process;

import jqemu.loader.host.Host;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.fs.InheritedFds;
import jqemu.syscall.mm.Heap;

/// What a process has besides memory, threads and signal actions, and a forked child gets a copy of.
///
/// @param fds its descriptors
/// @param limits its resource limits
/// @param heap its heap
record Resources(FdTable fds, Limits limits, Heap heap) {
    /// What a process is started with.
    static Resources inherited(Host host, int closed, long heapStart) {
        FdTable fds = InheritedFds.table(host, closed);
        return new Resources(fds, new Limits(host, fds), new Heap(heapStart));
    }

    /// The same for a child process.
    Resources copy(Host childsHost) {
        FdTable copy = fds.copy(childsHost);
        return new Resources(copy, limits.copy(childsHost, copy), heap.copy());
    }
}
