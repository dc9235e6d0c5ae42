package jqemu.loader.memory;

import static jqemu.loader.host.HostConstants.*;

import java.util.Arrays;
import java.util.List;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import org.jspecify.annotations.Nullable;

/// The guest's mappings, and the calls that change them: mmap(2), munmap(2), mprotect(2), mremap(2) within the reserved
/// range of host addresses.
///
/// A free page is mapped on the host, without any access: there is never a hole in which the JVM could map something.
/// Pages that the guest may only execute are readable on the host; none is executable there. All methods may be called
/// from any thread; results are the kernel's, a negative errno where a call fails.
public final class AddressSpace {
    /// The lowest address that a guest may map, as `vm.mmap_min_addr` usually says.
    public static final long LOWEST = 0x10000;

    private static final long PAGE_MASK = GuestMemory.PAGE_SIZE - 1L;
    private static final int MAX_ERRNO = 4095;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int MFD_CLOEXEC = 1;
    /// Away from 0 to 2, which stand for the JVM's standard streams.
    private static final int FIRST_BACKING = 3;
    private static final byte[] SHARED = {'s', 'h', 'a', 'r', 'e', 'd'};
    private static final int ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    private static final int RESERVED = ANONYMOUS | MAP_NORESERVE;

    private final Host host;
    private final long base;
    private final long size;

    /// Sorted by address, without overlaps; `count` of them are in use.
    private Mapping[] mappings = new Mapping[32];

    private int count;
    private long mmapTop;
    private @Nullable PageTable pageTable;
    private CodeListener[] listeners = new CodeListener[0];
    private volatile boolean shared;

    /// The bits of a protection that count.
    private int protections = PROT_READ | PROT_WRITE | PROT_EXEC;

    private volatile boolean guardedPages;

    AddressSpace(Host host, long base, long size) {
        this.host = host;
        this.base = base;
        this.size = size;
        this.mmapTop = size - (1L << 30);
    }

    /// Where mappings without an address go: downwards from here. The loader puts it below the stack.
    public synchronized void setMmapTop(long vaddr) {
        mmapTop = vaddr & ~PAGE_MASK;
    }

    /// {@return where mappings without an address start to be looked for}
    public synchronized long mmapTop() {
        return mmapTop;
    }

    /// Adds somebody who has to know of changes in executable memory.
    public synchronized void addCodeListener(CodeListener listener) {
        listeners = Arrays.copyOf(listeners, listeners.length + 1);
        listeners[listeners.length - 1] = listener;
    }

    /// Says that from now on others may see the guest's memory change and change it: a second thread, or a process
    /// that shares a mapping. Called before the first of them can.
    public synchronized void share() {
        if (!shared) {
            shared = true;
            for (CodeListener listener : listeners) {
                listener.memoryShared();
            }
        }
    }

    /// The first address behind what a guest may map.
    long size() {
        return size;
    }

    /// Whether [#share] was called.
    public boolean isShared() {
        return shared;
    }

    /// The guest's CPU checks branch targets: from now on PROT_BTI counts.
    public synchronized void supportGuardedPages() {
        protections |= PROT_BTI;
    }

    /// {@return whether any page was ever mapped with PROT_BTI}
    boolean hasGuardedPages() {
        return guardedPages;
    }

    /// Keeps a page table from now on, which makes [#allows] fast: for accesses that are checked one by one.
    public synchronized void enablePageTable() {
        if (pageTable == null) {
            PageTable table = new PageTable(size);
            for (int i = 0; i < count; i++) {
                table.set(mappings[i].start(), mappings[i].end(), mappings[i].protection());
            }
            pageTable = table;
        }
    }

    /// {@return whether all pages of 1 to 4096 bytes have one of the protections}
    ///
    /// @param address a guest address with its top byte cleared
    boolean allows(long address, int length, int protection) {
        PageTable table = pageTable;
        if (table != null) {
            return table.allows(address, length, protection);
        }
        Mapping first = find(address);
        if (first == null || (first.protection() & protection) == 0) {
            return false;
        }
        if (address + length <= first.end()) {
            return true;
        }
        Mapping last = find(first.end());
        return last != null && (last.protection() & protection) != 0;
    }

    // ---------------------------------------------------------------- the calls

    /// mmap(2): maps guest pages. `length` is rounded up to pages.
    ///
    /// @param vaddr a hint, or the address where flags hold MAP_FIXED or MAP_FIXED_NOREPLACE
    /// @param protection PROT_READ, PROT_WRITE, PROT_EXEC, PROT_BTI; other bits have no effect
    /// @param flags as the host's; MAP_GROWSDOWN and the like have no effect
    /// @param fd a host file descriptor, -1 for anonymous memory
    /// @param name what `/proc/self/maps` is to say, null for nothing
    /// @return the guest address, or a negative errno
    public synchronized long map(
            long vaddr, long length, int protection, int flags, int fd, long offset, @Nullable String name) {
        boolean fixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
        if (length == 0 || (offset & PAGE_MASK) != 0 || (fixed && (vaddr & PAGE_MASK) != 0)) {
            return -EINVAL;
        }
        long rounded = roundUp(length);
        if (rounded <= 0 || rounded > size) {
            return -ENOMEM;
        }
        long start = fixed ? vaddr : findFree(vaddr, rounded);
        if (start < 0 || start > size - rounded) {
            return -ENOMEM;
        }
        if (start < LOWEST) {
            return -EPERM;
        }
        if ((flags & MAP_FIXED_NOREPLACE) != 0 && isMapped(start, start + rounded)) {
            return -EEXIST;
        }
        boolean isShared = (flags & MAP_TYPE) != MAP_PRIVATE;
        long backing = isShared ? backing(fd, rounded) : -1;
        if (isShared && backing < 0) {
            return backing;
        }
        int hostFlags = (flags & (MAP_TYPE | MAP_ANONYMOUS | MAP_NORESERVE)) | MAP_FIXED;
        if (isShared) {
            hostFlags &= ~MAP_ANONYMOUS;
        }
        int hostFd = isShared ? (int) backing : fd;
        if (isShared) {
            share();
        }
        long result = host.syscall(
                HostSyscall.MMAP, base + start, rounded, hostProtection(protection), hostFlags, hostFd, offset);
        if (result < 0) {
            if (isShared) {
                host.syscall(HostSyscall.CLOSE, backing);
            }
            return result;
        }
        Mapping mapping = new Mapping(start, start + rounded, kept(protection), isShared, name, offset, (int) backing);
        replace(start, start + rounded, mapping);
        return start;
    }

    /// What a shared mapping keeps of its file, so that a child can map it too: a descriptor of its own. Anonymous
    /// memory that is shared is an anonymous file.
    private long backing(int fd, long length) {
        if (fd >= 0) {
            return host.syscall(HostSyscall.FCNTL, fd, F_DUPFD_CLOEXEC, FIRST_BACKING);
        }
        NativeBuffer buffer = new NativeBuffer();
        long file = host.syscall(HostSyscall.MEMFD_CREATE, buffer.string(SHARED), MFD_CLOEXEC);
        buffer.free();
        if (file >= 0) {
            long error = host.syscall(HostSyscall.FTRUNCATE, file, length);
            if (error < 0) {
                host.syscall(HostSyscall.CLOSE, file);
                return error;
            }
        }
        return file;
    }

    /// Maps a System V segment over pages that the caller, who has the lock, has chosen: [SharedSegments].
    ///
    /// @return 0 or a negative errno
    long attach(int segment, int flags, Mapping mapping) {
        share();
        long result = host.syscall(HostSyscall.SHMAT, segment, base + mapping.start(), flags);
        if (result < 0 && result >= -MAX_ERRNO) {
            return result;
        }
        replace(mapping.start(), mapping.end(), mapping);
        return 0;
    }

    /// munmap(2): the pages become free, whether they were mapped or not.
    ///
    /// @return 0 or a negative errno
    public synchronized long unmap(long vaddr, long length) {
        long rounded = roundUp(length);
        if ((vaddr & PAGE_MASK) != 0 || rounded <= 0 || vaddr < 0 || vaddr > size - rounded) {
            return -EINVAL;
        }
        long result = free(vaddr, rounded);
        if (result >= 0) {
            replace(vaddr, vaddr + rounded, null);
            return 0;
        }
        return result;
    }

    private long free(long start, long length) {
        return host.syscall(HostSyscall.MMAP, base + start, length, PROT_NONE, RESERVED, -1, 0);
    }

    /// mprotect(2): as on Linux, pages before the first one that is not mapped get the protection, and bits that
    /// the CPU does not know are refused.
    ///
    /// @return 0 or a negative errno
    public synchronized long protect(long vaddr, long length, int protection) {
        long rounded = roundUp(length);
        if ((vaddr & PAGE_MASK) != 0 || (protection & ~(protections | PROT_SEM | PROT_GROWSDOWN)) != 0) {
            return -EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        if (rounded <= 0 || vaddr < 0 || vaddr > size - rounded) {
            return -ENOMEM;
        }
        long end = vaddr + rounded;
        for (long at = vaddr; at < end; ) {
            Mapping mapping = find(at);
            if (mapping == null) {
                return -ENOMEM;
            }
            long to = Math.min(end, mapping.end());
            long result = host.syscall(HostSyscall.MPROTECT, base + at, to - at, hostProtection(protection));
            if (result < 0) {
                return result;
            }
            replace(at, to, mapping.part(at, to).withProtection(kept(protection)));
            at = to;
        }
        return 0;
    }

    /// mremap(2).
    ///
    /// @param flags MREMAP_MAYMOVE, MREMAP_FIXED
    /// @param newVaddr the destination where flags hold MREMAP_FIXED
    /// @return the new guest address, or a negative errno
    public synchronized long remap(long vaddr, long oldLength, long newLength, int flags, long newVaddr) {
        long from = roundUp(oldLength);
        long to = roundUp(newLength);
        boolean fixed = (flags & MREMAP_FIXED) != 0;
        if ((vaddr & PAGE_MASK) != 0 || from <= 0 || to <= 0 || (flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED)) != 0) {
            return -EINVAL;
        }
        if (fixed
                && ((flags & MREMAP_MAYMOVE) == 0
                        || (newVaddr & PAGE_MASK) != 0
                        || overlaps(vaddr, from, newVaddr, to))) {
            return -EINVAL;
        }
        Mapping mapping = find(vaddr);
        if (mapping == null || mapping.end() - vaddr < from) {
            return -EFAULT;
        }
        if (to > size) {
            return -ENOMEM;
        }
        if (fixed && (newVaddr < LOWEST || newVaddr > size - to)) {
            return newVaddr < LOWEST ? -EPERM : -EINVAL;
        }
        if (to < from) {
            long result = unmap(vaddr + to, from - to);
            if (result < 0) {
                return result;
            }
            from = to;
        }
        if (!fixed) {
            if (to == from) {
                return vaddr;
            }
            if (mapping.name() == null && !mapping.shared() && canGrow(vaddr, from, to)) {
                return extend(mapping, vaddr, from, to);
            }
            if ((flags & MREMAP_MAYMOVE) == 0) {
                return -ENOMEM;
            }
        }
        long target = fixed ? newVaddr : findFree(0, to);
        return target < 0 ? -ENOMEM : move(mapping, vaddr, from, to, target);
    }

    private static boolean overlaps(long a, long aLength, long b, long bLength) {
        return a < b + bLength && b < a + aLength;
    }

    private boolean canGrow(long start, long from, long to) {
        return start <= size - to && !isMapped(start + from, start + to);
    }

    /// Grows anonymous memory where it is.
    private long extend(Mapping mapping, long start, long from, long to) {
        long result = map(start + from, to - from, mapping.protection(), ANONYMOUS, -1, 0, null);
        return result < 0 ? result : start;
    }

    /// The source must not be a hole for a moment, or the JVM might map something there: the kernel leaves it
    /// mapped, and only then it is reserved again. For shared memory an old size of 0 makes a second mapping of the
    /// same pages, else MREMAP_DONTUNMAP moves the pages alone.
    private long move(Mapping mapping, long start, long from, long to, long target) {
        int flags = MREMAP_MAYMOVE | MREMAP_FIXED;
        long result = -EINVAL;
        if (mapping.shared()) {
            result = host.syscall(HostSyscall.MREMAP, base + start, 0, to, flags, base + target);
        } else if (from == to || mapping.name() == null) {
            result = moveAndExtend(mapping, start, from, to, target);
        }
        if (result >= 0) {
            free(start, from);
        } else {
            result = moveLeavingHole(start, from, to, target);
        }
        if (result < 0) {
            return result;
        }
        Mapping moved = mapping.part(start, start + from).at(target, target + to);
        replace(target, target + to, moved);
        replace(start, start + from, null);
        return target;
    }

    private long moveAndExtend(Mapping mapping, long start, long from, long to, long target) {
        int flags = MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP;
        long result = host.syscall(HostSyscall.MREMAP, base + start, from, from, flags, base + target);
        if (result < 0 || to == from) {
            return result;
        }
        int protection = hostProtection(mapping.protection());
        return host.syscall(HostSyscall.MMAP, base + target + from, to - from, protection, ANONYMOUS, -1, 0);
    }

    /// What is left for private file mappings that grow, and for kernels before 5.7. Should the JVM be quicker, its
    /// mapping stays: the guest would have to ask for just that place to hurt it.
    private long moveLeavingHole(long start, long from, long to, long target) {
        long result =
                host.syscall(HostSyscall.MREMAP, base + start, from, to, MREMAP_MAYMOVE | MREMAP_FIXED, base + target);
        if (result >= 0) {
            int flags = (RESERVED & ~MAP_FIXED) | MAP_FIXED_NOREPLACE;
            host.syscall(HostSyscall.MMAP, base + start, from, PROT_NONE, flags, -1, 0);
        }
        return result;
    }

    // ---------------------------------------------------------------- the list

    /// Finds room for a mapping: at the hint when that is free, else the highest free range below [#mmapTop], else
    /// the lowest above it.
    ///
    /// @return its guest address, or -ENOMEM
    public synchronized long findFree(long hint, long length) {
        long wished = hint & ~PAGE_MASK;
        if (wished >= LOWEST && wished <= size - length && !isMapped(wished, wished + length)) {
            return wished;
        }
        long top = mmapTop;
        for (int i = indexOf(top) - 1; ; i--) {
            long bottom = i < 0 ? LOWEST : Math.min(mappings[i].end(), top);
            if (top - bottom >= length) {
                return top - length;
            }
            if (i < 0) {
                return findAbove(length);
            }
            top = mappings[i].start();
        }
    }

    private long findAbove(long length) {
        long bottom = mmapTop;
        for (int i = Math.max(0, indexOf(bottom) - 1); i < count; i++) {
            if (mappings[i].start() - bottom >= length) {
                return bottom;
            }
            bottom = Math.max(bottom, mappings[i].end());
        }
        return size - bottom >= length ? bottom : -ENOMEM;
    }

    /// {@return the mapping that holds the address (top byte cleared), or null}
    public synchronized @Nullable Mapping find(long address) {
        int i = indexOf(address);
        if (i < count && mappings[i].start() == address) {
            return mappings[i];
        }
        return i > 0 && mappings[i - 1].end() > address ? mappings[i - 1] : null;
    }

    /// {@return all mappings, in the order of their addresses}
    public synchronized List<Mapping> mappings() {
        return List.of(Arrays.copyOf(mappings, count));
    }

    /// Gives the mappings in a range another name, for `/proc/self/maps`: `[heap]`, `[stack]`.
    public synchronized void rename(long start, long end, String name) {
        for (int i = 0; i < count; i++) {
            Mapping m = mappings[i];
            if (m.start() < end && start < m.end()) {
                mappings[i] =
                        new Mapping(m.start(), m.end(), m.protection(), m.shared(), name, m.offset(), m.backing());
            }
        }
    }

    /// Memory was written other than by the guest's own stores: code in it is no longer what it was.
    public void written(long start, long length) {
        if (listeners.length != 0 && length > 0) {
            announce(start, start + length);
        }
    }

    boolean isMapped(long start, long end) {
        int i = indexOf(start);
        return (i < count && mappings[i].start() < end) || (i > 0 && mappings[i - 1].end() > start);
    }

    /// {@return the index of the first mapping that starts at the address or behind it}
    private int indexOf(long address) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (mappings[middle].start() < address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Puts a mapping (or nothing) in place of all that is in the range.
    private void replace(long start, long end, @Nullable Mapping with) {
        announce(start, end);
        int first = indexOf(start);
        if (first > 0 && mappings[first - 1].end() > start) {
            first--;
        }
        int last = indexOf(end);
        Mapping before = first < last && mappings[first].start() < start
                ? mappings[first].part(mappings[first].start(), start)
                : null;
        Mapping after = first < last && mappings[last - 1].end() > end
                ? mappings[last - 1].part(end, mappings[last - 1].end())
                : null;
        Mapping[] replaced = hasBacking(first, last) ? Arrays.copyOfRange(mappings, first, last) : null;
        splice(first, last, before, with, after);
        if (replaced != null) {
            closeUnused(replaced);
        }
        if (pageTable != null) {
            pageTable.set(start, end, with == null ? 0 : with.protection());
        }
        if (with != null) {
            join(indexOf(start));
            join(indexOf(end));
        }
    }

    private boolean hasBacking(int first, int last) {
        for (int i = first; i < last; i++) {
            if (mappings[i].backing() >= 0) {
                return true;
            }
        }
        return false;
    }

    /// Closes what was behind mappings and is behind none any more.
    private void closeUnused(Mapping[] replaced) {
        for (int i = 0; i < replaced.length; i++) {
            int backing = replaced[i].backing();
            if (backing >= 0 && !uses(replaced, i, backing) && !uses(mappings, count, backing)) {
                host.syscall(HostSyscall.CLOSE, backing);
            }
        }
    }

    private static boolean uses(Mapping[] list, int length, int backing) {
        for (int i = 0; i < length; i++) {
            if (list[i].backing() == backing) {
                return true;
            }
        }
        return false;
    }

    private void splice(
            int first, int last, @Nullable Mapping before, @Nullable Mapping with, @Nullable Mapping after) {
        int inserted = (before == null ? 0 : 1) + (with == null ? 0 : 1) + (after == null ? 0 : 1);
        int newCount = count - (last - first) + inserted;
        if (newCount > mappings.length) {
            mappings = Arrays.copyOf(mappings, 2 * newCount);
        }
        System.arraycopy(mappings, last, mappings, first + inserted, count - last);
        int at = first;
        if (before != null) {
            mappings[at++] = before;
        }
        if (with != null) {
            mappings[at++] = with;
        }
        if (after != null) {
            mappings[at] = after;
        }
        count = newCount;
    }

    /// Makes one mapping of two neighbours, as the kernel does: else a guest that grows its heap page by page has
    /// thousands.
    private void join(int index) {
        if (index > 0 && index < count && mappings[index - 1].isContinuedBy(mappings[index])) {
            Mapping left = mappings[index - 1];
            splice(index - 1, index + 1, null, left.at(left.start(), mappings[index].end()), null);
        }
    }

    /// Tells the listeners which part of the range is executable, as one piece.
    private synchronized void announce(long start, long end) {
        if (listeners.length == 0) {
            return;
        }
        long from = Long.MAX_VALUE;
        long to = 0;
        for (int i = Math.max(0, indexOf(start) - 1); i < count && mappings[i].start() < end; i++) {
            Mapping mapping = mappings[i];
            if (mapping.end() > start && (mapping.protection() & PROT_EXEC) != 0) {
                from = Math.min(from, Math.max(start, mapping.start()));
                to = Math.min(end, mapping.end());
            }
        }
        if (from < to) {
            for (CodeListener listener : listeners) {
                listener.codeChanged(from, to);
            }
        }
    }

    /// The bits of `protection` that a mapping keeps. With the first guarded page all translations are invalid:
    /// from then on branches tell their targets what they are.
    private int kept(int protection) {
        int kept = protection & protections;
        if ((kept & PROT_BTI) != 0 && !guardedPages) {
            guardedPages = true;
            announce(0, size);
        }
        return kept;
    }

    static long roundUp(long length) {
        return (length + PAGE_MASK) & ~PAGE_MASK;
    }

    private static int hostProtection(int protection) {
        int host = protection & (PROT_READ | PROT_WRITE);
        return (protection & (PROT_EXEC | PROT_WRITE)) != 0 ? host | PROT_READ : host;
    }
}
