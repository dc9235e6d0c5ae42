package jqemu.tcg.instrument;

import java.util.Arrays;
import jqemu.tcg.cpu.CpuState;
import org.jspecify.annotations.Nullable;

/// The live vCPUs by the index that plugins know them by.
final class VcpuTable {
    /// Replaced when it changes, so that readers need no lock.
    private volatile @Nullable CpuState[] live = new @Nullable CpuState[0];

    synchronized void add(CpuState env) {
        @Nullable CpuState[] old = live;
        @Nullable CpuState[] table = Arrays.copyOf(old, Math.max(old.length, env.index() + 1));
        table[env.index()] = env;
        live = table;
    }

    synchronized void remove(CpuState env) {
        @Nullable CpuState[] table = live.clone();
        if (env.index() < table.length && table[env.index()] == env) {
            table[env.index()] = null;
            live = table;
        }
    }

    /// The live vCPU with this index.
    ///
    /// @throws IllegalStateException when there is none
    CpuState get(int index) {
        @Nullable CpuState[] table = live;
        CpuState env = index >= 0 && index < table.length ? table[index] : null;
        if (env == null) {
            throw new IllegalStateException("there is no vCPU " + index);
        }
        return env;
    }

    /// The indexes of all live vCPUs.
    int[] indexes() {
        @Nullable CpuState[] table = live;
        int[] indexes = new int[table.length];
        int count = 0;
        for (int i = 0; i < table.length; i++) {
            if (table[i] != null) {
                indexes[count++] = i;
            }
        }
        return Arrays.copyOf(indexes, count);
    }
}
