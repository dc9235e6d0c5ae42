package jqemu.plugin.bb;

import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;

/// Counts executed blocks and the instructions in them, for each vCPU and in all.
///
/// Arguments and output are those of QEMU's test plugin `bb`:
/// - `inline=on`: count by inline operations, not by a callback;
/// - `idle=on`: also report when a vCPU goes idle.
///
/// A block counts as a whole, also where a fault leaves it early: the plugin `insncount` is more precise, and slower.
public final class BlockCount implements Plugin {
    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        boolean inline = arguments.flag("inline", false);
        boolean idle = arguments.flag("idle", false);
        arguments.rejectUnknown();

        Scoreboard counts = context.newScoreboard(2);
        ScoreboardU64 blocks = counts.cell(0);
        ScoreboardU64 insns = counts.cell(1);
        context.onTranslate(block -> {
            int size = block.size();
            if (inline) {
                block.inlineAdd(blocks, 1);
                block.inlineAdd(insns, size);
            } else {
                block.onExecute(vcpu -> {
                    blocks.add(vcpu, 1);
                    insns.add(vcpu, size);
                });
            }
        });
        if (idle) {
            context.onVcpuIdle(vcpu -> {
                if (blocks.get(vcpu) != 0) {
                    context.print("Idling CPU" + vcpu + ": " + line(blocks.get(vcpu), insns.get(vcpu)));
                }
            });
        }
        context.onExit(() -> context.print(report(context, blocks, insns)));
    }

    private static String report(PluginContext context, ScoreboardU64 blocks, ScoreboardU64 insns) {
        StringBuilder text = new StringBuilder();
        for (int vcpu = 0; vcpu < context.vcpuCount(); vcpu++) {
            if (blocks.get(vcpu) != 0) {
                text.append("CPU").append(vcpu).append(": ").append(line(blocks.get(vcpu), insns.get(vcpu)));
            }
        }
        return text.append("Total: ").append(line(blocks.sum(), insns.sum())).toString();
    }

    private static String line(long blocks, long insns) {
        return "bb's: " + Long.toUnsignedString(blocks) + ", insns: " + Long.toUnsignedString(insns) + "\n";
    }
}
