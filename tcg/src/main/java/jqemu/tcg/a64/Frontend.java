package jqemu.tcg.a64;

import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.ir.IrBlock;

/// The A64 front end: turns the guest code at an address into the IR of one translation block.
///
/// A block ends at the first branch, system call or other instruction that leaves it, at the end of the page, or after
/// [CodegenOptions#maxInstructions]; plugins count on QEMU's blocks, so these rules are QEMU's.
public final class Frontend {
    private final GuestMemory memory;
    private final CodegenOptions options;
    private final TranslationContext ir;
    private final Decoder decoder;

    /// A front end that reads code from `memory` and builds into `block`.
    public Frontend(GuestMemory memory, CpuModel cpu, CodegenOptions options, IrBlock block) {
        this.memory = memory;
        this.options = options;
        this.ir = new TranslationContext(block, options);
        this.decoder = Decoders.forContext(ir, cpu);
    }

    /// Translates the block at `pc`.
    ///
    /// @return the number of guest instructions; 0 when not even the first can be fetched, then the block raises
    ///         that
    public int translateBlock(long pc) {
        if ((pc & 3) != 0) {
            return raise(pc, GuestException.MISALIGNED_PC);
        }
        if (!memory.isExecutable(pc)) {
            return raise(pc, GuestException.INSTRUCTION_FETCH);
        }
        boolean anyGuarded = memory.hasGuardedPages();
        ir.branchTargets().startBlock(anyGuarded, anyGuarded && memory.isGuarded(pc));
        int limit = Math.min(options.maxInstructions(), instructionsToPageEnd(pc));
        int count = 0;
        while (count < limit) {
            long address = pc + 4L * count++;
            translateInstruction(address, memory.readInt(address), count == 1);
            if (ir.ended()) {
                return count;
            }
        }
        ir.jump(pc + 4L * count, ExitHint.JUMP);
        return count;
    }

    private int raise(long pc, GuestException exception) {
        ir.startInstruction(pc, 0);
        ir.raise(exception, 0);
        return 0;
    }

    private static int instructionsToPageEnd(long pc) {
        return (GuestMemory.PAGE_SIZE - (int) (pc & GuestMemory.PAGE_SIZE - 1)) / 4;
    }

    private void translateInstruction(long address, int insn, boolean first) {
        ir.startInstruction(address, insn);
        if (first) {
            ir.branchTargets().land(insn);
        }
        if (!decoder.decode(insn)) {
            ir.raise(GuestException.UNDEFINED, insn);
            ir.endByException();
        }
    }
}
