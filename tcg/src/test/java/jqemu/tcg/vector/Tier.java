package jqemu.tcg.vector;

import java.util.ArrayList;
import java.util.List;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;

/// A way to execute guest code, for tests that compare several of them on the same input.
///
/// A tier prepares a batch of code at once, so that one that compiles can put about a hundred entries into one class.
interface Tier {
    /// Entries that share one preparation.
    int BATCH = 100;

    /// Every tier that exists, the plainest first.
    static List<Tier> all() {
        List<Tier> tiers = new ArrayList<>(InterpreterTier.interpreters());
        tiers.add(new RegionTier());
        return tiers;
    }

    /// The name in messages.
    String name();

    /// Prepares what is reachable from `entries` in `memory`.
    Program prepare(GuestMemory memory, long[] entries);

    /// Prepared code.
    interface Program {
        /// Executes from `entry` until the pc is `exit` or a signal is due; on the thread of `env`.
        Stop run(CpuState env, long entry, long exit);
    }
}
