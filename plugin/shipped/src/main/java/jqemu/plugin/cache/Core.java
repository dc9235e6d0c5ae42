package jqemu.plugin.cache;

import org.jspecify.annotations.Nullable;

/// The caches of a core, which several vCPUs may share.
final class Core {
    private final Cache instructions;
    private final Cache data;
    private final @Nullable Cache second;
    private long dataAccesses;
    private long secondAccesses;

    Core(Cache instructions, Cache data, @Nullable Cache second) {
        this.instructions = instructions;
        this.data = data;
        this.second = second;
    }

    /// Fetches an instruction.
    synchronized void fetch(Misses insn) {
        if (!instructions.access(insn.address())) {
            insn.fetch.increment();
            missed(insn.address(), insn);
        }
    }

    /// Loads or stores.
    synchronized void access(long address, Misses insn) {
        dataAccesses++;
        if (!data.access(address)) {
            insn.data.increment();
            missed(address, insn);
        }
    }

    private void missed(long address, Misses insn) {
        if (second != null) {
            secondAccesses++;
            if (!second.access(address)) {
                insn.second.increment();
            }
        }
    }

    /// The numbers so far, but for the instructions, which blocks count.
    synchronized Totals totals(long fetches) {
        return new Totals(
                dataAccesses,
                data.misses(),
                fetches,
                instructions.misses(),
                secondAccesses,
                second == null ? 0 : second.misses());
    }

    /// What happened in the caches of a core, or of all.
    record Totals(
            long dataAccesses,
            long dataMisses,
            long fetches,
            long fetchMisses,
            long secondAccesses,
            long secondMisses) {
        Totals plus(Totals other) {
            return new Totals(
                    dataAccesses + other.dataAccesses,
                    dataMisses + other.dataMisses,
                    fetches + other.fetches,
                    fetchMisses + other.fetchMisses,
                    secondAccesses + other.secondAccesses,
                    secondMisses + other.secondMisses);
        }
    }
}
