package jqemu.plugin.hotpages;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import jqemu.plugin.api.HardwareAddress;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;

/// Lists the pages that were read and written most. QEMU's `hotpages`.
///
/// Arguments: `sortby=reads`, `writes` or `address` (default: the sum of both), `pagesize=N` (4096), `limit=N` pages
/// (50), `io=on` only accesses to devices, of which there are none in user mode.
/// The columns are the address, the vCPUs that read (a bit each), reads, the vCPUs that wrote, writes.
public final class HotPages implements Plugin {
    private static final int PAGE_SIZE = 4096;
    private static final int LIMIT = 50;

    private static final class Page {
        private final LongAdder reads = new LongAdder();
        private final LongAdder writes = new LongAdder();
        private final AtomicLong readers = new AtomicLong();
        private final AtomicLong writers = new AtomicLong();

        void access(int vcpu, boolean store) {
            (store ? writes : reads).increment();
            AtomicLong who = store ? writers : readers;
            if ((who.get() & 1L << vcpu) == 0) {
                who.updateAndGet(bits -> bits | 1L << vcpu);
            }
        }
    }

    private final Map<Long, Page> pages = new ConcurrentHashMap<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        Comparator<Map.Entry<Long, Page>> order = order(arguments.string("sortby", "both"));
        int size = arguments.integer("pagesize", PAGE_SIZE);
        int limit = arguments.integer("limit", LIMIT);
        boolean io = arguments.flag("io", false);
        arguments.rejectUnknown();
        if (Integer.bitCount(size) != 1) {
            throw new PluginException("pagesize must be a power of two");
        }
        context.onTranslate(block -> {
            for (int i = 0; i < block.size(); i++) {
                block.instruction(i).onMemory(MemoryAccess.READ_WRITE, (vcpu, vaddr, info) -> {
                    HardwareAddress device = info.hardwareAddress(vaddr);
                    if (io == (device != null && device.isIo())) {
                        pages.computeIfAbsent(vaddr & -size, page -> new Page()).access(vcpu, info.isStore());
                    }
                });
            }
        });
        context.onExit(() -> context.print(report(order, limit)));
    }

    private static Comparator<Map.Entry<Long, Page>> order(String sortBy) {
        Comparator<Map.Entry<Long, Page>> first = switch (sortBy) {
            case "reads" ->
                Comparator.comparingLong(entry -> -entry.getValue().reads.sum());
            case "writes" ->
                Comparator.comparingLong(entry -> -entry.getValue().writes.sum());
            case "address" -> Comparator.comparing(Map.Entry::getKey, Long::compareUnsigned);
            case "both" ->
                Comparator.comparingLong(entry ->
                        -entry.getValue().reads.sum() - entry.getValue().writes.sum());
            default -> throw new PluginException("invalid value for argument sortby: sortby=" + sortBy);
        };
        return first.thenComparing(Map.Entry::getKey, Long::compareUnsigned);
    }

    private String report(Comparator<Map.Entry<Long, Page>> order, int limit) {
        StringBuilder text = new StringBuilder("Addr, RCPUs, Reads, WCPUs, Writes\n");
        pages.entrySet().stream().sorted(order).limit(limit).forEach(entry -> {
            Page page = entry.getValue();
            text.append("0x%016x, 0x%04x, %d, 0x%04x, %d%n"
                    .formatted(
                            entry.getKey(),
                            page.readers.get(),
                            page.reads.sum(),
                            page.writers.get(),
                            page.writes.sum()));
        });
        return text.toString();
    }
}
