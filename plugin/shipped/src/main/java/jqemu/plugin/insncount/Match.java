package jqemu.plugin.insncount;

import java.util.LinkedHashMap;
import java.util.Map;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;

/// The instructions whose disassembly begins with a prefix, and how often they were executed.
final class Match {
    private final PluginContext context;
    private final String prefix;
    private final ScoreboardU64 insns;
    private final boolean trace;

    private final ScoreboardU64 hits;
    private final ScoreboardU64 lastHit;
    private final ScoreboardU64 totalDelta;

    /// In order of translation; also the lock, because vCPUs translate in parallel.
    private final Map<Site, ScoreboardU64> sites = new LinkedHashMap<>();

    /// A matching instruction. Code may change, so the same address may hold several in the course of time.
    private record Site(long address, String disassembly) {
        @Override
        public String toString() {
            return Long.toHexString(address) + " " + disassembly;
        }
    }

    /// Makes a match.
    ///
    /// @param context the plugin's context
    /// @param prefix  how the disassembly begins
    /// @param insns   the count of executed instructions, the clock for the distance between two hits
    /// @param trace   whether to print each hit
    Match(PluginContext context, String prefix, ScoreboardU64 insns, boolean trace) {
        this.context = context;
        this.prefix = prefix;
        this.insns = insns;
        this.trace = trace;
        Scoreboard counts = context.newScoreboard(3);
        hits = counts.cell(0);
        lastHit = counts.cell(1);
        totalDelta = counts.cell(2);
    }

    /// Counts the executions of an instruction if it matches.
    void instrument(Instruction insn, String disassembly) {
        if (disassembly.startsWith(prefix)) {
            Site site = new Site(insn.address(), disassembly);
            ScoreboardU64 siteHits = hitsOf(site);
            insn.onExecute(vcpu -> hit(vcpu, site, siteHits));
        }
    }

    private ScoreboardU64 hitsOf(Site site) {
        synchronized (sites) {
            ScoreboardU64 siteHits = sites.get(site);
            if (siteHits == null) {
                siteHits = context.newScoreboard();
                sites.put(site, siteHits);
                context.print("Created record for: " + site + "\n");
            }
            return siteHits;
        }
    }

    private void hit(int vcpu, Site site, ScoreboardU64 siteHits) {
        long now = insns.get(vcpu);
        long delta = now - lastHit.get(vcpu);
        siteHits.add(vcpu, 1);
        hits.add(vcpu, 1);
        totalDelta.add(vcpu, delta);
        lastHit.set(vcpu, now);
        if (trace) {
            long vcpuHits = hits.get(vcpu);
            context.print("0x" + Long.toHexString(site.address()) + ", '" + site.disassembly() + "', " + siteHits.sum()
                    + " hits , cpu " + vcpu + ", " + vcpuHits + " match hits, \u0394+" + delta
                    + " since last match, " + Long.divideUnsigned(totalDelta.get(vcpu), vcpuHits)
                    + " avg insns/match\n");
        }
    }

    /// Prints the number of hits, in all and for each instruction.
    void report() {
        StringBuilder text = new StringBuilder();
        text.append("Match: ")
                .append(prefix)
                .append(", hits ")
                .append(hits.sum())
                .append('\n');
        synchronized (sites) {
            sites.forEach((site, siteHits) -> text.append("  ")
                    .append(Long.toHexString(site.address()))
                    .append(": ")
                    .append(site.disassembly())
                    .append(" (hits ")
                    .append(siteHits.sum())
                    .append(")\n"));
        }
        context.print(text.toString());
    }
}
