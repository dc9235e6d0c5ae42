package jqemu.plugin.api;

import java.util.Objects;

/// One unsigned 64-bit cell of a scoreboard, for each vCPU one. Mirrors `qemu_plugin_u64`.
///
/// A plain cell without atomic operations: each vCPU changes only its own. Another thread that reads it, as [#sum]
/// does, sees a recent value while the guest runs, and the right one in [PluginContext#onExit].
///
/// ```java
/// ScoreboardU64 count = context.newScoreboard();
/// insn.onExecute(vcpu -> count.add(vcpu, 1));
/// context.onExit(() -> context.print(Long.toUnsignedString(count.sum()) + " executions\n"));
/// ```
///
/// It is a record because HotSpot takes the fields of records for constants: a callback that adds to a captured cell
/// becomes one addition in memory.
///
/// @param scoreboard the scoreboard that the cell belongs to
/// @param index      its place there, from 0
public record ScoreboardU64(Scoreboard scoreboard, int index) {
    /// Names a cell, as [Scoreboard#cell] does.
    ///
    /// @throws IndexOutOfBoundsException when the scoreboard has no such cell
    public ScoreboardU64 {
        Objects.checkIndex(index, scoreboard.cellCount());
    }

    /// Adds to the cell of a vCPU, wrapping around. Mirrors `qemu_plugin_u64_add`.
    ///
    /// @param vcpu  the index of the vCPU
    /// @param value what is added
    /// @throws IndexOutOfBoundsException when there is no room for such a vCPU
    public void add(int vcpu, long value) {
        scoreboard.cells()[position(vcpu)] += value;
    }

    /// The cell of a vCPU. Mirrors `qemu_plugin_u64_get`.
    ///
    /// @param vcpu the index of the vCPU
    /// @return its value
    /// @throws IndexOutOfBoundsException when there is no room for such a vCPU
    public long get(int vcpu) {
        return scoreboard.cells()[position(vcpu)];
    }

    /// Changes the cell of a vCPU. Mirrors `qemu_plugin_u64_set`.
    ///
    /// @param vcpu  the index of the vCPU
    /// @param value its new value
    /// @throws IndexOutOfBoundsException when there is no room for such a vCPU
    public void set(int vcpu, long value) {
        scoreboard.cells()[position(vcpu)] = value;
    }

    /// The sum over all vCPUs, those that have ended included, wrapping around. Mirrors `qemu_plugin_u64_sum`.
    ///
    /// @return the sum
    public long sum() {
        long sum = 0;
        long[] cells = scoreboard.cells();
        for (int position = offset(); position < cells.length; position += scoreboard.stride()) {
            sum += cells[position];
        }
        return sum;
    }

    /// The place of vCPU 0's cell in [Scoreboard#cells], for generated code.
    ///
    /// @return an index
    public int offset() {
        return Scoreboard.LEAD + index;
    }

    /// The place of a vCPU's cell in [Scoreboard#cells], for generated code.
    ///
    /// @param vcpu the index of the vCPU
    /// @return `vcpu * stride + offset`
    public int position(int vcpu) {
        return vcpu * scoreboard.stride() + offset();
    }
}
