package jqemu.tcg.exec;

import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.instrument.PluginJump;
import jqemu.tcg.interp.BlockExit;
import jqemu.tcg.interp.Interpreter;
import jqemu.tcg.jvm.LazyFlags;
import jqemu.tcg.jvm.Region;
import jqemu.tcg.jvm.RegionCompiler;
import org.jspecify.annotations.Nullable;

/// One guest thread's processor: runs blocks and hands what they cannot do to the [GuestEnvironment].
///
/// All methods but [#requestInterrupt] belong to the thread that runs it.
public final class Vcpu {
    private static final int SIGBUS = 7;
    private static final int JUMP_CACHE_SIZE = 1 << 10;

    private static final int BLOCKS_AT_A_TIME = 1000;

    /// The execution before which a block is optimized.
    private static final int OPTIMIZE_AT = 64;

    /// The registers; public for regions, which read it without detours, [#env] is for everyone else.
    public final CpuState env;

    private final Translator translator;
    private final BlockCache blocks;
    private final GuestEnvironment environment;
    private final Interpreter interpreter;
    private final GuestMemory memory;
    private final long threadSlot;

    /// Recently looked-up blocks by pc, before the shared cache is asked.
    private final @Nullable TranslationBlock[] jumpCache = new @Nullable TranslationBlock[JUMP_CACHE_SIZE];

    private final @Nullable ExecutionLog log;
    private final @Nullable RegionCompiler compiler;
    private final long[] slots;
    private final VcpuCounters counters = new VcpuCounters();
    private boolean stopped;

    /// Regions entered so far; read by the poking thread, which may see an old value.
    private long regionEntries;

    private long lastSeenEntries;

    /// [BlockCache#drops] when the outermost region was entered.
    private long seenDrops;

    private volatile boolean poked;

    /// A vCPU with the registers `env`, which share memory and translations with others.
    public Vcpu(CpuState env, Translator translator, BlockCache blocks, GuestEnvironment environment) {
        this.env = env;
        this.translator = translator;
        this.blocks = blocks;
        this.environment = environment;
        this.interpreter = new Interpreter(env);
        this.memory = env.memory();
        this.threadSlot = env.threadSlot();
        this.log = translator.log();
        this.compiler = translator.compiler();
        this.slots = env.slots();
    }

    /// The vCPU's registers.
    public CpuState env() {
        return env;
    }

    /// Executes guest code from the pc on until [#stop], or until the environment throws.
    public void run() {
        if (compiler != null) {
            compiler.watch(this);
        }
        try {
            executeUntilStopped();
        } finally {
            if (compiler != null) {
                compiler.unwatch(this);
            }
        }
    }

    private void executeUntilStopped() {
        while (!stopped) {
            try {
                executeSome();
            } catch (PluginJump jump) {
                jump.land(env); // all registers are in env, and no frame of translated code is left
            }
        }
    }

    /// Executes blocks for a while. It returns often enough for HotSpot to compile it without replacing it on the
    /// stack, which `jvm.args` switches off.
    private void executeSome() {
        @Nullable TranslationBlock block = null;
        for (int blocksLeft = BLOCKS_AT_A_TIME; blocksLeft > 0 && !stopped; blocksLeft--) {
            if (ThreadSlot.poll(threadSlot) < 0) {
                counters.interrupt();
                environment.interrupt(this);
                block = afterInterrupt();
                continue;
            }
            if (block == null) {
                block = lookup(env.pc());
            }
            if (log != null && log.seesExecution()) {
                log.executes(env, block);
            }
            int exit = execute(block);
            if (exit <= BlockExit.CHAIN_1) {
                block = follow(block, exit);
            } else if (exit == BlockExit.LOOKUP && block.learns()) {
                block.learnTarget(env.pc());
                block = lookup(env.pc());
            } else {
                block = serve(exit);
            }
        }
    }

    /// Executes `block` in the highest tier that has it.
    private int execute(TranslationBlock block) {
        Region region = block.region();
        if (region != null) {
            return enter(region);
        }
        region = count(block);
        if (region != null) {
            return enter(region);
        }
        counters.interpreted();
        return interpreter.run(block.ir());
    }

    /// Counts an execution of `block` in tier 1, which may make it worth more.
    ///
    /// @return its region if it has one now
    private @Nullable Region count(TranslationBlock block) {
        int executions = block.countExecution();
        if (executions == OPTIMIZE_AT) {
            translator.optimize(block);
        }
        if (compiler != null && block.isCached() && compiler.isHot(block, executions)) {
            compiler.request(block);
            return block.region();
        }
        return null;
    }

    /// What this vCPU did, in lines; for `-d stats`.
    public String statistics() {
        return counters.text(env.index());
    }

    /// From here on no frame of older code is on the stack.
    private int enter(Region region) {
        regionEntries++;
        seenDrops = blocks.drops();
        int exit = region.run(this, slots, threadSlot, 0);
        if (exit == BlockExit.LOOKUP) {
            exit = continueAt(0);
        }
        LazyFlags.settle(slots);
        counters.region(exit);
        return exit;
    }

    /// The compiled code at `pc`, or [Region#NONE]; for compiled code that calls or jumps there.
    public Region region(long pc) {
        int index = (int) (pc >>> 2) & JUMP_CACHE_SIZE - 1;
        TranslationBlock block = jumpCache[index];
        if (block == null || block.pc() != pc || !block.isValid()) {
            block = blocks.find(pc);
            if (block == null) {
                return Region.NONE;
            }
            jumpCache[index] = block;
        }
        Region region = block.region();
        return region == null ? Region.NONE : region;
    }

    /// Goes on at the pc in env, where the code that a frame of translated code called has jumped to or begins, in
    /// whatever tier has it: until the frame is returned to, or all frames have to be left.
    ///
    /// @param depth how many guest calls are nested in Java ones
    /// @return how it was left; never [BlockExit#LOOKUP]
    public int continueAt(long depth) {
        for (int left = BLOCKS_AT_A_TIME; left > 0 && ThreadSlot.poll(threadSlot) >= depth; left--) {
            TranslationBlock block = lookup(env.pc());
            Region region = block.region();
            int exit = region == null ? interpret(block, depth) : region.run(this, slots, threadSlot, depth);
            if (exit != BlockExit.LOOKUP) {
                return exit;
            }
        }
        return BlockExit.UNWIND;
    }

    /// Executes one block in tier 1 for a frame of translated code, and what it calls. A cold block must not unwind
    /// the frames of hot ones: after that, everything that they return to would have to be entered anew.
    private int interpret(TranslationBlock block, long depth) {
        LazyFlags.settle(slots);
        Region region = count(block);
        if (region != null) {
            return region.run(this, slots, threadSlot, depth);
        }
        counters.interpreted();
        int exit = interpreter.run(block.ir());
        if (exit == BlockExit.SYSTEM_CALL) {
            return systemCall() ? BlockExit.LOOKUP : BlockExit.UNWIND;
        }
        if (exit > BlockExit.LOOKUP) {
            return exit;
        }
        if (blocks.drops() != seenDrops) {
            return BlockExit.UNWIND; // the frames' code may be among what was dropped
        }
        if (exit == BlockExit.LOOKUP && block.learns()) {
            block.learnTarget(env.pc());
        }
        return exit == BlockExit.CHAIN_1 ? BlockExit.LOOKUP : goOn(block, depth);
    }

    private int goOn(TranslationBlock block, long depth) {
        return switch (block.exitHint()) {
            case JUMP -> BlockExit.LOOKUP;
            case RETURN -> BlockExit.RETURN;
            case SYNC -> BlockExit.UNWIND;
            case CALL -> {
                int exit = continueAt(depth + 1);
                yield exit == BlockExit.RETURN && env.pc() == block.end() ? BlockExit.LOOKUP : exit;
            }
        };
    }

    /// Serves a system call that compiled code makes, the pc being behind it. Whether that code may go on there.
    public boolean systemCall() {
        long next = env.pc();
        environment.systemCall(this);
        boolean goesOn =
                env.pc() == next && !stopped && ThreadSlot.poll(threadSlot) >= 0 && blocks.drops() == seenDrops;
        if (goesOn) {
            counters.servedInPlace();
        }
        return goesOn;
    }

    /// Where to go on after an interrupt. A loop that was interrupted only because it runs for long gets a region
    /// that starts at its head: HotSpot compiles a method that is entered better than one that never returns.
    private @Nullable TranslationBlock afterInterrupt() {
        if (!poked || stopped) {
            return null;
        }
        poked = false;
        TranslationBlock block = lookup(env.pc());
        if (compiler != null && block.isCached() && block.region() == null) {
            compiler.request(block);
        }
        return block;
    }

    /// Interrupts the vCPU if it has been in one region since the last call; on the thread that does so regularly.
    public void pokeLongRunning() {
        long entries = regionEntries;
        if (entries != 0 && entries == lastSeenEntries) {
            poked = true;
            requestInterrupt();
        }
        lastSeenEntries = entries;
    }

    private TranslationBlock follow(TranslationBlock block, int slot) {
        TranslationBlock next = block.chained(slot);
        if (next == null) {
            next = lookup(env.pc());
            if (next.isCached()) {
                block.chain(slot, next);
            }
        }
        return next;
    }

    /// Serves an exit that is no direct jump; `null`, since the pc may be anything afterwards.
    private @Nullable TranslationBlock serve(int exit) {
        switch (exit) {
            case BlockExit.LOOKUP, BlockExit.RETURN -> {
                return lookup(env.pc());
            }
            case BlockExit.UNWIND -> {
                // perhaps an interrupt
            }
            case BlockExit.INTERPRET -> {
                return interpretInstruction();
            }
            case BlockExit.SYSTEM_CALL -> environment.systemCall(this);
            case BlockExit.EXCEPTION -> environment.exception(this, interpreter.exception(), interpreter.syndrome());
            case BlockExit.FAULT -> serveFault();
            case BlockExit.CHECKED_FAULT ->
                environment.memoryFault(
                        this,
                        interpreter.isFaultMisaligned() ? MemoryFault.ALIGNMENT : MemoryFault.ACCESS,
                        interpreter.faultAddress(),
                        interpreter.isFaultWrite());
            default -> throw new IllegalStateException("a block exit that nobody makes: " + exit);
        }
        return null;
    }

    /// Hands on the fault that the signal handler left in the thread's slot.
    private void serveFault() {
        boolean backing = ThreadSlot.faultSignal(threadSlot) == SIGBUS;
        long address = memory.guestAddress(ThreadSlot.faultAddress(threadSlot)) & GuestMemory.ADDRESS_MASK;
        boolean write = ThreadSlot.isFaultWrite(threadSlot);
        ThreadSlot.clearFault(threadSlot);
        environment.memoryFault(this, backing ? MemoryFault.NO_BACKING : MemoryFault.ACCESS, address, write);
    }

    /// Executes the block at the pc in tier 1, whatever other tiers have.
    private @Nullable TranslationBlock interpretInstruction() {
        TranslationBlock block = lookup(env.pc());
        int exit = interpreter.run(block.ir());
        return exit <= BlockExit.CHAIN_1 ? follow(block, exit) : serve(exit);
    }

    private TranslationBlock lookup(long pc) {
        int index = (int) (pc >>> 2) & JUMP_CACHE_SIZE - 1;
        TranslationBlock block = jumpCache[index];
        if (block != null && block.pc() == pc && block.isValid()) {
            return block;
        }
        block = blocks.find(pc);
        if (block == null) {
            block = translator.translate(pc);
        }
        if (block.isCached()) {
            jumpCache[index] = block;
        }
        return block;
    }

    /// Makes [#run] return before the next block.
    public void stop() {
        stopped = true;
    }

    /// Whether [#stop] was called.
    public boolean isStopped() {
        return stopped;
    }

    /// Makes the vCPU call [GuestEnvironment#interrupt] before its next block; from any thread.
    public void requestInterrupt() {
        ThreadSlot.setPoll(threadSlot, -1);
    }
}
