package jqemu.syscall.process;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.abi.Errno;

/// Finds the pages of private memory that were ever touched, in `/proc/self/pagemap` (proc_pid_pagemap(5)); all others
/// are still what they were mapped as.
final class PageScan implements AutoCloseable {
    private static final int AT_FDCWD = -100;
    private static final int ENTRY = 8;
    private static final int CHUNK_PAGES = 4096;
    private static final long PRESENT_OR_SWAPPED = 3L << 62;
    private static final byte[] PAGEMAP = "/proc/self/pagemap".getBytes(StandardCharsets.US_ASCII);

    private final Host host;
    private final GuestMemory memory;
    private final NativeBuffer buffer = new NativeBuffer();
    private final long entries;
    private final long file;

    /// What is told of a run of touched pages.
    interface Visitor {
        /// The guest addresses of a run.
        void run(long start, long end);
    }

    PageScan(Host host, GuestMemory memory) {
        this.host = host;
        this.memory = memory;
        long path = buffer.string(PAGEMAP);
        int flags = HostConstants.O_RDONLY | HostConstants.O_CLOEXEC;
        this.file = host.syscall(HostSyscall.OPENAT, AT_FDCWD, path, flags, 0);
        this.entries = buffer.allocate(CHUNK_PAGES * ENTRY);
    }

    /// Visits the touched pages between two guest addresses. Where the host does not tell, all are.
    void visit(long start, long end, Visitor visitor) {
        long runStart = -1;
        for (long at = start; at < end; ) {
            int pages = (int) Math.min(CHUNK_PAGES, (end - at) / GuestMemory.PAGE_SIZE);
            long known = read(at, pages);
            for (int page = 0; page < pages; page++, at += GuestMemory.PAGE_SIZE) {
                boolean touched =
                        page >= known || (buffer.getLong(entries + (long) page * ENTRY) & PRESENT_OR_SWAPPED) != 0;
                if (touched && runStart < 0) {
                    runStart = at;
                } else if (!touched && runStart >= 0) {
                    visitor.run(runStart, at);
                    runStart = -1;
                }
            }
        }
        if (runStart >= 0) {
            visitor.run(runStart, end);
        }
    }

    /// How many entries were read, from that of the page at `start` on.
    private long read(long start, int pages) {
        long offset = memory.hostAddress(start) / GuestMemory.PAGE_SIZE * ENTRY;
        long size = file < 0
                ? -Errno.ENOENT
                : host.syscall(HostSyscall.PREAD64, file, entries, (long) pages * ENTRY, offset);
        return Math.max(0, size) / ENTRY;
    }

    @Override
    public void close() {
        if (file >= 0) {
            host.syscall(HostSyscall.CLOSE, file);
        }
        buffer.free();
    }
}
