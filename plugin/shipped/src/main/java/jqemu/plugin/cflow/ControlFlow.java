package jqemu.plugin.cflow;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;

/// Lists where the guest branches to, and where it leaves a block before its end. QEMU's `cflow`.
///
/// Arguments: `sort=hottest` branches first that were taken most often, `early` those that left a block early most
/// often (faults and signals), `exceptions` those with most destinations; `limit=N` is the length of the list (10).
public final class ControlFlow implements Plugin {
    private static final int LIMIT = 10;

    /// An instruction that control flow may leave.
    private static final class Node {
        private final long address;
        private final String symbol;
        private final String assembly;
        private final Map<Long, Long> destinations = new LinkedHashMap<>();
        private long branches;
        private long earlyExits;
        private boolean middle;

        Node(long address, String symbol, String assembly) {
            this.address = address;
            this.symbol = symbol;
            this.assembly = assembly;
        }

        synchronized void branch(long to, boolean early) {
            destinations.merge(to, 1L, Long::sum);
            branches++;
            if (early) {
                earlyExits++;
                middle = true;
            }
        }
    }

    /// What a vCPU did last: the last instruction of its block, the address after that, the instruction it came to.
    private record Cells(ScoreboardU64 end, ScoreboardU64 after, ScoreboardU64 last) {}

    private final Map<Long, Node> nodes = new ConcurrentHashMap<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        Comparator<Node> order = order(arguments.string("sort", "hottest"));
        int limit = arguments.integer("limit", LIMIT);
        arguments.rejectUnknown();
        Scoreboard board = context.newScoreboard(3);
        Cells cells = new Cells(board.cell(0), board.cell(1), board.cell(2));
        context.onTranslate(block -> watch(block, cells));
        context.onExit(() -> context.print(report(order, limit)));
    }

    private static Comparator<Node> order(String sort) {
        Comparator<Node> first = switch (sort) {
            case "hottest" -> Comparator.comparingLong(node -> -node.branches);
            case "early" -> Comparator.comparingLong(node -> -node.earlyExits);
            case "exceptions" -> Comparator.comparingInt(node -> -node.destinations.size());
            default -> throw new PluginException("failed to parse: " + sort);
        };
        return first.thenComparing(node -> node.address, Long::compareUnsigned);
    }

    private void watch(Block block, Cells cells) {
        long pc = block.address();
        int size = block.size();
        Instruction first = block.instruction(0);
        Instruction last = block.instruction(size - 1);
        block.onExecuteIf(Condition.NE, cells.after, pc, vcpu -> branched(cells, vcpu, pc));
        first.inlineStore(cells.end, last.address());
        first.inlineStore(cells.after, last.address() + last.size());
        for (int i = 0; i < size; i++) {
            Instruction insn = block.instruction(i);
            long address = insn.address();
            Node node = nodes.computeIfAbsent(address, key -> new Node(key, symbol(insn), insn.disassembly()));
            if (i < size - 1) {
                node.middle = true;
            }
            insn.inlineStore(cells.last, address);
        }
    }

    private static String symbol(Instruction insn) {
        String name = insn.symbol();
        long offset = insn.symbolOffset();
        return name == null ? "(null)" : offset == 0 ? name : name + "+0x" + Long.toHexString(offset);
    }

    private void branched(Cells cells, int vcpu, long to) {
        long from = cells.last.get(vcpu);
        Node node = nodes.get(from);
        // nothing was executed before a thread's first block
        if (node != null) {
            node.branch(to, from != cells.end.get(vcpu));
        }
    }

    private String report(Comparator<Node> order, int limit) {
        StringBuilder text = new StringBuilder("collected " + nodes.size() + " control flow nodes in the hash table\n");
        List<Node> left = nodes.values().stream()
                .filter(node -> node.branches > 0)
                .sorted(order)
                .limit(limit)
                .toList();
        for (Node node : left) {
            text.append("  addr: 0x%x %s: %s (%s)%n"
                    .formatted(node.address, node.symbol, node.assembly, node.middle ? "sync fault" : "branch"));
            if (node.earlyExits > 0) {
                text.append("    early exits ").append(node.earlyExits).append('\n');
            }
            text.append("    branches ").append(node.branches).append('\n');
            node.destinations.forEach((to, count) -> text.append("      to 0x%x (%d)%n".formatted(to, count)));
        }
        return text.toString();
    }
}
