package jqemu.tcg.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import jqemu.tcg.exec.TranslationBlock;
import jqemu.tcg.ir.Aux;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.opt.Passes;
import org.jspecify.annotations.Nullable;

/// Which blocks make a region: those that a hot block leads to by direct jumps and that tier 1 has executed.
///
/// Returns leave it, calls come back to it, and computed jumps lead where tier 1 has seen them lead. The blocks are in
/// the order in which they are emitted: most jumps fall through, and a jump to an earlier block closes a loop.
final class RegionShape {
    private static final int MAX_BLOCKS = 100;
    private static final int OPS_PER_INSTRUCTION = 4;
    private static final int VECTOR_WEIGHT = 4;
    private static final int FLOATING_POINT_WEIGHT = 4;
    private static final int CALLBACK_WEIGHT = 8;

    /// Callbacks in a region of several blocks: of some 75 in a method C2 leaves the last as calls.
    private static final int MAX_CALLBACKS = 60;

    private static final long[] NONE = {};

    private final List<Member> members = new ArrayList<>();

    /// A block, its optimized IR, where a computed jump at its end is known to lead, and where the block leads at
    /// all, the fall-through last.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares members
    record Member(TranslationBlock block, IrBlock ir, long[] targets, List<Long> successors) {
        static Member of(TranslationBlock block, IrBlock ir) {
            long[] targets = targetsOf(block, ir);
            return new Member(block, ir, targets, successorsOf(block, ir, targets));
        }
    }

    private RegionShape() {}

    /// The region that starts at `entry`, with at most `maxInstructions` guest instructions; the entry block is
    /// part of it even if it has more.
    ///
    /// @param executed gives the block at a pc, or null when there is none worth a place
    /// @param passes optimizes what tier 1 has not optimized
    static RegionShape from(
            TranslationBlock entry,
            int maxInstructions,
            LongFunction<@Nullable TranslationBlock> executed,
            Passes passes) {
        RegionShape shape = new RegionShape();
        List<TranslationBlock> work = new ArrayList<>();
        work.add(entry);
        int instructions = 0;
        int weight = 0;
        int callbacks = 0;
        while (!work.isEmpty()) {
            TranslationBlock block = work.removeLast();
            int own = callbacksOf(block.ir());
            boolean fits = shape.members.isEmpty()
                    || (instructions + block.instructionCount() <= maxInstructions
                            && weight < maxInstructions * OPS_PER_INSTRUCTION
                            && callbacks + own <= MAX_CALLBACKS
                            && shape.members.size() < MAX_BLOCKS);
            if (shape.contains(block) || !isCompilable(block.ir()) || !fits) {
                continue;
            }
            IrBlock ir = optimized(block, passes);
            Member member = Member.of(block, ir);
            shape.members.add(member);
            instructions += block.instructionCount();
            weight += weightOf(ir);
            callbacks += own;
            for (long pc : member.successors) { // the fall-through is taken off the list first
                TranslationBlock successor = executed.apply(pc);
                if (successor != null) {
                    work.add(successor);
                }
            }
        }
        if (!shape.members.isEmpty()) {
            shape.order();
        }
        return shape;
    }

    /// Puts the blocks in reverse postorder: where ways join again, the block behind them follows them all. In the
    /// order in which they were found, one of the ways would lead back to it, which costs a poll, and in HotSpot's
    /// code a safepoint and a count, as a loop does.
    private void order() {
        Map<Long, Member> unseen = new HashMap<>();
        for (Member member : members) {
            unseen.put(member.block.pc(), member);
        }
        List<Member> postorder = new ArrayList<>(members.size());
        visit(unseen.remove(members.getFirst().block.pc()), unseen, postorder);
        members.clear();
        members.addAll(postorder.reversed());
    }

    /// The successor that is visited last, the fall-through, follows its block.
    private static void visit(@Nullable Member member, Map<Long, Member> unseen, List<Member> postorder) {
        if (member != null) {
            for (long successor : member.successors) {
                visit(unseen.remove(successor), unseen, postorder);
            }
            postorder.add(member);
        }
    }

    private static IrBlock optimized(TranslationBlock block, Passes passes) {
        if (block.isOptimized()) {
            return block.ir();
        }
        IrBlock copy = new IrBlock();
        copy.copyFrom(block.ir());
        passes.run(copy);
        return copy;
    }

    /// How much C2 makes of a block: it stops inlining where the nodes of its graph become too many, and vector
    /// code in general registers, and callbacks, reach that first.
    private static int weightOf(IrBlock ir) {
        int weight = 0;
        for (int n = 0; n < ir.size(); n++) {
            weight += switch (ir.opcode(n).effect()) {
                case MARK, READ_ENV, WRITE_ENV -> 0;
                case PURE -> ir.opcode(n).aux() == Aux.ELEMENT ? VECTOR_WEIGHT : ir.opcode(n) == Opcode.MOVI ? 0 : 1;
                case FP -> FLOATING_POINT_WEIGHT;
                case INSTRUMENT -> ir.opcode(n).runsCallback() ? CALLBACK_WEIGHT : 1;
                case LOAD, STORE, ATOMIC, FENCE, CALL, EXIT -> 1;
            };
        }
        return weight;
    }

    private static int callbacksOf(IrBlock ir) {
        int callbacks = 0;
        for (int n = 0; n < ir.size(); n++) {
            callbacks += ir.opcode(n).runsCallback() ? 1 : 0;
        }
        return callbacks;
    }

    private boolean contains(TranslationBlock block) {
        for (Member member : members) {
            if (member.block == block) {
                return true;
            }
        }
        return false;
    }

    /// A block that raises an exception is left to tier 1, which describes it.
    private static boolean isCompilable(IrBlock ir) {
        return ir.opcode(ir.size() - 1) != Opcode.RAISE;
    }

    private static List<Long> successorsOf(TranslationBlock block, IrBlock ir, long[] targets) {
        List<Long> successors = new ArrayList<>();
        for (long target : targets) {
            successors.add(target);
        }
        for (int n = 0; n < ir.size(); n++) {
            if (isJump(ir, n)) {
                successors.add(ir.imm(n));
            } else if (RegionFlow.isCall(ir, n)) {
                successors.add(block.end());
            }
        }
        return successors;
    }

    private static long[] targetsOf(TranslationBlock block, IrBlock ir) {
        int last = ir.size() - 1;
        boolean computed = ir.opcode(last) == Opcode.GOTO_PTR && ExitHint.of(ir.aux(last)) == ExitHint.JUMP;
        return computed ? block.targets() : NONE;
    }

    /// Whether op `n` is a direct jump that may stay inside a region.
    static boolean isJump(IrBlock ir, int n) {
        Opcode op = ir.opcode(n);
        return op == Opcode.BRCOND || (op == Opcode.GOTO_TB && ExitHint.of(ir.aux(n)) == ExitHint.JUMP);
    }

    /// The blocks in the order of emission, the entry first.
    List<Member> members() {
        return members;
    }
}
