package jqemu.tcg.jvm;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import jqemu.loader.host.Host;
import jqemu.loader.memory.AddressSpace;
import jqemu.tcg.exec.BlockCache;
import jqemu.tcg.exec.ExecutionLog;
import jqemu.tcg.exec.TranslationBlock;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.opt.Passes;
import org.jspecify.annotations.Nullable;

/// Compiles hot blocks to regions, one after the other on a thread of its own; a vCPU goes on in tier 1 meanwhile.
public final class RegionCompiler {
    /// What the names of region classes begin with; the guest address of the region's entry follows, in
    /// hexadecimal.
    private static final String CLASS_NAME = "jqemu/tcg/jvm/Region$Code";

    /// Of several blocks, so that C2's limits for inlining are not reached too early.
    private static final int MAX_CODE_SIZE = 7000;

    /// Of one block, which cannot be made smaller: so far branches reach. `jvm.args` lets HotSpot compile such
    /// methods.
    private static final int MAX_BLOCK_CODE_SIZE = 32_000;

    private static final int MAX_INSTRUCTIONS = 300;

    /// After how many executions in tier 1 a block gets a region. HotSpot's compilers take as long for an
    /// instruction as tier 1 for some thousand executions of it.
    private static final int HOT = 300;

    /// After how many executions a block becomes part of a region that can reach it. What is executed less often is
    /// left to tier 1, which the region calls for it.
    private static final int WARM = 32;

    /// After how many executions in tier 1 a block gets a region of its own although it is part of one: code that
    /// is often reached from elsewhere than that region's entry.
    private static final int HOT_BUT_COVERED = 3000;

    /// Set beside the flag that it stands for, in `jvm.args`.
    private static final boolean BLACKHOLE = Boolean.getBoolean("jqemu.blackhole");
    private static final int POKE_MILLIS = 10;

    /// How many pokes are left out once nothing was compiled for [#SETTLED_NANOS]: then HotSpot too has compiled
    /// what it will, and each poke unwinds all frames of translated code.
    private static final int POKES_LEFT_OUT = 9;

    private static final long SETTLED_NANOS = 2_000_000_000L;

    /// The constants of the class that is being initialized; classes are defined by one thread only.
    private static List<Object> pendingConstants = List.of();

    private final BlockCache blocks;
    private final LinkedBlockingQueue<TranslationBlock> queue = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<Vcpu> watched = new CopyOnWriteArrayList<>();
    private final boolean eager;
    private final Host host;
    private volatile boolean precise;
    private final AddressSpace space;
    private final Passes passes = new Passes();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile long lastBuilt;
    private final CallLinks links;
    private final CompilerCounters counters = new CompilerCounters();
    private final @Nullable ExecutionLog log;

    /// A compiler of the blocks in `blocks`.
    ///
    /// @param host starts its threads
    /// @param space the guest's memory, which may come to be shared with others
    /// @param eager every block is compiled before its first execution, for tests
    /// @param log sees the code of regions if it wants to
    public RegionCompiler(Host host, BlockCache blocks, AddressSpace space, boolean eager, @Nullable ExecutionLog log) {
        this.log = log;
        this.host = host;
        this.eager = eager;
        this.space = space;
        this.blocks = blocks;
        this.links = new CallLinks(blocks);
    }

    /// For the initializer of a generated class.
    public static Object constant(int index) {
        return pendingConstants.get(index);
    }

    /// From now on regions check each access for a fault. The caller drops those that do not.
    public void setPrecise() {
        precise = true;
    }

    /// Whether a block is to be compiled that tier 1 has executed so often.
    public boolean isHot(TranslationBlock block, int executions) {
        if (eager) {
            return executions == 1;
        }
        return executions == HOT_BUT_COVERED || (executions == HOT && !block.isCovered());
    }

    /// Asks for a region that starts at `block`; an eager compiler makes it at once.
    public void request(TranslationBlock block) {
        if (eager) {
            compile(block);
        } else if (block.request()) {
            enqueue(block);
        }
    }

    /// Has the region that starts at `entry` replaced by a better one, which knows what was learnt since.
    void rebuild(TranslationBlock entry) {
        enqueue(entry);
    }

    /// Never waits for a region that is being compiled: the caller is a vCPU, which has signals to handle.
    private void enqueue(TranslationBlock block) {
        if (!started.getAndSet(true)) {
            Thread thread = new Thread(null, this::work, "jqemu-regions");
            thread.setDaemon(true);
            host.startMasked(thread);
            Thread poker = new Thread(null, this::poke, "jqemu-poke");
            poker.setDaemon(true);
            host.startMasked(poker);
        }
        queue.add(block);
    }

    /// Has regions of this vCPU interrupted when they run for long.
    public void watch(Vcpu vcpu) {
        watched.add(vcpu);
    }

    /// Ends [#watch].
    public void unwatch(Vcpu vcpu) {
        watched.remove(vcpu);
    }

    private void poke() {
        for (int pokes = 0; ; pokes++) {
            try {
                Thread.sleep(POKE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            boolean settled = System.nanoTime() - lastBuilt > SETTLED_NANOS;
            if (!settled || pokes % (POKES_LEFT_OUT + 1) == 0) {
                watched.forEach(Vcpu::pokeLongRunning);
            }
        }
    }

    private void work() {
        while (true) {
            try {
                compile(queue.take());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Compiles a region at `entry` and installs it; a block that cannot be compiled stays in tier 1, and is
    /// counted.
    private synchronized void compile(TranslationBlock entry) {
        try {
            tryToCompile(entry);
        } catch (RuntimeException | LinkageError e) {
            counters.failed("region at 0x" + Long.toHexString(entry.pc()) + ": " + e);
        }
    }

    /// How many regions could not be built.
    public int failures() {
        return counters.failures();
    }

    /// What was compiled, in lines.
    public synchronized String statistics() {
        return counters.text();
    }

    /// The block at `pc` if it is worth a place in a region.
    private @Nullable TranslationBlock warm(long pc) {
        TranslationBlock block = blocks.executed(pc);
        return block != null && (eager || block.executions() >= WARM) ? block : null;
    }

    private void tryToCompile(TranslationBlock entry) {
        if (!entry.isValid()) {
            return;
        }
        if (entry.region() == null && entry.isCovered() && entry.executions() < HOT_BUT_COVERED && !eager) {
            entry.withdrawRequest(); // while it waited here, a region was built that it is part of
            return;
        }
        long start = System.nanoTime();
        RegionOptions options = new RegionOptions(precise, space.isShared(), BLACKHOLE);
        Emitted emitted = emit(entry, options);
        if (emitted == null) {
            counters.refused();
            return;
        }
        if (log != null && log.seesRegions()) {
            log.compiled(entry.pc(), BytecodePrinter.print(emitted.classFile()));
        }
        boolean again = entry.region() != null;
        Region region = define(emitted.classFile(), emitted.constants());
        lastBuilt = System.nanoTime();
        counters.built(emitted.shape(), emitted.codeSize(), again, lastBuilt - start);
        install(emitted.shape(), region, options);
    }

    /// The class file of a region that starts at `entry`, as it would be compiled now; for measurements.
    public synchronized byte[] classFile(TranslationBlock entry) {
        Emitted emitted = emit(entry, new RegionOptions(precise, space.isShared(), BLACKHOLE));
        if (emitted == null) {
            throw new IllegalArgumentException("a block that only raises an exception");
        }
        return emitted.classFile();
    }

    /// A region's class before the JVM sees it.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Emitted(RegionShape shape, byte[] classFile, List<Object> constants, int codeSize) {}

    /// The largest region at `entry` whose method HotSpot compiles; `null` for a block that only raises an
    /// exception.
    private @Nullable Emitted emit(TranslationBlock entry, RegionOptions options) {
        String name = CLASS_NAME.concat(Long.toHexString(entry.pc()));
        for (int limit = MAX_INSTRUCTIONS; limit > 0; limit /= 2) {
            RegionShape shape = RegionShape.from(entry, limit, this::warm, passes);
            if (shape.members().isEmpty()) {
                return null;
            }
            RegionEmitter emitter = new RegionEmitter(this, name, shape, options);
            byte[] classFile = emitter.emit();
            boolean single = shape.members().size() == 1;
            if (emitter.codeSize() <= (single ? MAX_BLOCK_CODE_SIZE : MAX_CODE_SIZE)) {
                return new Emitted(shape, classFile, emitter.constants(), emitter.codeSize());
            }
            if (single) {
                break;
            }
        }
        throw new IllegalStateException("a block whose code is larger than " + MAX_BLOCK_CODE_SIZE + " bytes");
    }

    private Region define(byte[] classFile, List<Object> constants) {
        try {
            pendingConstants = constants;
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClassWithClassData(classFile, links, true);
            Class<?> generated = lookup.lookupClass();
            Region region = (Region) generated.getDeclaredConstructor().newInstance();
            region.setHandle(lookup.findStatic(generated, "code", RegionCalls.TYPE));
            return region;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    "the JVM refuses it: " + e.toString().lines().findFirst().orElse(""), e);
        }
    }

    private void install(RegionShape shape, Region region, RegionOptions options) {
        TranslationBlock entry = shape.members().getFirst().block();
        synchronized (blocks) {
            boolean valid = options.precise() == precise && options.shared() == space.isShared();
            for (RegionShape.Member member : shape.members()) {
                valid &= member.block().isValid();
            }
            if (valid) {
                for (RegionShape.Member member : shape.members()) {
                    member.block().addRegionEntry(entry);
                }
                entry.setRegion(region);
                links.install(entry.pc(), region);
            }
        }
    }
}
