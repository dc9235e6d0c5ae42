package jqemu.tcg.jvm;

import jqemu.tcg.exec.TranslationBlock;

/// A computed jump in a region: learns where it leads, and has the region built anew when it has learnt something that
/// matters.
final class IndirectJump {
    private static final int MISSES = 64;
    private static final int MAX_REBUILDS = 3;

    private final RegionCompiler compiler;
    private final TranslationBlock entry;
    private final TranslationBlock block;
    private int misses;
    private boolean learnt;

    /// The jump at the end of `block` in the region that starts at `entry`.
    IndirectJump(RegionCompiler compiler, TranslationBlock entry, TranslationBlock block) {
        this.compiler = compiler;
        this.entry = entry;
        this.block = block;
    }

    /// Notes that the jump led to `target`, where the region does not go. Threads may overwrite each other's
    /// counts.
    void missed(long target) {
        learnt |= block.learnTarget(target);
        if (++misses >= MISSES && learnt) {
            misses = 0;
            learnt = false;
            if (entry.countRebuild() <= MAX_REBUILDS) {
                compiler.rebuild(entry);
            }
        }
    }
}
