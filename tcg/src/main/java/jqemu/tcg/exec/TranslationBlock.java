package jqemu.tcg.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.jvm.Region;
import org.jspecify.annotations.Nullable;

/// A translated block of guest code: what the block cache holds and the tiers execute.
///
/// A block is valid until its guest code may have changed; [#invalidate] is seen by other threads at the latest when
/// they synchronize with the thread that changed the code, which is all that the architecture promises.
public final class TranslationBlock {
    private final long pc;
    private final int instructionCount;

    /// The block ends in a computed jump that is no call and no return.
    private volatile boolean optimized;
    private final boolean learns;
    private final ExitHint exitHint;

    private final @Nullable TranslationBlock[] chain = new @Nullable TranslationBlock[2];

    /// Volatile, so that a thread that finds a new block's IR here finds all of it.
    private volatile IrBlock ir;

    private int executions;
    private boolean valid = true;
    private @Nullable TranslationBlock nextInPage;
    private volatile @Nullable Region region;

    /// A region that starts here has been asked for.
    private volatile boolean requested;

    /// The entries of the regions that this block is part of.
    private final List<TranslationBlock> regionEntries = new ArrayList<>(0);

    private static final int MAX_TARGETS = 48;
    private static final long[] NO_TARGETS = {};

    /// Where the computed jump or call at the end was seen to lead.
    private volatile long[] targets = NO_TARGETS;

    private int rebuilds;

    TranslationBlock(long pc, int instructionCount, IrBlock ir) {
        this.pc = pc;
        this.instructionCount = instructionCount;
        this.ir = ir;
        int last = ir.size() - 1;
        boolean jumps = last >= 0 && (ir.opcode(last) == Opcode.GOTO_PTR || ir.opcode(last) == Opcode.GOTO_TB);
        exitHint = jumps ? ExitHint.of(ir.aux(last)) : ExitHint.JUMP;
        learns = jumps && ir.opcode(last) == Opcode.GOTO_PTR && isWorthLearning(exitHint);
    }

    /// Returns lead to too many places.
    private static boolean isWorthLearning(ExitHint hint) {
        return hint == ExitHint.JUMP || hint == ExitHint.CALL;
    }

    /// The guest address of the first instruction.
    public long pc() {
        return pc;
    }

    /// The number of guest instructions.
    public int instructionCount() {
        return instructionCount;
    }

    /// The first guest address behind the block.
    public long end() {
        return pc + 4L * instructionCount;
    }

    /// The block's IR.
    public IrBlock ir() {
        return ir;
    }

    /// Replaces the IR by one that does the same, optimized.
    void setIr(IrBlock better) {
        ir = better;
        optimized = true;
    }

    /// Whether [#ir] is optimized, for any thread that then asks for it.
    public boolean isOptimized() {
        return optimized;
    }

    /// Counts an execution and tells how many there were. Threads that execute the block at the same moment may
    /// count as one; the count leaves out no number, and after a few billion it starts again.
    int countExecution() {
        return ++executions;
    }

    /// Whether the block may still be executed.
    public boolean isValid() {
        return valid;
    }

    /// Whether the block cache holds the block. A block without instructions only raises that there are none to
    /// execute, which may be different the next time.
    boolean isCached() {
        return instructionCount > 0;
    }

    /// Ends the validity of the block and of all regions that it is part of; under the block cache's lock.
    void invalidate() {
        valid = false;
        for (TranslationBlock entry : regionEntries) {
            entry.dropRegion();
        }
    }

    /// Notes that a region was asked for; whether that is new.
    public boolean request() {
        boolean first = !requested;
        requested = true;
        return first;
    }

    /// Whether tier 1 ever executed the block.
    boolean wasExecuted() {
        return executions > 0;
    }

    /// The compiled code that starts here, or `null`.
    public @Nullable Region region() {
        return region;
    }

    /// Installs compiled code that starts here.
    public void setRegion(Region code) {
        Region old = region;
        region = code;
        if (old != null) {
            old.unlink();
        }
    }

    /// Whether this block is part of a region that starts elsewhere or here.
    public boolean isCovered() {
        return !regionEntries.isEmpty();
    }

    /// How often tier 1 executed the block.
    public int executions() {
        return executions;
    }

    /// Allows the next [#request].
    public void withdrawRequest() {
        requested = false;
    }

    /// What the jump at the end is for the guest.
    ExitHint exitHint() {
        return exitHint;
    }

    /// Whether [#learnTarget] is wanted.
    boolean learns() {
        return learns;
    }

    /// Notes that the computed jump at the end led to `target`; whether that is new. After some dozens no more are
    /// learnt: a jump that leads everywhere is better looked up.
    public boolean learnTarget(long target) {
        long[] known = targets;
        for (long other : known) {
            if (other == target) {
                return false;
            }
        }
        if (known.length == MAX_TARGETS) {
            return false;
        }
        long[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = target;
        targets = more;
        return true;
    }

    /// Where the computed jump or call at the end was seen to lead, in no order.
    public long[] targets() {
        return targets;
    }

    /// Counts that the region that starts here is built anew because it has learnt.
    public int countRebuild() {
        return ++rebuilds;
    }

    /// Drops the compiled code that starts here; it may be compiled anew.
    void dropRegion() {
        Region dropped = region;
        region = null;
        if (dropped != null) {
            dropped.unlink();
        }
        requested = false;
        executions = 1;
    }

    /// Notes that this block is part of the region that starts at `entry`; under the block cache's lock.
    public void addRegionEntry(TranslationBlock entry) {
        regionEntries.add(entry);
    }

    /// The block that chain slot `slot` (0 or 1) leads to, when it is known and valid.
    @Nullable
    TranslationBlock chained(int slot) {
        TranslationBlock next = chain[slot];
        return next != null && next.valid ? next : null;
    }

    /// Remembers that chain slot `slot` leads to `next`.
    void chain(int slot, TranslationBlock next) {
        chain[slot] = next;
    }

    /// The next older block of the same page, for the block cache.
    @Nullable
    TranslationBlock nextInPage() {
        return nextInPage;
    }

    void setNextInPage(@Nullable TranslationBlock block) {
        nextInPage = block;
    }
}
