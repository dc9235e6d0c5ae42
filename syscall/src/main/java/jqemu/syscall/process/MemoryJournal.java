package jqemu.syscall.process;

import static jqemu.loader.host.HostConstants.MAP_ANONYMOUS;
import static jqemu.loader.host.HostConstants.MAP_FIXED;
import static jqemu.loader.host.HostConstants.MAP_FIXED_NOREPLACE;
import static jqemu.loader.host.HostConstants.MAP_PRIVATE;

import java.util.List;
import jqemu.loader.memory.AddressSpace;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;

/// The changes that a child on its parent's thread may make to the address space: memory that is new, and disappears
/// when the child has left.
final class MemoryJournal {
    private static final int MUNMAP = 215;
    private static final int BRK = 214;
    private static final int MMAP = 222;

    private final AddressSpace space;
    private final List<Mapping> before;

    MemoryJournal(AddressSpace space) {
        this.space = space;
        this.before = space.mappings();
    }

    /// Whether this is a call that only adds private memory, or takes such memory away.
    boolean takes(GuestThread thread, int number, long address, long length, long protection, long flags) {
        return switch (number) {
            case BRK ->
                Long.compareUnsigned(
                                        address,
                                        thread.process().resources().heap().end())
                                >= 0
                        || address == 0;
            case MMAP -> {
                boolean fixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
                yield !fixed && (flags & (MAP_ANONYMOUS | MAP_PRIVATE)) == (MAP_ANONYMOUS | MAP_PRIVATE);
            }
            case MUNMAP -> isNew(address & GuestMemory.ADDRESS_MASK, length);
            default -> false;
        };
    }

    private boolean isNew(long start, long length) {
        for (Mapping mapping : before) {
            if (start < mapping.end() && mapping.start() < start + length) {
                return false;
            }
        }
        return true;
    }

    /// Takes all new memory away.
    void undo() {
        for (Mapping now : space.mappings()) {
            long at = now.start();
            for (Mapping old : before) {
                if (old.end() > at && old.start() < now.end()) {
                    unmap(at, old.start());
                    at = old.end();
                }
            }
            unmap(at, now.end());
        }
    }

    private void unmap(long start, long end) {
        if (start < end) {
            space.unmap(start, end - start);
        }
    }
}
