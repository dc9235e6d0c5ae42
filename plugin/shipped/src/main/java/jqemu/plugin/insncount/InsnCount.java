package jqemu.plugin.insncount;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.ScoreboardU64;

/// Counts executed instructions, for each vCPU and in all.
///
/// Arguments and output are those of QEMU's test plugin `insn`:
/// - `inline=on`: count by inline operations, not by a callback;
/// - `sizes=on`: report how many instructions of each size were translated, and no counts;
/// - `match=PREFIX`, repeatable: also count the instructions whose disassembly begins with the prefix;
/// - `trace=on`: print a line at each execution of a matching instruction.
public final class InsnCount implements Plugin {
    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        boolean inline = arguments.flag("inline", false);
        boolean sizes = arguments.flag("sizes", false);
        boolean trace = arguments.flag("trace", false);
        List<String> prefixes = arguments.strings("match");
        arguments.rejectUnknown();

        ScoreboardU64 insns = context.newScoreboard();
        List<Match> matches = new ArrayList<>();
        for (String prefix : prefixes) {
            matches.add(new Match(context, prefix, insns, trace));
        }
        SizeTable sizeTable = new SizeTable();
        context.onTranslate(block -> {
            for (int i = 0; i < block.size(); i++) {
                Instruction insn = block.instruction(i);
                count(insn, insns, inline);
                if (sizes) {
                    sizeTable.add(insn.size());
                }
            }
            // after the counting, so that a match finds itself counted
            match(block, matches);
        });
        context.onExit(() -> {
            context.print(sizes ? sizeTable.report() : report(context, insns));
            matches.forEach(Match::report);
        });
    }

    private static void count(Instruction insn, ScoreboardU64 insns, boolean inline) {
        if (inline) {
            insn.inlineAdd(insns, 1);
        } else {
            insn.onExecute(vcpu -> insns.add(vcpu, 1));
        }
    }

    private static void match(Block block, List<Match> matches) {
        if (matches.isEmpty()) {
            return;
        }
        for (int i = 0; i < block.size(); i++) {
            Instruction insn = block.instruction(i);
            String disassembly = insn.disassembly();
            for (Match match : matches) {
                match.instrument(insn, disassembly);
            }
        }
    }

    private static String report(PluginContext context, ScoreboardU64 insns) {
        StringBuilder text = new StringBuilder();
        for (int vcpu = 0; vcpu < context.vcpuCount(); vcpu++) {
            text.append("cpu ").append(vcpu).append(" insns: ");
            text.append(Long.toUnsignedString(insns.get(vcpu))).append('\n');
        }
        text.append("total insns: ").append(Long.toUnsignedString(insns.sum())).append('\n');
        return text.toString();
    }

    /// How many instructions of each size were translated.
    private static final class SizeTable {
        private final ConcurrentSkipListMap<Integer, LongAdder> counts = new ConcurrentSkipListMap<>();

        void add(int size) {
            counts.computeIfAbsent(size, key -> new LongAdder()).increment();
        }

        String report() {
            StringBuilder text = new StringBuilder();
            counts.forEach((size, count) -> text.append("len ")
                    .append(size)
                    .append(" bytes: ")
                    .append(count)
                    .append(" insns\n"));
            return text.toString();
        }
    }
}
