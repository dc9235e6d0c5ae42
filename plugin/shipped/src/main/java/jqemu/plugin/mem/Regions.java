package jqemu.plugin.mem;

import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Consumer;
import jqemu.plugin.api.MemoryInfo;

/// Memory in regions of 16 KiB: how often each was read and written, and whether all that was read had been seen
/// being written before.
///
/// It keeps a copy of each region, made of the stores it sees and zero elsewhere, and compares each load with it. The
/// first difference in a region is reported at once: something was written that plugins do not see, as the program's
/// file or a system call do. An access of 16 bytes is counted but neither kept nor compared, as in QEMU; one that
/// spans two regions counts in the first, and its other half is kept in the second. (QEMU's plugin stops there.)
final class Regions {
    private static final int SIZE = 4 * 4096;

    private final Consumer<String> output;

    /// By address, unsigned; also the lock.
    private final TreeMap<Long, Region> regions = new TreeMap<>(Long::compareUnsigned);

    private static final class Region {
        private final byte[] data = new byte[SIZE];
        private long reads;
        private long writes;
        private boolean seenAll = true;
    }

    /// Makes an empty table.
    ///
    /// @param output takes the warnings
    Regions(Consumer<String> output) {
        this.output = output;
    }

    /// Follows an access.
    ///
    /// @param vaddr its guest address
    /// @param info  its size and direction
    /// @param value its lower 64 bits
    void access(long vaddr, MemoryInfo info, long value) {
        synchronized (regions) {
            Region first = region(vaddr);
            if (info.isStore()) {
                first.writes++;
            } else {
                first.reads++;
            }
            int size = info.size();
            if (size > Long.BYTES) {
                return;
            }
            for (int i = 0; i < size; i++) {
                int shift = Byte.SIZE * (info.isBigEndian() ? size - 1 - i : i);
                byte seen = (byte) (value >>> shift);
                Region region = region(vaddr + i);
                int offset = offset(vaddr + i);
                if (info.isStore()) {
                    region.data[offset] = seen;
                } else if (region.data[offset] != seen && region.seenAll) {
                    region.seenAll = false;
                    output.accept(warning(region == first ? vaddr : vaddr + i));
                }
            }
        }
    }

    private Region region(long vaddr) {
        return regions.computeIfAbsent(vaddr - offset(vaddr), base -> new Region());
    }

    private static int offset(long vaddr) {
        return (int) Long.remainderUnsigned(vaddr, SIZE);
    }

    private static String warning(long vaddr) {
        int offset = offset(vaddr);
        return "Warning: " + hex(vaddr - offset) + ":" + offset + " read an un-instrumented value\n";
    }

    private static String hex(long address) {
        return "0x" + HexFormat.of().toHexDigits(address);
    }

    /// The table.
    ///
    /// @return a heading and one line for each region, by address
    String report() {
        StringBuilder text = new StringBuilder("Region Base, Reads, Writes, Seen all\n");
        synchronized (regions) {
            regions.forEach((address, region) -> text.append(hex(address))
                    .append(", ")
                    .append(region.reads)
                    .append(", ")
                    .append(region.writes)
                    .append(", ")
                    .append(region.seenAll)
                    .append('\n'));
        }
        return text.toString();
    }
}
