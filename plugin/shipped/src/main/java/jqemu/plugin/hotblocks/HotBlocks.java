package jqemu.plugin.hotblocks;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;
import org.jspecify.annotations.Nullable;

/// Lists the blocks that were executed most often. QEMU's `hotblocks`.
///
/// Arguments: `inline=on` counts by inline operations instead of callbacks, `limit=N` is the length of the list (20; 0
/// for all). The columns are the address, how often the block was translated, its instructions, how often it was
/// executed, and, more than QEMU, the symbol.
public final class HotBlocks implements Plugin {
    private static final int LIMIT = 20;

    /// A block, known by its address and size.
    private record Key(long pc, int instructions) {}

    private static final class Count {
        private final ScoreboardU64 executions;
        private final @Nullable String symbol;
        private int translations;

        Count(ScoreboardU64 executions, @Nullable String symbol) {
            this.executions = executions;
            this.symbol = symbol;
        }
    }

    private final Map<Key, Count> counts = new ConcurrentHashMap<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        boolean inline = arguments.flag("inline", false);
        int limit = arguments.integer("limit", LIMIT);
        arguments.rejectUnknown();
        context.onTranslate(block -> {
            Count count = counts.computeIfAbsent(
                    new Key(block.address(), block.size()), key -> new Count(cell(context), symbol(block)));
            synchronized (count) {
                count.translations++;
            }
            if (inline) {
                block.inlineAdd(count.executions, 1);
            } else {
                block.onExecute(vcpu -> count.executions.add(vcpu, 1));
            }
        });
        context.onExit(() -> context.print(report(limit)));
    }

    private static ScoreboardU64 cell(PluginContext context) {
        Scoreboard board = context.newScoreboard(1);
        return board.cell(0);
    }

    private static @Nullable String symbol(Block block) {
        String name = block.instruction(0).symbol();
        long offset = block.instruction(0).symbolOffset();
        return name == null || offset == 0 ? name : name + "+0x" + Long.toHexString(offset);
    }

    private String report(int limit) {
        List<Map.Entry<Key, Count>> sorted = counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Key, Count> entry) ->
                                -entry.getValue().executions.sum())
                        .thenComparingLong(entry -> entry.getKey().pc())
                        .thenComparingInt(entry -> entry.getKey().instructions()))
                .toList();
        StringBuilder text = new StringBuilder("collected " + sorted.size() + " entries in the hash table\n");
        text.append("pc, tcount, icount, ecount\n");
        sorted.stream().limit(limit == 0 ? sorted.size() : limit).forEach(entry -> {
            Count count = entry.getValue();
            text.append("0x%016x, %d, %d, %d%s%n"
                    .formatted(
                            entry.getKey().pc(),
                            count.translations,
                            entry.getKey().instructions(),
                            count.executions.sum(),
                            count.symbol == null ? "" : ", " + count.symbol));
        });
        return text.toString();
    }
}
