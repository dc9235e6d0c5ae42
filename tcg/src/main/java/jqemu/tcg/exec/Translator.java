package jqemu.tcg.exec;

import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.a64.Frontend;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.instrument.Instrumentation;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.jvm.RegionCompiler;
import jqemu.tcg.opt.Passes;
import org.jspecify.annotations.Nullable;

/// Guest address in, executable block out. Read this first: it is the pipeline.
///
/// A new block is not optimized: most blocks of a short run execute once or twice, and the passes cost more than a
/// hundred executions of an op that they remove. [#optimize] comes when the block has shown that it is executed more
/// often.
///
/// One translator serves all vCPUs of a process, one of them at a time.
public final class Translator {
    private final CpuModel cpu;
    private final BlockCache blocks;
    private final Instrumentation instrumentation;
    private final Frontend frontend;
    private final Passes passes;
    private final IrBlock ir = new IrBlock();
    private final @Nullable ExecutionLog log;
    private final @Nullable RegionCompiler compiler;
    private long translations;
    private long instructions;
    private long optimizations;

    /// A translator of code in `memory` for the CPU `cpu`.
    public Translator(
            GuestMemory memory,
            CpuModel cpu,
            CodegenOptions options,
            BlockCache blocks,
            Instrumentation instrumentation,
            @Nullable ExecutionLog log,
            @Nullable RegionCompiler compiler) {
        this.cpu = cpu;
        this.blocks = blocks;
        this.instrumentation = instrumentation;
        this.frontend = new Frontend(memory, cpu, options, ir);
        this.passes = new Passes();
        this.log = log;
        this.compiler = compiler;
    }

    /// The block at `pc`, translated on the thread of the vCPU that needs it now.
    synchronized TranslationBlock translate(long pc) {
        TranslationBlock existing = blocks.find(pc);
        if (existing != null) {
            return existing; // another vCPU was faster
        }
        ir.clear();
        int instructionCount = frontend.translateBlock(pc);
        log(ExecutionLog.Stage.DECODED, pc);
        if (instructionCount > 0) { // plugins do not see a fetch that fails
            instrumentation.apply(ir, pc);
        }
        log(ExecutionLog.Stage.INSTRUMENTED, pc);
        if (log != null) { // the user wants to see what the optimizer does
            passes.run(ir);
            log(ExecutionLog.Stage.OPTIMIZED, pc);
        }
        TranslationBlock block = new TranslationBlock(pc, instructionCount, ir.compact());
        translations++;
        instructions += instructionCount;
        if (block.isCached()) {
            blocks.add(block);
        }
        return block;
    }

    /// Runs the optimizer on a block that turned out to be worth it.
    synchronized void optimize(TranslationBlock block) {
        optimizations++;
        ir.copyFrom(block.ir());
        passes.run(ir);
        block.setIr(ir.compact());
    }

    private void log(ExecutionLog.Stage stage, long pc) {
        if (log != null) {
            log.translated(stage, pc, ir);
        }
    }

    /// What sees blocks as they are executed, or `null`.
    @Nullable
    ExecutionLog log() {
        return log;
    }

    /// Drops compiled code that does not check its accesses for faults; from now on all does. No vCPU may run.
    public void dropImpreciseRegions(BlockCache cache) {
        if (compiler != null) {
            compiler.setPrecise();
            cache.dropRegions();
        }
    }

    /// The CPU that code is translated for.
    public CpuModel cpu() {
        return cpu;
    }

    /// What was translated and compiled, in lines; for `-d stats`.
    public String statistics() {
        String translated = "translated: " + translations + " blocks, " + instructions + " instructions, "
                + optimizations + " blocks optimized\n";
        return compiler == null ? translated : translated + compiler.statistics();
    }

    /// What compiles hot blocks, or `null` when all is interpreted.
    @Nullable
    RegionCompiler compiler() {
        return compiler;
    }
}
