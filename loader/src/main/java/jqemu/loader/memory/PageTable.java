package jqemu.loader.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The protection of every guest page, one byte each, in two levels: what checked accesses look at.
///
/// Leaves that hold the same protection throughout are shared, so that a huge mapping costs nothing.
final class PageTable {
    private static final int PAGE_BITS = 12;
    private static final int LEAF_BITS = 17;
    private static final int LEAF_PAGES = 1 << LEAF_BITS;

    private final long size;
    private final byte[] @Nullable [] leaves;
    private final byte[] @Nullable [] uniform = new byte[32][];

    PageTable(long size) {
        this.size = size;
        this.leaves = new byte[Math.toIntExact((size >>> (PAGE_BITS + LEAF_BITS)) + 1)][];
    }

    /// {@return whether all pages of 1 to 4096 bytes have one of the protections}
    boolean allows(long address, int length, int protection) {
        long last = address + length - 1;
        return allows(address, protection) && ((address ^ last) >>> PAGE_BITS == 0 || allows(last, protection));
    }

    private boolean allows(long address, int protection) {
        if (Long.compareUnsigned(address, size) >= 0) {
            return false;
        }
        byte[] leaf = leaves[(int) (address >>> (PAGE_BITS + LEAF_BITS))];
        return leaf != null && (leaf[(int) (address >>> PAGE_BITS) & (LEAF_PAGES - 1)] & protection) != 0;
    }

    void set(long start, long end, int protection) {
        for (long page = start >>> PAGE_BITS, last = end >>> PAGE_BITS; page < last; ) {
            int index = (int) (page >>> LEAF_BITS);
            int from = (int) page & (LEAF_PAGES - 1);
            int count = (int) Math.min(LEAF_PAGES - from, last - page);
            if (count == LEAF_PAGES) {
                leaves[index] = protection == 0 ? null : uniform(protection);
            } else {
                Arrays.fill(own(index), from, from + count, (byte) protection);
            }
            page += count;
        }
    }

    private byte[] uniform(int protection) {
        byte[] leaf = uniform[protection];
        if (leaf == null) {
            leaf = new byte[LEAF_PAGES];
            Arrays.fill(leaf, (byte) protection);
            uniform[protection] = leaf;
        }
        return leaf;
    }

    @SuppressWarnings("ReferenceEquality") // is it the shared leaf itself?
    private byte[] own(int index) {
        byte[] leaf = leaves[index];
        if (leaf == null) {
            leaf = new byte[LEAF_PAGES];
            leaves[index] = leaf;
        } else if (leaf == uniform[leaf[0]]) {
            leaf = leaf.clone();
            leaves[index] = leaf;
        }
        return leaf;
    }
}
