package jqemu.tcg.jvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.instrument.CallbackSite;
import jqemu.tcg.interp.BlockExit;

/// Turns a region's blocks into the bytecode of its method: the frame of locals, the order of the blocks, and the ways
/// out.
///
/// Guest registers live in locals; [RegionFlow] says which are loaded at the entry and behind calls, and which are
/// stored on each way out. What a single op becomes is in [OpEmitter].
final class RegionEmitter {
    private static final String CALLS = "jqemu/tcg/jvm/RegionCalls";
    private static final String LIST = "java/util/List";
    private static final BitSet NONE = new BitSet();

    private final RegionShape shape;
    private final RegionOptions options;
    private final RegionCompiler compiler;
    private final ConstantPool pool = new ConstantPool();
    private final RegionClass container;
    private final CodeWriter code = new CodeWriter(pool);
    private final RegionFrame frame;
    private final RegionFlow flow;
    private final Map<Long, Integer> blockLabels = new HashMap<>();
    private final Map<Stub, Integer> stubs = new LinkedHashMap<>();
    private final Map<BitSet, Integer> epilogues = new LinkedHashMap<>();
    private final List<CallbackSite> sites = new ArrayList<>();
    private final List<ComeBack> comeBacks = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();

    /// The member and op that is being emitted.
    private int member;

    private int op;

    /// A way out of the region that is emitted behind the blocks.
    private record Stub(long pc, int exitCode, BitSet dirty) {}

    /// A jump backwards: polls before it goes on at the loop's head.
    private record Loop(int poll, long target, int head, BitSet dirty) {}

    /// What a call does when it was not left by a return to `next`, and where it goes on if that comes later.
    private record ComeBack(int label, long next, int arrived) {}

    RegionEmitter(RegionCompiler compiler, String className, RegionShape shape, RegionOptions options) {
        this.compiler = compiler;
        this.shape = shape;
        this.options = options;
        this.container = new RegionClass(className, pool);
        this.frame = new RegionFrame(code, container, shape.members());
        this.flow = new RegionFlow(shape.members(), frame.cells(), options.precise());
    }

    /// The class file.
    byte[] emit() {
        frame.declare();
        frame.begin(flow.liveAtEntry());
        code.lload(RegionFrame.DEPTH_LOCAL);
        frame.poll();
        code.op(Bytecode.LCMP, -3);
        code.branch(
                Bytecode.IFGT, 1, exitLabel(shape.members().getFirst().block().pc(), BlockExit.UNWIND, NONE));
        int start = code.size();
        OpEmitter ops = new OpEmitter(this, code, options);
        List<RegionShape.Member> members = shape.members();
        for (RegionShape.Member each : members) {
            blockLabels.put(each.block().pc(), code.newLabel());
        }
        for (member = 0; member < members.size(); member++) {
            code.bind(labelOf(members.get(member).block().pc()));
            ops.emitBlock(members.get(member).ir());
        }
        int end = code.size();
        emitLoops();
        emitComeBacks();
        emitStubs();
        emitEpilogues();
        if (!sites.isEmpty()) {
            emitHandler(start, end);
        }
        return container.bytes(code);
    }

    /// The size of the method's bytecode so far.
    int codeSize() {
        return code.size();
    }

    /// The objects that the class takes as constants, in order.
    List<Object> constants() {
        return container.constants();
    }

    /// Pushes `object` as a constant of the class, of the class `internalName`.
    void pushConstant(Object object, String internalName) {
        container.pushConstant(code, object, internalName);
    }

    /// The locals.
    RegionFrame frame() {
        return frame;
    }

    // ---- registers

    /// Says which op is being emitted.
    void at(int n) {
        op = n;
    }

    /// Before the op that is being emitted: stores every register that env does not hold yet, for other compiled
    /// code; nothing but waiting cells for an op that only those concern.
    void storeRegisters() {
        frame.store(flow.dirtyAt(member, op));
    }

    /// As [#storeRegisters], for others.
    void storeRegistersSettled() {
        storeRegisters();
        code.aload(RegionFrame.SLOTS_LOCAL);
        code.invokeStatic("jqemu/tcg/jvm/LazyFlags", "settle", "([J)V");
    }

    /// Behind the op that is being emitted, which may have changed env: loads every register that is needed.
    void loadRegisters() {
        frame.load(flow.liveBehind(member, op));
    }

    // ---- callbacks

    /// Says that the callback at `site` runs, whatever is called next.
    void enter(CallbackSite site) {
        code.pushInt(sites.size());
        code.istore(RegionFrame.SITE_LOCAL);
        sites.add(site);
    }

    /// Ends [#enter].
    void leaveSite() {
        code.pushInt(-1);
        code.istore(RegionFrame.SITE_LOCAL);
    }

    /// What is thrown in the code from `start` to `end` goes on to the caller; what a callback threw, with its
    /// name.
    private void emitHandler(int start, int end) {
        code.handler(start, end);
        pushConstant(List.copyOf(sites), LIST);
        code.iload(RegionFrame.SITE_LOCAL);
        code.invokeStatic(CALLS, "thrown", "(Ljava/lang/Throwable;Ljava/util/List;I)Ljava/lang/Throwable;");
        code.op(Bytecode.ATHROW, -1);
    }

    // ---- jumps

    private int labelOf(long pc) {
        Integer label = blockLabels.get(pc);
        return label == null ? -1 : label;
    }

    /// The label to jump to for guest pc `target`: a block of the region, by way of a poll where it closes a loop,
    /// or a way out.
    int targetLabel(long target) {
        return targetLabel(target, flow.dirtyAt(member, op));
    }

    private int targetLabel(long target, BitSet dirty) {
        int label = labelOf(target);
        if (label < 0) {
            return exitLabel(target, BlockExit.LOOKUP, dirty);
        }
        if (!code.isBound(label)) {
            return label;
        }
        int poll = code.newLabel();
        loops.add(new Loop(poll, target, label, dirty));
        return poll;
    }

    /// Whether `target` is the block that follows the one being emitted, so that no jump is needed.
    boolean fallsThroughTo(long target) {
        List<RegionShape.Member> members = shape.members();
        return member + 1 < members.size() && members.get(member + 1).block().pc() == target;
    }

    /// Goes on at guest pc `target`.
    private void goOnAt(long target, BitSet dirty) {
        if (!fallsThroughTo(target)) {
            code.goTo(targetLabel(target, dirty));
        }
    }

    /// Jumps to the pc on the stack, where the computed jump at the end of this block leads: to a block of the
    /// region where it is known to lead there.
    void jumpToKnown() {
        RegionShape.Member current = shape.members().get(member);
        code.lstore(RegionFrame.EXIT_PC_LOCAL);
        int unknown = code.newLabel();
        long[] targets = inRegion(current.targets());
        if (targets.length > 0) {
            code.lload(RegionFrame.EXIT_PC_LOCAL);
            code.pushInt(Integer.SIZE);
            code.op(Bytecode.LUSHR, -1);
            code.op(Bytecode.L2I, -1);
            code.pushInt((int) (targets[0] >>> Integer.SIZE));
            code.branch(Bytecode.IF_ICMPNE, 2, unknown);
            code.lload(RegionFrame.EXIT_PC_LOCAL);
            code.op(Bytecode.L2I, -1);
            int[] keys = new int[targets.length];
            int[] labels = new int[targets.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = (int) targets[i];
                labels[i] = targetLabel(targets[i]);
            }
            code.lookupSwitch(keys, labels, unknown);
        }
        code.bind(unknown);
        pushConstant(
                new IndirectJump(compiler, shape.members().getFirst().block(), current.block()), "java/lang/Object");
        code.lload(RegionFrame.EXIT_PC_LOCAL);
        code.invokeStatic(CALLS, "missed", "(Ljava/lang/Object;J)V");
        leaveTo(BlockExit.LOOKUP);
    }

    /// Those of `targets` that are blocks of the region, within 4 GiB of the first, sorted by their low halves.
    private long[] inRegion(long[] targets) {
        return Arrays.stream(targets)
                .filter(target -> labelOf(target) >= 0 && target >>> Integer.SIZE == targets[0] >>> Integer.SIZE)
                .boxed()
                .sorted(Comparator.comparingInt(Long::intValue))
                .mapToLong(Long::longValue)
                .toArray();
    }

    // ---- calls

    /// A guest call to `callee`, which returns behind this block.
    void call(long callee) {
        storeRegisters();
        frame.storePc(callee);
        frame.pushArguments();
        container.call(code, callee);
        code.istore(RegionFrame.EXIT_CODE_LOCAL);
        comeBack();
    }

    /// A guest call to the pc on the stack.
    void callComputed() {
        code.lstore(RegionFrame.EXIT_PC_LOCAL);
        storeRegisters();
        code.aload(RegionFrame.SLOTS_LOCAL);
        code.pushInt(Slot.PC);
        code.lload(RegionFrame.EXIT_PC_LOCAL);
        code.op(Bytecode.LASTORE, -4);
        int called = code.newLabel();
        callIfUsual(called);
        code.aload(RegionFrame.VCPU_LOCAL);
        code.lload(RegionFrame.EXIT_PC_LOCAL);
        code.invokeVirtual(RegionFrame.VCPU, "region", "(J)Ljqemu/tcg/jvm/Region;");
        frame.pushArguments();
        RegionClass.run(code);
        code.istore(RegionFrame.EXIT_CODE_LOCAL);
        code.bind(called);
        comeBack();
    }

    /// A computed call that tier 1 saw lead to one place only goes there like a direct one, which C2 may inline.
    private void callIfUsual(int called) {
        long[] callees = shape.members().get(member).block().targets();
        if (callees.length != 1) {
            return;
        }
        int unusual = code.newLabel();
        code.lload(RegionFrame.EXIT_PC_LOCAL);
        code.pushLong(callees[0]);
        code.op(Bytecode.LCMP, -3);
        code.branch(Bytecode.IFNE, 1, unusual);
        frame.pushArguments();
        container.call(code, callees[0]);
        code.istore(RegionFrame.EXIT_CODE_LOCAL);
        code.goTo(called);
        code.bind(unusual);
    }

    /// A system call; the pc in env is behind it already.
    void systemCall() {
        storeRegistersSettled();
        code.aload(RegionFrame.VCPU_LOCAL);
        code.invokeVirtual(RegionFrame.VCPU, "systemCall", "()Z");
        code.branch(Bytecode.IFEQ, 1, leaveInEnv());
        loadRegisters();
        goOnAt(shape.members().get(member).block().end(), NONE);
    }

    private int unwindLabel = -1;

    /// The label of a way out with everything in env.
    private int leaveInEnv() {
        if (unwindLabel < 0) {
            unwindLabel = code.newLabel();
        }
        return unwindLabel;
    }

    /// Behind a call, its exit in its local: goes on where it returned to us.
    private void comeBack() {
        long next = shape.members().get(member).block().end();
        ComeBack slow = new ComeBack(code.newLabel(), next, code.newLabel());
        code.iload(RegionFrame.EXIT_CODE_LOCAL);
        code.pushInt(BlockExit.RETURN);
        code.branch(Bytecode.IF_ICMPNE, 2, slow.label);
        frame.loadSlot(Slot.PC);
        code.pushLong(next);
        code.op(Bytecode.LCMP, -3);
        code.branch(Bytecode.IFNE, 1, slow.label);
        code.bind(slow.arrived);
        loadRegisters();
        goOnAt(next, NONE);
        comeBacks.add(slow);
    }

    private void emitComeBacks() {
        if (comeBacks.isEmpty()) {
            return;
        }
        int leave = code.newLabel();
        for (ComeBack slow : comeBacks) {
            code.bind(slow.label);
            code.iload(RegionFrame.EXIT_CODE_LOCAL);
            code.aload(RegionFrame.VCPU_LOCAL);
            frame.pushDepthOfCallee();
            code.pushLong(slow.next);
            code.invokeStatic(CALLS, "comeBack", "(IL" + RegionFrame.VCPU + ";JJ)I");
            code.istore(RegionFrame.EXIT_CODE_LOCAL);
            code.iload(RegionFrame.EXIT_CODE_LOCAL);
            code.pushInt(BlockExit.ARRIVED);
            code.branch(Bytecode.IF_ICMPEQ, 2, slow.arrived);
            code.goTo(leave);
        }
        code.bind(leave);
        code.iload(RegionFrame.EXIT_CODE_LOCAL);
        code.op(Bytecode.IRETURN, -1);
    }

    // ---- ways out

    /// The label of a way out to guest pc `pc` with this [BlockExit], from the op that is being emitted.
    int exitLabel(long pc, int exitCode) {
        return exitLabel(pc, exitCode, flow.dirtyAt(member, op));
    }

    /// As [#exitLabel], behind an op that left everything in env.
    int cleanExitLabel(long pc, int exitCode) {
        return exitLabel(pc, exitCode, NONE);
    }

    private int exitLabel(long pc, int exitCode, BitSet dirty) {
        Stub stub = new Stub(pc, exitCode, dirty);
        Integer known = stubs.get(stub);
        if (known != null) {
            return known;
        }
        int label = code.newLabel();
        stubs.put(stub, label);
        return label;
    }

    /// Leaves for the pc on the stack.
    void leaveFor(int exitCode) {
        code.lstore(RegionFrame.EXIT_PC_LOCAL);
        leaveTo(exitCode);
    }

    private void leaveTo(int exitCode) {
        code.pushInt(exitCode);
        code.istore(RegionFrame.EXIT_CODE_LOCAL);
        code.goTo(epilogue(flow.dirtyAt(member, op)));
    }

    private int epilogue(BitSet dirty) {
        Integer known = epilogues.get(dirty);
        if (known != null) {
            return known;
        }
        int label = code.newLabel();
        epilogues.put(dirty, label);
        return label;
    }

    private void emitLoops() {
        for (Loop loop : loops) {
            code.bind(loop.poll);
            frame.poll();
            code.pushLong(0);
            code.op(Bytecode.LCMP, -3);
            code.branch(Bytecode.IFLT, 1, exitLabel(loop.target, BlockExit.UNWIND, loop.dirty));
            code.goTo(loop.head); // the jump backwards with an empty stack: what is on it, its safepoint keeps alive
        }
    }

    private void emitStubs() {
        for (Map.Entry<Stub, Integer> entry : stubs.entrySet()) {
            Stub stub = entry.getKey();
            code.bind(entry.getValue());
            code.pushLong(stub.pc);
            code.lstore(RegionFrame.EXIT_PC_LOCAL);
            code.pushInt(stub.exitCode);
            code.istore(RegionFrame.EXIT_CODE_LOCAL);
            int epilogue = epilogue(stub.dirty);
            if (code.isBound(epilogue)) {
                code.goTo(epilogue);
            } else {
                emitEpilogue(epilogue, stub.dirty);
            }
        }
        if (unwindLabel >= 0) {
            code.bind(unwindLabel);
            code.pushInt(BlockExit.UNWIND);
            code.op(Bytecode.IRETURN, -1);
        }
    }

    private void emitEpilogues() {
        for (Map.Entry<BitSet, Integer> entry : epilogues.entrySet()) {
            if (!code.isBound(entry.getValue())) {
                emitEpilogue(entry.getValue(), entry.getKey());
            }
        }
    }

    private void emitEpilogue(int label, BitSet dirty) {
        code.bind(label);
        frame.store(dirty);
        code.aload(RegionFrame.SLOTS_LOCAL);
        code.pushInt(Slot.PC);
        code.lload(RegionFrame.EXIT_PC_LOCAL);
        code.op(Bytecode.LASTORE, -4);
        code.iload(RegionFrame.EXIT_CODE_LOCAL);
        code.op(Bytecode.IRETURN, -1);
    }
}
