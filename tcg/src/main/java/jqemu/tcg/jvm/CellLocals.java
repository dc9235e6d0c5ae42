package jqemu.tcg.jvm;

import java.util.ArrayList;
import java.util.List;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;

/// The scoreboard cells that a region's inline ops add to. What is added waits in a JVM local, where C2 makes one
/// addition of many, until the region is left, calls something, or runs a callback, which may read the cell.
///
/// For [RegionFlow] a cell is one more register, behind those of env: it is *dirty* where something may wait.
final class CellLocals {
    private final List<ScoreboardU64> cells = new ArrayList<>();
    private int first;

    /// Notes what `ir` adds to.
    void collect(IrBlock ir) {
        for (int n = 0; n < ir.size(); n++) {
            if (ir.opcode(n) == Opcode.PLUGIN_ADD && !cells.contains(cell(ir, n))) {
                cells.add(cell(ir, n));
            }
        }
    }

    private static ScoreboardU64 cell(IrBlock ir, int n) {
        return (ScoreboardU64) ir.constant(ir.aux(n));
    }

    /// Gives each cell a local from `first` on; the first free one.
    int assign(int first) {
        this.first = first;
        return first + 2 * cells.size();
    }

    /// The number of cells.
    int count() {
        return cells.size();
    }

    /// The number among a region's registers of the cell that the inline addition `n` adds to.
    int register(IrBlock ir, int n) {
        return Slot.COUNT + cells.indexOf(cell(ir, n));
    }

    /// The cell with number `register`.
    ScoreboardU64 cell(int register) {
        return cells.get(register - Slot.COUNT);
    }

    /// The local of the cell with number `register`.
    int local(int register) {
        return first + 2 * (register - Slot.COUNT);
    }
}
