package jqemu.tcg.vector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.a64.Frontend;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Feature;
import jqemu.tcg.interp.BlockExit;
import jqemu.tcg.interp.Interpreter;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.opt.Passes;

/// The interpreter, on IR as it is translated or optimized, of whole blocks or of single instructions.
///
/// @param name the name in messages
/// @param optimized whether the optimizer runs
/// @param maxInstructions the most instructions in a block
record InterpreterTier(String name, boolean optimized, int maxInstructions) implements Tier {
    /// All that is implemented, also what is not announced by default.
    static final CpuModel CPU = CpuModel.max().with(Feature.PAUTH).with(Feature.PAUTH_IMPDEF);

    /// What the front end says, block by block.
    static final InterpreterTier PLAIN = new InterpreterTier("interpreter", false, CodegenOptions.MAX_INSTRUCTIONS);

    /// All ways to interpret.
    static List<Tier> interpreters() {
        return List.of(
                PLAIN,
                new InterpreterTier("interpreter, optimized", true, CodegenOptions.MAX_INSTRUCTIONS),
                new InterpreterTier("interpreter, optimized, one instruction per block", true, 1));
    }

    @Override
    public Program prepare(GuestMemory memory, long[] entries) {
        return new Blocks(memory);
    }

    /// The block at `pc` as this tier executes it.
    IrBlock translate(GuestMemory memory, long pc) {
        CodegenOptions options = new CodegenOptions(false, false, maxInstructions);
        IrBlock block = new IrBlock();
        new Frontend(memory, CPU, options, block).translateBlock(pc);
        if (optimized) {
            new Passes().run(block);
        }
        return block;
    }

    /// The signal that Linux sends for `exception`.
    static int signal(GuestException exception) {
        return switch (exception) {
            case UNDEFINED, ILLEGAL_OPERAND -> Stop.SIGILL;
            case BREAKPOINT -> Stop.SIGTRAP;
            case MISALIGNED_PC -> Stop.SIGBUS;
            case INSTRUCTION_FETCH -> Stop.SIGSEGV;
        };
    }

    private final class Blocks implements Program {
        private final GuestMemory memory;
        private final Map<Long, IrBlock> blocks = new HashMap<>();

        Blocks(GuestMemory memory) {
            this.memory = memory;
        }

        @Override
        public Stop run(CpuState env, long entry, long exit) {
            Interpreter interpreter = new Interpreter(env);
            env.setPc(entry);
            while (env.pc() != exit) {
                int how = interpreter.run(blocks.computeIfAbsent(env.pc(), pc -> translate(memory, pc)));
                if (how > BlockExit.LOOKUP) {
                    return stop(env, interpreter, how);
                }
            }
            return new Stop(0, exit, 0);
        }

        private Stop stop(CpuState env, Interpreter interpreter, int how) {
            return switch (how) {
                case BlockExit.EXCEPTION -> new Stop(signal(interpreter.exception()), env.pc(), 0);
                case BlockExit.FAULT -> {
                    long slot = env.threadSlot();
                    long address = memory.guestAddress(ThreadSlot.faultAddress(slot)) & GuestMemory.ADDRESS_MASK;
                    int signal = ThreadSlot.faultSignal(slot);
                    ThreadSlot.clearFault(slot);
                    yield new Stop(signal, env.pc(), address);
                }
                case BlockExit.CHECKED_FAULT ->
                    new Stop(
                            interpreter.isFaultMisaligned() ? Stop.SIGBUS : Stop.SIGSEGV,
                            env.pc(),
                            interpreter.faultAddress());
                default -> new Stop(Stop.SYSTEM_CALL, env.pc(), 0);
            };
        }
    }
}
