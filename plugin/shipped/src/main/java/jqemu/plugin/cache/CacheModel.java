package jqemu.plugin.cache;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.ScoreboardU64;

/// Models the caches of cores: first-level instruction and data caches, and a second level for both. QEMU's `cache`.
///
/// Arguments: `icachesize`, `iblksize`, `iassoc` (16384, 64, 8), the same with `d`; `l2=on`, or one of `l2cachesize`,
/// `l2blksize`, `l2assoc` (2097152, 64, 16), adds a second level; `evict=lru`, `fifo` or `rand`; `cores=N` (1), vCPU V
/// runs on core V modulo N; `limit=N` is the number of instructions in each list (32).
///
/// An access that goes beyond the end of a block counts for its first block, as in QEMU.
public final class CacheModel implements Plugin {
    private static final int LIMIT = 32;
    private static final int BLOCK = 64;
    private static final int SIZE = 16 << 10;
    private static final int ASSOCIATIVITY = 8;
    private static final int SECOND_SIZE = 2 << 20;
    private static final int SECOND_ASSOCIATIVITY = 16;
    private static final double PERCENT = 100;

    private final Map<Long, Misses> instructions = new ConcurrentHashMap<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        Cache.Shape first = new Cache.Shape(SIZE, BLOCK, ASSOCIATIVITY);
        Cache.Shape fetch = shape(arguments, "i", first).check("icache");
        Cache.Shape data = shape(arguments, "d", first).check("dcache");
        boolean second = hasSecondLevel(arguments);
        Cache.Shape both = shape(arguments, "l2", new Cache.Shape(SECOND_SIZE, BLOCK, SECOND_ASSOCIATIVITY));
        Eviction eviction = eviction(arguments.string("evict", "lru"));
        int limit = arguments.integer("limit", LIMIT);
        int coreCount = arguments.integer("cores", 1);
        arguments.rejectUnknown();
        if (coreCount < 1) {
            throw new PluginException("cores must be at least 1");
        }
        Core[] cores = new Core[coreCount];
        for (int i = 0; i < cores.length; i++) {
            cores[i] = new Core(
                    new Cache(fetch, eviction),
                    new Cache(data, eviction),
                    second ? new Cache(both.check("L2 cache"), eviction) : null);
        }
        ScoreboardU64 fetches = context.newScoreboard();
        context.onTranslate(block -> watch(block, cores, fetches, -fetch.blockSize()));
        context.onExit(() -> {
            context.print(totals(context, cores, fetches, second));
            context.print(list("data", limit, misses -> misses.data));
            context.print("\n" + list("fetch", limit, misses -> misses.fetch));
            if (second) {
                context.print("\n" + list("L2", limit, misses -> misses.second));
            }
        });
    }

    private static boolean hasSecondLevel(PluginArguments arguments) {
        return arguments.flag("l2", false)
                || arguments.string("l2cachesize") != null
                || arguments.string("l2blksize") != null
                || arguments.string("l2assoc") != null;
    }

    private static Cache.Shape shape(PluginArguments arguments, String prefix, Cache.Shape usual) {
        return new Cache.Shape(
                arguments.integer(prefix + "cachesize", usual.size()),
                arguments.integer(prefix + "blksize", usual.blockSize()),
                arguments.integer(prefix + "assoc", usual.associativity()));
    }

    private static Eviction eviction(String name) {
        for (Eviction each : Eviction.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw new PluginException("invalid eviction policy: " + name);
    }

    /// Instructions that follow another of the same cache block hit, and change nothing: they are only counted.
    private void watch(Block block, Core[] cores, ScoreboardU64 fetches, long blockMask) {
        for (int i = 0; i < block.size(); i++) {
            Instruction insn = block.instruction(i);
            Misses misses = instructions.computeIfAbsent(insn.address(), address -> new Misses(insn));
            insn.inlineAdd(fetches, 1);
            if (i == 0 || ((insn.address() ^ insn.address() - insn.size()) & blockMask) != 0) {
                insn.onExecute(vcpu -> cores[vcpu % cores.length].fetch(misses));
            }
            insn.onMemory(
                    MemoryAccess.READ_WRITE, (vcpu, vaddr, info) -> cores[vcpu % cores.length].access(vaddr, misses));
        }
    }

    // ---- output

    private static String totals(PluginContext context, Core[] cores, ScoreboardU64 fetches, boolean second) {
        StringBuilder text = new StringBuilder(
                "core #, data accesses, data misses, dmiss rate, insn accesses, insn misses, imiss rate");
        text.append(second ? ", l2 accesses, l2 misses, l2 miss rate\n" : "\n");
        Core.Totals sum = new Core.Totals(0, 0, 0, 0, 0, 0);
        for (int core = 0; core < cores.length; core++) {
            long fetched = 0;
            for (int vcpu = core; vcpu < context.vcpuCount(); vcpu += cores.length) {
                fetched += fetches.get(vcpu);
            }
            Core.Totals totals = cores[core].totals(fetched);
            sum = sum.plus(totals);
            text.append(row(Integer.toString(core), totals, second));
        }
        if (cores.length > 1) {
            text.append(row("sum", sum, second));
        }
        return text.append('\n').toString();
    }

    private static String row(String name, Core.Totals totals, boolean second) {
        String first = "%-8s%-14d %-12d %9.4f%%  %-14d %-12d %9.4f%%"
                .formatted(
                        name,
                        totals.dataAccesses(),
                        totals.dataMisses(),
                        percent(totals.dataMisses(), totals.dataAccesses()),
                        totals.fetches(),
                        totals.fetchMisses(),
                        percent(totals.fetchMisses(), totals.fetches()));
        String rest = "  %-12d %-11d %10.4f%%"
                .formatted(
                        totals.secondAccesses(),
                        totals.secondMisses(),
                        percent(totals.secondMisses(), totals.secondAccesses()));
        return first + (second ? rest : "") + "\n";
    }

    private static double percent(long part, long all) {
        return all == 0 ? 0 : PERCENT * part / all;
    }

    private String list(String title, int limit, Function<Misses, LongAdder> count) {
        StringBuilder text = new StringBuilder("address, " + title + " misses, instruction\n");
        instructions.values().stream()
                .sorted(Comparator.comparingLong(
                                (Misses misses) -> -count.apply(misses).sum())
                        .thenComparing(Misses::address, Long::compareUnsigned))
                .limit(limit)
                .forEach(misses -> text.append(misses.line(count.apply(misses))));
        return text.toString();
    }
}
