package jqemu.tcg.opt;

import java.util.Arrays;
import jqemu.tcg.ir.IrBlock;

/// Collects the ops that a walk found superfluous and removes them together at its end.
final class Removal {
    private boolean[] keep = new boolean[0];
    private int[] renumbered = new int[0];
    private boolean any;

    /// Prepares for a walk over `block`: everything stays.
    void reset(IrBlock block) {
        if (keep.length < block.size()) {
            keep = new boolean[block.size() * 2];
            renumbered = new int[block.size() * 2];
        }
        Arrays.fill(keep, 0, block.size(), true);
        any = false;
    }

    /// Op `n`, which no remaining op uses, goes.
    void remove(int n) {
        keep[n] = false;
        any = true;
    }

    /// Removes what was collected; op numbers change.
    void apply(IrBlock block) {
        if (any) {
            block.removeUnkept(keep, renumbered);
        }
    }
}
