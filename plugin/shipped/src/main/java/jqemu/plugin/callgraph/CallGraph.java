package jqemu.plugin.callgraph;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.files.OutputFile;

/// Prints which functions took how many instructions, alone and with all that they called, and draws flame graphs.
///
/// Arguments: `folded=FILE` writes folded stacks (`caller;callee count` lines), `svg=FILE` a flame graph, `limit=N` is
/// the length of the printed list (20). Functions are the guest's symbols; code without one is named by its page.
public final class CallGraph implements Plugin {
    private static final int LIMIT = 20;
    private static final int INSTRUCTION_SIZE = 4;
    private static final long PAGE = -4096;

    private final Map<Integer, ShadowStack> stacks = new ConcurrentHashMap<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        String folded = arguments.string("folded", "");
        String svg = arguments.string("svg", "");
        int limit = arguments.integer("limit", LIMIT);
        arguments.rejectUnknown();
        context.onTranslate(this::watch);
        context.onExit(() -> {
            Node all = new Node("all");
            stacks.values().forEach(stack -> all.merge(stack.root()));
            context.print(table(all, limit));
            write(folded, () -> Folded.text(all));
            write(svg, () -> FlameGraph.svg(all));
        });
    }

    private void watch(Block block) {
        String function = function(block.instruction(0));
        long pc = block.address();
        int size = block.size();
        block.onExecute(vcpu -> stack(vcpu).enter(pc, function, size));
        Instruction last = block.instruction(size - 1);
        ShadowStack.End end = end(last.disassembly());
        if (end != ShadowStack.End.OTHER) {
            long next = last.address() + INSTRUCTION_SIZE;
            last.onExecute(vcpu -> stack(vcpu).leave(end, next));
        }
    }

    private ShadowStack stack(int vcpu) {
        ShadowStack stack = stacks.get(vcpu);
        return stack != null ? stack : stacks.computeIfAbsent(vcpu, index -> new ShadowStack());
    }

    private static String function(Instruction insn) {
        String symbol = insn.symbol();
        return symbol != null ? symbol : "0x" + Long.toHexString(insn.address() & PAGE);
    }

    private static ShadowStack.End end(String assembly) {
        if (assembly.startsWith("bl ") || assembly.startsWith("blr") || assembly.startsWith("bl\t")) {
            return ShadowStack.End.CALL;
        }
        return assembly.startsWith("ret") ? ShadowStack.End.RETURN : ShadowStack.End.OTHER;
    }

    // ---- output

    private static final class Totals {
        private long calls;
        private long exclusive;
        private long inclusive;
    }

    /// A recursive function's inclusive count is that of its outermost calls.
    private static void sum(Node node, Map<String, Totals> totals, Map<String, Integer> active) {
        Totals own = totals.computeIfAbsent(node.name(), name -> new Totals());
        own.calls += node.calls();
        own.exclusive += node.exclusive();
        if (active.merge(node.name(), 1, Integer::sum) == 1) {
            own.inclusive += node.inclusive();
        }
        node.callees().forEach(callee -> sum(callee, totals, active));
        active.merge(node.name(), -1, Integer::sum);
    }

    private static String table(Node all, int limit) {
        Map<String, Totals> totals = new HashMap<>();
        all.callees().forEach(callee -> sum(callee, totals, new HashMap<>()));
        StringBuilder text = new StringBuilder("   inclusive    exclusive      calls  function\n");
        totals.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Totals> entry) -> -entry.getValue().inclusive)
                        .thenComparing(Map.Entry::getKey))
                .limit(limit)
                .forEach(entry -> text.append("%12d %12d %10d  %s%n"
                        .formatted(
                                entry.getValue().inclusive,
                                entry.getValue().exclusive,
                                entry.getValue().calls,
                                entry.getKey())));
        return text.toString();
    }

    /// Makes a text.
    private interface Text {
        String make();
    }

    private static void write(String file, Text text) {
        if (!file.isEmpty()) {
            OutputFile.write(file, text.make());
        }
    }
}
