package jqemu.tcg.jvm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.instrument.CallbackSite;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;

/// Data flow of guest registers through a region: which ones differ from env where it is left, and which ones are
/// needed where it is entered or comes back from a call.
///
/// A register is *dirty* where some path from the entry or the last call wrote it: all exits there store it, which is
/// harmless on the other paths, since its local then holds what env holds. For that its local must be valid, so a
/// dirty register at an exit is a use, and what is *live* behind a call or at the entry is loaded.
final class RegionFlow {
    /// What an op means for the flow.
    private enum Step {
        NONE,
        READ,
        WRITE,
        /// The region may be left here.
        EXIT,
        /// The region is left and entered again: all dirty registers are stored, all live ones loaded.
        BARRIER,
        /// All dirty registers are stored.
        FLUSH,
        /// What waits for scoreboard cells is added to them.
        ADD_UP
    }

    private static final BitSet EMPTY = new BitSet();

    private final List<RegionShape.Member> members;
    private final CellLocals cells;
    private final boolean precise;
    private final Map<Long, Integer> memberAt = new HashMap<>();
    private final BitSet[] dirtyIn;
    private final BitSet[] liveIn;

    /// For each member and op: the registers that are dirty before an exit, barrier or flush; and those live behind
    /// a barrier.
    private final List<Map<Integer, BitSet>> dirtyAt = new ArrayList<>();

    private final List<Map<Integer, BitSet>> liveBehind = new ArrayList<>();

    RegionFlow(List<RegionShape.Member> members, CellLocals cells, boolean precise) {
        this.members = members;
        this.cells = cells;
        this.precise = precise;
        dirtyIn = new BitSet[members.size()];
        liveIn = new BitSet[members.size()];
        for (int m = 0; m < members.size(); m++) {
            memberAt.put(members.get(m).block().pc(), m);
            dirtyIn[m] = new BitSet(Slot.COUNT);
            liveIn[m] = new BitSet(Slot.COUNT);
            dirtyAt.add(new HashMap<>());
            liveBehind.add(new HashMap<>());
        }
        while (spreadDirt()) {
            // until nothing changes
        }
        while (spreadLife()) {
            // until nothing changes
        }
    }

    /// What has to be loaded at the region's entry; cells among it are not loaded, but begin with nothing.
    BitSet liveAtEntry() {
        return liveIn[0];
    }

    /// What has to be stored when the region is left by op `n` of member `m`.
    BitSet dirtyAt(int m, int n) {
        return dirtyAt.get(m).getOrDefault(n, EMPTY);
    }

    /// What has to be loaded when the region goes on behind op `n` of member `m`.
    BitSet liveBehind(int m, int n) {
        return liveBehind.get(m).getOrDefault(n, EMPTY);
    }

    private Step step(IrBlock ir, int n) {
        Opcode op = ir.opcode(n);
        return switch (op.effect()) {
            case MARK, PURE, FENCE, FP -> Step.NONE;
            case READ_ENV -> isLocal(ir, n) ? Step.READ : Step.NONE;
            case WRITE_ENV -> isLocal(ir, n) ? Step.WRITE : Step.NONE;
            case LOAD, STORE ->
                switch (op) {
                    case CHECK_ALIGN, PROBE, RAISE_IF -> Step.EXIT;
                    default -> precise ? Step.EXIT : Step.NONE;
                };
            case ATOMIC -> precise ? Step.EXIT : Step.NONE;
            case CALL -> Step.BARRIER;
            case INSTRUMENT -> callback(ir, n);
            case EXIT -> isCall(ir, n) ? Step.BARRIER : Step.EXIT;
        };
    }

    /// Inline ops and callbacks: one that writes registers ends what locals know of them, one that reads them needs
    /// them in env.
    private static Step callback(IrBlock ir, int n) {
        if (!ir.opcode(n).runsCallback()) {
            return ir.opcode(n) == Opcode.PLUGIN_ADD ? Step.WRITE : Step.ADD_UP;
        }
        return switch (CallbackSite.registersOf(ir.constant(ir.aux(n)))) {
            case NONE -> Step.ADD_UP;
            case READ -> Step.FLUSH;
            case READ_WRITE -> Step.BARRIER;
        };
    }

    private static boolean isLocal(IrBlock ir, int n) {
        int slot = (int) ir.imm(n);
        return slot == Slot.NZCV || RegisterLocals.isCached(slot);
    }

    /// The register, or the cell, that op `n` writes.
    private int written(IrBlock ir, int n) {
        return ir.opcode(n) == Opcode.PLUGIN_ADD ? cells.register(ir, n) : (int) ir.imm(n);
    }

    /// Whether exit `n` comes back to the next instruction: a guest call or a system call.
    static boolean isCall(IrBlock ir, int n) {
        return switch (ir.opcode(n)) {
            case GOTO_TB, GOTO_PTR -> ExitHint.of(ir.aux(n)) == ExitHint.CALL;
            case SVC -> true;
            default -> false;
        };
    }

    // ---- forwards

    private boolean spreadDirt() {
        boolean changed = false;
        for (int m = 0; m < members.size(); m++) {
            changed |= spreadDirt(m);
        }
        return changed;
    }

    private boolean spreadDirt(int m) {
        IrBlock ir = members.get(m).ir();
        BitSet dirty = (BitSet) dirtyIn[m].clone();
        boolean changed = false;
        for (int n = 0; n < ir.size(); n++) {
            switch (step(ir, n)) {
                case NONE, READ -> {}
                case WRITE -> dirty.set(written(ir, n));
                case EXIT -> {
                    dirtyAt.get(m).put(n, (BitSet) dirty.clone());
                    for (long target : targets(m, n)) {
                        changed |= add(dirtyIn, target, dirty);
                    }
                }
                case BARRIER, FLUSH -> {
                    dirtyAt.get(m).put(n, (BitSet) dirty.clone());
                    dirty.clear();
                }
                case ADD_UP -> {
                    BitSet waiting = (BitSet) dirty.clone();
                    waiting.clear(0, Slot.COUNT);
                    dirtyAt.get(m).put(n, waiting);
                    dirty.andNot(waiting);
                }
            }
        }
        return changed;
    }

    private boolean add(BitSet[] sets, long pc, BitSet more) {
        Integer target = memberAt.get(pc);
        if (target == null) {
            return false;
        }
        int before = sets[target].cardinality();
        sets[target].or(more);
        return sets[target].cardinality() > before;
    }

    /// Where exit `n` of member `m` may lead.
    private long[] targets(int m, int n) {
        IrBlock ir = members.get(m).ir();
        return switch (ir.opcode(n)) {
            case BRCOND, GOTO_TB -> new long[] {ir.imm(n)};
            case GOTO_PTR -> members.get(m).targets();
            default -> new long[0];
        };
    }

    // ---- backwards

    private boolean spreadLife() {
        boolean changed = false;
        for (int m = members.size() - 1; m >= 0; m--) {
            BitSet live = liveAtStart(m);
            changed |= !live.equals(liveIn[m]);
            liveIn[m] = live;
        }
        return changed;
    }

    private BitSet liveAtStart(int m) {
        IrBlock ir = members.get(m).ir();
        BitSet live = new BitSet(Slot.COUNT);
        for (int n = ir.size() - 1; n >= 0; n--) {
            switch (step(ir, n)) {
                case NONE, ADD_UP -> {}
                case READ -> live.set((int) ir.imm(n));
                case WRITE -> live.clear(written(ir, n));
                case EXIT -> {
                    live.or(dirtyAt(m, n));
                    for (long target : targets(m, n)) {
                        Integer member = memberAt.get(target);
                        if (member != null) {
                            live.or(liveIn[member]);
                        }
                    }
                }
                case BARRIER -> {
                    if (isCall(ir, n)) {
                        Integer next = memberAt.get(members.get(m).block().end());
                        live = next == null ? new BitSet() : (BitSet) liveIn[next].clone();
                    }
                    liveBehind.get(m).put(n, live);
                    live = (BitSet) dirtyAt(m, n).clone();
                }
                case FLUSH -> live.or(dirtyAt(m, n));
            }
        }
        return live;
    }
}
