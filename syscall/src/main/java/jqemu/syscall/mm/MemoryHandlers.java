package jqemu.syscall.mm;

import static jqemu.loader.host.HostConstants.*;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.memory.AddressSpace;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.dispatch.MemorySyscalls;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.fs.HostPaths;
import jqemu.syscall.process.GuestThread;
import org.jspecify.annotations.Nullable;

/// mmap(2), brk(2) and their relatives: the guest's [AddressSpace] does the work.
public final class MemoryHandlers implements MemorySyscalls {
    private static final long PAGE_MASK = GuestMemory.PAGE_SIZE - 1L;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_ALL = 7;
    private static final int MLOCK_ONFAULT = 1;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_FREE = 8;
    private static final int MADV_REMOVE = 9;
    private static final int MADV_DONTFORK = 10;
    private static final int MADV_DOFORK = 11;
    private static final int MADV_WIPEONFORK = 18;
    private static final int MADV_KEEPONFORK = 19;
    private static final int MADV_DONTNEED_LOCKED = 24;
    private static final int MADV_LAST = 25;

    private final AddressSpace space;
    private final FdTable fds;
    private final Heap heap;

    /// Handlers for one address space.
    public MemoryHandlers(AddressSpace space, FdTable fds, Heap heap) {
        this.space = space;
        this.fds = fds;
        this.heap = heap;
    }

    @Override
    public synchronized long brk(GuestThread thread, long address) {
        long heapEnd = heap.end();
        if (address < heap.start() || address > GuestMemory.ADDRESS_MASK) {
            return heapEnd;
        }
        long oldTop = roundUp(heapEnd);
        long newTop = roundUp(address);
        if (newTop < oldTop) {
            if (space.unmap(newTop, oldTop - newTop) < 0) {
                return heapEnd;
            }
        } else if (newTop > oldTop) {
            int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
            if (space.map(oldTop, newTop - oldTop, PROT_READ | PROT_WRITE, flags, -1, 0, "[heap]") < 0) {
                return heapEnd;
            }
        }
        heap.setEnd(address);
        return address;
    }

    private static long roundUp(long length) {
        return (length + PAGE_MASK) & ~PAGE_MASK;
    }

    @Override
    public long mmap(GuestThread thread, long address, long length, int protection, int flags, int fd, long offset) {
        int type = flags & MAP_TYPE;
        if (type == 0 || type > MAP_SHARED_VALIDATE) {
            return -Errno.EINVAL;
        }
        if ((flags & MAP_ANONYMOUS) != 0) {
            return space.map(address, length, protection, flags, -1, 0, null);
        }
        int hostFd = fds.host(fd);
        return hostFd < 0
                ? hostFd
                : space.map(address, length, protection, flags, hostFd, offset, name(thread, hostFd));
    }

    /// The path of an open file, for `/proc/self/maps`.
    private static @Nullable String name(GuestThread thread, int hostFd) {
        byte[] path = HostPaths.behind(thread, hostFd);
        return path.length == 0 ? null : new String(path, StandardCharsets.ISO_8859_1);
    }

    @Override
    public long munmap(GuestThread thread, long address, long length) {
        return length == 0 ? -Errno.EINVAL : space.unmap(address & GuestMemory.ADDRESS_MASK, length);
    }

    @Override
    public long mprotect(GuestThread thread, long address, long length, int protection) {
        return space.protect(address & GuestMemory.ADDRESS_MASK, length, protection);
    }

    @Override
    public long mremap(GuestThread thread, long address, long oldLength, long newLength, int flags, long newAddress) {
        return space.remap(address & GuestMemory.ADDRESS_MASK, oldLength, newLength, flags, newAddress);
    }

    @Override
    public long madvise(GuestThread thread, long address, long length, int advice) {
        if (advice < 0 || advice > MADV_LAST || advice == 5 || advice == 6 || advice == 7) {
            return -Errno.EINVAL;
        }
        long start = address & GuestMemory.ADDRESS_MASK;
        if (advice == MADV_DONTFORK
                || advice == MADV_DOFORK
                || advice == MADV_WIPEONFORK
                || advice == MADV_KEEPONFORK) {
            return overMappings(thread, start, length, -1, 0);
        }
        long result = overMappings(thread, start, length, HostSyscall.MADVISE, advice);
        if (advice == MADV_DONTNEED || advice == MADV_FREE || advice == MADV_REMOVE || advice == MADV_DONTNEED_LOCKED) {
            space.written(start, length);
        }
        return result;
    }

    /// Makes a host call of the form `call(address, length, argument)` for each mapped part of a range, which may
    /// be most of the address space.
    ///
    /// @param call the host's number, -1 for none
    /// @return 0, -ENOMEM when a part is not mapped, or what the host's call fails with
    private long overMappings(GuestThread thread, long start, long length, int call, long argument) {
        return overMappings(thread, start, length, call, argument, false);
    }

    private long overMappings(
            GuestThread thread, long start, long length, int call, long argument, boolean stopsAtGap) {
        long size = roundUp(length);
        if ((start & PAGE_MASK) != 0 || size < 0 || (size == 0 && length != 0)) {
            return -Errno.EINVAL;
        }
        if (!thread.memory().accessOk(start, size)) {
            return -Errno.ENOMEM;
        }
        long at = start;
        long result = 0;
        for (Mapping mapping : space.mappings()) {
            if (mapping.end() <= at || mapping.start() >= start + size) {
                continue;
            }
            if (mapping.start() > at) {
                result = -Errno.ENOMEM;
                if (stopsAtGap) {
                    return result;
                }
            }
            long from = Math.max(at, mapping.start());
            at = Math.min(start + size, mapping.end());
            if (call >= 0) {
                long error = thread.syscall(call, thread.memory().hostAddress(from), at - from, argument, 0, 0, 0);
                if (error < 0) {
                    return error;
                }
            }
        }
        return at < start + size ? -Errno.ENOMEM : result;
    }

    @Override
    public long msync(GuestThread thread, long address, long length, int flags) {
        return overMappings(thread, address & GuestMemory.ADDRESS_MASK, length, HostSyscall.MSYNC, flags);
    }

    @Override
    public long mlock(GuestThread thread, long address, long length) {
        return lock(thread, HostSyscall.MLOCK, address, length, 0);
    }

    @Override
    public long mlock2(GuestThread thread, long address, long length, int flags) {
        return (flags & ~MLOCK_ONFAULT) != 0 ? -Errno.EINVAL : lock(thread, HostSyscall.MLOCK2, address, length, flags);
    }

    @Override
    public long munlock(GuestThread thread, long address, long length) {
        return lock(thread, HostSyscall.MUNLOCK, address, length, 0);
    }

    /// What is before the first gap is locked or unlocked, as by Linux.
    private long lock(GuestThread thread, int call, long address, long length, int flags) {
        long start = address & GuestMemory.ADDRESS_MASK & ~PAGE_MASK;
        return overMappings(thread, start, length + (address & PAGE_MASK), call, flags, true);
    }

    /// Only the guest's mappings: the host's call would lock the JVM too.
    @Override
    public long mlockall(GuestThread thread, int flags) {
        if (flags == 0 || (flags & ~MCL_ALL) != 0) {
            return -Errno.EINVAL;
        }
        return (flags & MCL_CURRENT) == 0 ? 0 : everywhere(thread, HostSyscall.MLOCK);
    }

    @Override
    public long munlockall(GuestThread thread) {
        return everywhere(thread, HostSyscall.MUNLOCK);
    }

    private long everywhere(GuestThread thread, int call) {
        for (Mapping mapping : space.mappings()) {
            long start = thread.memory().hostAddress(mapping.start());
            long result = thread.syscall(call, start, mapping.end() - mapping.start(), 0, 0, 0, 0);
            if (result < 0 && mapping.protection() != PROT_NONE) {
                return result;
            }
        }
        return 0;
    }

    @Override
    public long mincore(GuestThread thread, long address, long length, long vector) {
        long start = address & GuestMemory.ADDRESS_MASK;
        long checked = overMappings(thread, start, length, -1, 0);
        if (checked < 0) {
            return checked;
        }
        long pages = roundUp(length) / GuestMemory.PAGE_SIZE;
        long target = thread.memory().hostPointer(vector, pages);
        return thread.syscall(HostSyscall.MINCORE, thread.memory().hostAddress(start), length, target, 0, 0, 0);
    }
}
