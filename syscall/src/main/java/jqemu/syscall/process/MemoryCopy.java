package jqemu.syscall.process;

import static jqemu.loader.host.HostConstants.PROT_EXEC;
import static jqemu.loader.host.HostConstants.PROT_WRITE;

import java.util.ArrayList;
import java.util.List;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;
import org.jspecify.annotations.Nullable;

/// A copy of the guest's private memory as it was at a fork, from which it is restored when the child, which was
/// executed in it, has left.
final class MemoryCopy {
    /// A guest with more touched memory than this is not copied twice, but once, to a process of its own.
    private static final long MOST_BYTES = 32L << 20;

    private static final int MADV_DONTNEED = 4;
    private static final int MFD_CLOEXEC = 1;
    private static final byte[] NAME = {'f', 'o', 'r', 'k'};

    private final Host host;
    private final GuestMemory memory;
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private long bytes;
    private long file = -1;

    private record Run(long start, long end) {}

    private MemoryCopy(Host host, GuestMemory memory) {
        this.host = host;
        this.memory = memory;
    }

    /// Copies all that may change; null when that is too much.
    static @Nullable MemoryCopy of(Host host, GuestMemory memory) {
        MemoryCopy copy = new MemoryCopy(host, memory);
        try (PageScan scan = new PageScan(host, memory)) {
            for (Mapping mapping : memory.space().mappings()) {
                if (!mapping.shared() && (mapping.protection() & PROT_WRITE) != 0) {
                    copy.mappings.add(mapping);
                    scan.visit(mapping.start(), mapping.end(), copy::add);
                    if (copy.bytes > MOST_BYTES) {
                        return null;
                    }
                }
            }
        }
        if (copy.save()) {
            return copy;
        }
        copy.free();
        return null;
    }

    private void add(long start, long end) {
        runs.add(new Run(start, end));
        bytes += end - start;
    }

    private boolean save() {
        NativeBuffer buffer = new NativeBuffer();
        file = host.syscall(HostSyscall.MEMFD_CREATE, buffer.string(NAME), MFD_CLOEXEC);
        buffer.free();
        return file >= 0 && move(HostSyscall.PWRITE64);
    }

    private boolean move(int call) {
        long offset = 0;
        for (Run run : runs) {
            for (long at = run.start; at < run.end; ) {
                long count = host.syscall(call, file, memory.hostAddress(at), run.end - at, offset);
                if (count <= 0) {
                    return false;
                }
                at += count;
                offset += count;
            }
        }
        return true;
    }

    /// Puts everything back, and frees the copy.
    void restore() {
        try (PageScan scan = new PageScan(host, memory)) {
            int next = 0;
            for (Mapping mapping : mappings) {
                int first = next;
                while (next < runs.size() && runs.get(next).start < mapping.end()) {
                    next++;
                }
                List<Run> before = runs.subList(first, next);
                scan.visit(mapping.start(), mapping.end(), (start, end) -> forgetNew(start, end, before));
            }
        }
        if (!move(HostSyscall.PREAD64)) {
            throw new IllegalStateException("memory that a child was executed in cannot be restored");
        }
        for (Mapping mapping : mappings) {
            if ((mapping.protection() & PROT_EXEC) != 0) {
                memory.space().written(mapping.start(), mapping.end() - mapping.start());
            }
        }
        free();
    }

    /// Pages that only the child touched become what they were mapped as.
    private void forgetNew(long start, long end, List<Run> before) {
        long at = start;
        for (Run run : before) {
            if (run.end > at && run.start < end) {
                drop(at, run.start);
                at = run.end;
            }
        }
        drop(at, end);
    }

    private void drop(long start, long end) {
        if (start < end) {
            host.syscall(HostSyscall.MADVISE, memory.hostAddress(start), end - start, MADV_DONTNEED);
        }
    }

    private void free() {
        if (file >= 0) {
            host.syscall(HostSyscall.CLOSE, file);
        }
    }
}
