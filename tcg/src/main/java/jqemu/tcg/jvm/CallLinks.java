package jqemu.tcg.jvm;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import jqemu.tcg.exec.BlockCache;
import jqemu.tcg.exec.TranslationBlock;
import org.jspecify.annotations.Nullable;

/// The links of a process's guest calls, by the address that is called. A link lives as long as code that calls by it.
final class CallLinks {
    private final BlockCache blocks;
    private final Map<Long, Entry> links = new HashMap<>();
    private final ReferenceQueue<CallLink> dead = new ReferenceQueue<>();

    private static final class Entry extends WeakReference<CallLink> {
        private final long pc;

        Entry(long pc, CallLink link, ReferenceQueue<CallLink> queue) {
            super(link, queue);
            this.pc = pc;
        }
    }

    CallLinks(BlockCache blocks) {
        this.blocks = blocks;
    }

    /// The bootstrap method of guest calls: `lookup`'s class data are the [CallLinks].
    static CallSite bootstrap(MethodHandles.Lookup lookup, String name, MethodType type, long pc)
            throws IllegalAccessException {
        CallLinks links = MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, CallLinks.class);
        return links.to(pc);
    }

    private synchronized CallLink to(long pc) {
        CallLink existing = find(pc);
        if (existing != null) {
            return existing;
        }
        dropDead();
        CallLink link = new CallLink(RegionCalls.UNLINKED);
        links.put(pc, new Entry(pc, link, dead));
        TranslationBlock block = blocks.executed(pc);
        if (block != null) {
            linkToRegionOf(block, link);
        }
        return link;
    }

    @SuppressWarnings("ReferenceEquality") // a block has another region or it has not
    private static void linkToRegionOf(TranslationBlock block, CallLink link) {
        Region region = block.region();
        if (region != null) {
            link.link(region);
            if (block.region() != region) { // dropped since, and perhaps before it had a link to undo
                link.unlink();
            }
        }
    }

    /// Leads the callers of `pc` to `region`.
    synchronized void install(long pc, Region region) {
        CallLink link = find(pc);
        if (link != null) {
            link.link(region);
        }
    }

    private @Nullable CallLink find(long pc) {
        Entry entry = links.get(pc);
        return entry == null ? null : entry.get();
    }

    private void dropDead() {
        for (Reference<? extends CallLink> reference = dead.poll(); reference != null; reference = dead.poll()) {
            Entry entry = (Entry) reference;
            links.remove(entry.pc, entry);
        }
    }
}
