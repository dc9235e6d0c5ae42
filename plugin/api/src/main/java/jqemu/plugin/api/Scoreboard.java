package jqemu.plugin.api;

import java.util.Arrays;

/// Cells of 64 bits for each vCPU, so that counting needs no lock. Mirrors `qemu_plugin_scoreboard`.
///
/// Each vCPU has the same number of cells; [#cell] gives one of them, for all vCPUs. A new cell is zero. Get a
/// scoreboard from [PluginContext#newScoreboard(int)]: the emulator then makes it grow with the number of threads.
/// One made by the constructor, in a test for example, grows only by [#ensureCapacity].
///
/// ```java
/// Scoreboard counts = context.newScoreboard(2);
/// ScoreboardU64 blocks = counts.cell(0);
/// ScoreboardU64 insns = counts.cell(1);
/// block.inlineAdd(blocks, 1);
/// block.inlineAdd(insns, block.size());
/// ```
///
/// **Layout**, for the emulator's generated code: all cells lie in one array, see [#cells]; cell `c` of vCPU `v` is at
/// `v * stride() + LEAD + c`. Cells of different vCPUs are at least 64 bytes apart, and as far from the array's
/// length, which each access reads: no vCPU's counting slows down another's.
public final class Scoreboard {
    /// The number of vCPUs that a new scoreboard has room for.
    public static final int INITIAL_VCPUS = 16;

    /// The number of unused elements before the first cell.
    static final int LEAD = 8;

    /// 64-bit words in a cache line.
    private static final int LINE = 8;

    private final int cellCount;
    private final int stride;

    /// Replaced, with all vCPUs stopped, when the scoreboard grows.
    private long[] cells;

    /// Makes a scoreboard for [#INITIAL_VCPUS] vCPUs.
    ///
    /// @param cellCount the number of cells that each vCPU has
    /// @throws IllegalArgumentException when that is less than 1 or more than a million
    public Scoreboard(int cellCount) {
        if (cellCount < 1 || cellCount > 1_000_000) {
            throw new IllegalArgumentException("a scoreboard cannot have " + cellCount + " cells per vCPU");
        }
        this.cellCount = cellCount;
        // from the last cell of one vCPU to the first of the next it must be a whole line
        this.stride = (cellCount + 2 * (LINE - 1)) / LINE * LINE;
        this.cells = new long[LEAD + INITIAL_VCPUS * stride];
    }

    /// The number of cells that each vCPU has.
    ///
    /// @return at least 1
    public int cellCount() {
        return cellCount;
    }

    /// One cell, for all vCPUs. Mirrors `qemu_plugin_scoreboard_u64_in_struct`.
    ///
    /// @param index its place, from 0
    /// @return the cell
    /// @throws IndexOutOfBoundsException when there is no such cell
    public ScoreboardU64 cell(int index) {
        return new ScoreboardU64(this, index);
    }

    /// The number of vCPUs there is room for.
    ///
    /// @return at least [#INITIAL_VCPUS]
    public int capacity() {
        return (cells.length - LEAD) / stride;
    }

    /// Makes room for more vCPUs, keeping all values: doubles the room until it suffices.
    ///
    /// For the emulator: no vCPU may run meanwhile, and code that holds [#cells] is invalid afterwards.
    ///
    /// @param vcpus the number of vCPUs
    /// @return whether the array was replaced
    public boolean ensureCapacity(int vcpus) {
        int capacity = capacity();
        if (vcpus <= capacity) {
            return false;
        }
        while (capacity < vcpus) {
            capacity = Math.multiplyExact(capacity, 2);
        }
        cells = Arrays.copyOf(cells, Math.addExact(LEAD, Math.multiplyExact(capacity, stride)));
        return true;
    }

    /// The array that holds all cells, for generated code; it is replaced by [#ensureCapacity].
    ///
    /// @return the array itself
    public long[] cells() {
        return cells;
    }

    /// The distance in [#cells] from a cell to the same cell of the next vCPU, for generated code.
    ///
    /// @return a multiple of 8
    public int stride() {
        return stride;
    }
}
