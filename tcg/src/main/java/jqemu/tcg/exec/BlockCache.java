package jqemu.tcg.exec;

import jqemu.loader.memory.CodeListener;
import org.jspecify.annotations.Nullable;

/// All translation blocks of a guest process: by pc for execution, by page for invalidation.
///
/// Both are open-addressing hash tables with a primitive key. Readers of the first take no lock: they see an older or a
/// newer table, and what they miss is looked up again under the lock. Writers hold the monitor. A block never crosses a
/// page, so each page has a list of its own blocks.
public final class BlockCache implements CodeListener {
    private static final int INITIAL_CAPACITY = 1 << 12;
    private static final int PAGE_SHIFT = 12;

    private volatile @Nullable TranslationBlock[] byPc = new @Nullable TranslationBlock[INITIAL_CAPACITY];
    private int used;
    private volatile long drops;

    /// The newest block of each page that has any; older ones follow by [TranslationBlock#nextInPage].
    private @Nullable TranslationBlock[] byPage = new @Nullable TranslationBlock[INITIAL_CAPACITY];

    private int pages;

    /// The valid block at `pc`, or `null`.
    @Nullable
    TranslationBlock find(long pc) {
        @Nullable TranslationBlock[] table = byPc;
        for (int i = hash(pc >>> 2, table.length); ; i = i + 1 & table.length - 1) {
            TranslationBlock block = table[i];
            if (block == null) {
                return null;
            }
            if (block.pc() == pc && block.isValid()) {
                return block;
            }
        }
    }

    /// The valid block at `pc` if tier 1 executed it, else `null`.
    public @Nullable TranslationBlock executed(long pc) {
        TranslationBlock block = find(pc);
        return block != null && block.wasExecuted() ? block : null;
    }

    /// How often compiled code may have been dropped: a thread that has seen another number may be in such code.
    long drops() {
        return drops;
    }

    /// Drops all compiled regions; their blocks stay.
    public synchronized void dropRegions() {
        drops++;
        for (TranslationBlock block : byPc) {
            if (block != null) {
                block.dropRegion();
            }
        }
    }

    /// Adds `block`; there must be no valid one at its pc.
    synchronized void add(TranslationBlock block) {
        if (2 * ++used > byPc.length) {
            rebuild();
        }
        insert(byPc, block);
        if (2 * pages > byPage.length) {
            growPages();
        }
        int i = pageIndex(byPage, page(block));
        TranslationBlock head = byPage[i];
        if (head == null) {
            pages++;
        }
        block.setNextInPage(head);
        byPage[i] = block;
    }

    private static void insert(@Nullable TranslationBlock[] table, TranslationBlock block) {
        int i = hash(block.pc() >>> 2, table.length);
        for (TranslationBlock other = table[i]; other != null && other.isValid(); other = table[i]) {
            i = i + 1 & table.length - 1;
        }
        table[i] = block;
    }

    /// Drops invalid blocks and makes room.
    private void rebuild() {
        @Nullable TranslationBlock[] old = byPc;
        int valid = 0;
        for (TranslationBlock block : old) {
            if (block != null && block.isValid()) {
                valid++;
            }
        }
        int capacity = Math.max(INITIAL_CAPACITY, Integer.highestOneBit(valid) * 8);
        @Nullable TranslationBlock[] table = new @Nullable TranslationBlock[capacity];
        for (TranslationBlock block : old) {
            if (block != null && block.isValid()) {
                insert(table, block);
            }
        }
        used = valid + 1;
        byPc = table;
    }

    private void growPages() {
        @Nullable TranslationBlock[] table = new @Nullable TranslationBlock[byPage.length * 2];
        for (TranslationBlock head : byPage) {
            if (head != null) {
                table[pageIndex(table, page(head))] = head;
            }
        }
        byPage = table;
    }

    private static long page(TranslationBlock block) {
        return block.pc() >>> PAGE_SHIFT;
    }

    /// The place of `page`'s list in `table`, or the free place where it belongs.
    private static int pageIndex(@Nullable TranslationBlock[] table, long page) {
        int i = hash(page, table.length);
        for (TranslationBlock head = table[i]; head != null && page(head) != page; head = table[i]) {
            i = i + 1 & table.length - 1;
        }
        return i;
    }

    @Override
    public void codeChanged(long start, long end) {
        invalidate(start, end);
    }

    /// Regions that rely on nobody else seeing memory are dropped.
    @Override
    public void memoryShared() {
        dropRegions();
    }

    /// Invalidates all blocks that overlap the guest addresses from `start` to `end` (exclusive).
    public synchronized void invalidate(long start, long end) {
        drops++;
        long first = start >>> PAGE_SHIFT;
        long last = (end - 1) >>> PAGE_SHIFT;
        if (last - first >= pages) {
            for (TranslationBlock head : byPage) {
                invalidateList(head, start, end);
            }
        } else {
            for (long page = first; page <= last; page++) {
                invalidateList(byPage[pageIndex(byPage, page)], start, end);
            }
        }
    }

    private static void invalidateList(@Nullable TranslationBlock head, long start, long end) {
        for (TranslationBlock block = head; block != null; block = block.nextInPage()) {
            if (block.pc() < end && block.end() > start) {
                block.invalidate();
            }
        }
        // invalid blocks behind the head leave the list; the head keeps the page's place in the table
        for (TranslationBlock block = head; block != null; ) {
            TranslationBlock next = block.nextInPage();
            while (next != null && !next.isValid()) {
                next = next.nextInPage();
            }
            block.setNextInPage(next);
            block = next;
        }
    }

    /// Invalidates all blocks.
    public synchronized void flush() {
        drops++;
        for (TranslationBlock block : byPc) {
            if (block != null) {
                block.invalidate();
            }
        }
        byPc = new @Nullable TranslationBlock[INITIAL_CAPACITY];
        used = 0;
        byPage = new @Nullable TranslationBlock[INITIAL_CAPACITY];
        pages = 0;
    }

    private static int hash(long key, int length) {
        return (int) ((key * 0x9e37_79b9_7f4a_7c15L) >>> 40) & length - 1;
    }
}
