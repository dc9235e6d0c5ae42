package jqemu.loader.memory;

import static jqemu.loader.host.HostConstants.*;

/// System V shared memory in a guest's address space: shmat(2) and shmdt(2). The host's kernel has the segments.
public final class SharedSegments {
    private static final long PAGE_MASK = GuestMemory.PAGE_SIZE - 1L;
    /// A flag of shmat(2).
    public static final int SHM_RDONLY = 0x1000;
    /// A flag of shmat(2).
    public static final int SHM_REMAP = 0x4000;
    /// A flag of shmat(2).
    public static final int SHM_EXEC = 0x8000;

    private final AddressSpace space;

    /// The segments in `space`.
    public SharedSegments(AddressSpace space) {
        this.space = space;
    }

    /// shmat(2): maps System V segment `segment` of `length` bytes.
    ///
    /// @param vaddr where, a multiple of the page size; 0 for any place
    /// @param flags SHM_RDONLY, SHM_EXEC, SHM_REMAP
    /// @param name what `/proc/self/maps` is to say
    /// @return the guest address, or a negative errno
    public long attach(int segment, long length, long vaddr, int flags, String name) {
        synchronized (space) {
            long rounded = AddressSpace.roundUp(length);
            boolean remap = (flags & SHM_REMAP) != 0;
            if ((vaddr & PAGE_MASK) != 0 || (remap && vaddr == 0)) {
                return -EINVAL;
            }
            long start = vaddr == 0 ? space.findFree(0, rounded) : vaddr;
            if (start < AddressSpace.LOWEST || start > space.size() - rounded) {
                return vaddr == 0 ? -ENOMEM : -EINVAL;
            }
            if (!remap && space.isMapped(start, start + rounded)) {
                return -EINVAL;
            }
            int write = (flags & SHM_RDONLY) == 0 ? PROT_WRITE : 0;
            int execute = (flags & SHM_EXEC) != 0 ? PROT_EXEC : 0;
            int backing = Mapping.ofSegment(segment);
            Mapping mapping = new Mapping(start, start + rounded, PROT_READ | write | execute, true, name, 0, backing);
            // never without SHM_REMAP: free pages are mapped on the host
            long result = space.attach(segment, flags | SHM_REMAP, mapping);
            return result < 0 ? result : start;
        }
    }

    /// shmdt(2): frees all pages of the segment whose first page is at `vaddr`.
    ///
    /// @return 0, or -EINVAL when none is
    public long detach(long vaddr) {
        synchronized (space) {
            Mapping first = space.find(vaddr);
            if (first == null || first.start() != vaddr || !first.isSegment() || first.offset() != 0) {
                return -EINVAL;
            }
            long end = vaddr;
            for (Mapping m = first; m != null && m.backing() == first.backing(); m = space.find(end)) {
                if (m.offset() != m.start() - vaddr) {
                    break; // the same segment once more
                }
                end = m.end();
            }
            return space.unmap(vaddr, end - vaddr);
        }
    }
}
