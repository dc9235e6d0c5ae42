package jqemu.tcg.interp;

import java.lang.invoke.VarHandle;
import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.helper.FpEvaluator;
import jqemu.tcg.helper.GuestAccess;
import jqemu.tcg.helper.Helpers;
import jqemu.tcg.instrument.PluginEvents;
import jqemu.tcg.ir.Evaluator;
import jqemu.tcg.ir.Fence;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;

/// Executes IR, op by op: `values[n]` is the value of op n.
///
/// One interpreter belongs to one vCPU. Registers are always up to date in its [CpuState], so a fault needs nothing but
/// the pc of the instruction that the op belongs to. An op without a result has the value 0. What pure and
/// floating-point ops mean is not known here: [Evaluator] and [FpEvaluator] say it for all tiers.
public final class Interpreter {
    /// Nothing left the block yet.
    private static final int RUNNING = -1;

    private final CpuState env;
    private final GuestMemory memory;
    private final long threadSlot;

    private long[] values = new long[1024];
    private int exit;

    /// The op that marks the start of the instruction being executed.
    private int instruction;

    private GuestException exception = GuestException.UNDEFINED;
    private long syndrome;
    private boolean misaligned;
    private long faultAddress;
    private boolean faultIsWrite;

    /// An interpreter for the vCPU `env`.
    public Interpreter(CpuState env) {
        this.env = env;
        this.memory = env.memory();
        this.threadSlot = env.threadSlot();
    }

    /// Executes `block` from its start until it is left.
    ///
    /// @return a constant of [BlockExit]; the pc in env is where to go on, or the instruction that failed
    public int run(IrBlock block) {
        if (values.length < block.size()) {
            values = new long[block.size() * 2];
        }
        exit = RUNNING;
        instruction = 0;
        try {
            execute(block);
        } catch (GuestFault fault) {
            describeFault(fault.vaddr(), fault.isWrite(), false);
        }
        if (exit >= BlockExit.EXCEPTION) {
            env.setPc(block.imm(instruction));
        }
        return exit;
    }

    /// The loop that a cold start spends its time in, executed by the JVM's own interpreter: the ops that make up
    /// most of guest code are done here on the bare arrays, with as few calls as possible; the others have methods,
    /// which keeps this one small enough for the JIT compilers.
    private void execute(IrBlock block) {
        Opcode[] opcodes = block.opcodes();
        char[] operands = block.operands();
        long[] imms = block.imms();
        long[] registers = env.slots();
        long[] results = values;
        // operands that an op does not have name value 0, which counts as 0 where op 0 has no result
        results[0] = 0;
        for (int n = 0; exit == RUNNING; n++) {
            Opcode op = opcodes[n];
            int at = IrBlock.OPERANDS * n;
            switch (op) {
                case INSN_START -> instruction = n;
                case MOVI -> results[n] = imms[n];
                case LD_ENV -> results[n] = block.type(n).truncate(registers[(int) imms[n]]);
                case ST_ENV -> registers[(int) imms[n]] = results[operands[at]];
                case LD -> {
                    results[n] = GuestAccess.load(memory, block.type(n), results[operands[at]], block.aux(n));
                    checkFault();
                }
                case ST -> {
                    GuestAccess.store(memory, results[operands[at]], results[operands[at + 1]], block.aux(n));
                    checkFault();
                }
                case BRCOND -> branch(block, n, results[operands[at]], results[operands[at + 1]]);
                case GOTO_TB -> leave(BlockExit.CHAIN_0, imms[n]);
                case GOTO_PTR -> leave(BlockExit.LOOKUP, results[operands[at]]);
                // the commonest pure ops, without a second dispatch on the opcode
                case ADD -> results[n] = Evaluator.add(block.type(n), results[operands[at]], results[operands[at + 1]]);
                case SUB -> results[n] = Evaluator.sub(block.type(n), results[operands[at]], results[operands[at + 1]]);
                case AND -> results[n] = Evaluator.and(results[operands[at]], results[operands[at + 1]]);
                case OR -> results[n] = Evaluator.or(results[operands[at]], results[operands[at + 1]]);
                case XOR -> results[n] = Evaluator.xor(results[operands[at]], results[operands[at + 1]]);
                case EXTRACT -> results[n] = Evaluator.extract(results[operands[at]], block.aux(n));
                case EXTU_I32 -> results[n] = Evaluator.extuI32(results[operands[at]]);
                case EXTRL -> results[n] = Evaluator.extrl(results[operands[at]]);
                case SHL, SHR, SAR, SEXTRACT, DEPOSIT, EXT_I32, SETCOND, MOVCOND, NZCV_ADD, NZCV_SUB, TESTCC ->
                    results[n] = evaluate(op, block, n, results);
                default -> results[n] = other(op, block, n, results);
            }
        }
    }

    /// Executes an op that [#execute] leaves; its value.
    private long other(Opcode op, IrBlock block, int n, long[] results) {
        return switch (op.effect()) {
            case PURE -> evaluate(op, block, n, results);
            case FP -> floatingPoint(op, block, n, results);
            case LOAD, STORE -> access(op, block, n, results);
            case ATOMIC -> atomic(op, block, n, results);
            case CALL -> call(block, n, results);
            case FENCE -> fence(Fence.of(block.aux(n)));
            case INSTRUMENT -> instrument(op, block, n, results);
            case EXIT -> leave(op, block, n);
            case READ_ENV, WRITE_ENV, MARK -> throw unexpected(op);
        };
    }

    private static long evaluate(Opcode op, IrBlock block, int n, long[] results) {
        char[] operands = block.operands();
        int at = IrBlock.OPERANDS * n;
        return Evaluator.evaluate(
                op,
                block.type(n),
                results[operands[at]],
                results[operands[at + 1]],
                results[operands[at + 2]],
                results[operands[at + 3]],
                block.aux(n),
                block.imm(n));
    }

    private long floatingPoint(Opcode op, IrBlock block, int n, long[] results) {
        return FpEvaluator.evaluate(
                env, op, block.type(n), results[block.a(n)], results[block.b(n)], results[block.c(n)], block.aux(n));
    }

    // ---- memory: a fault leaves its mark in the thread's slot, see GuestMemory

    private long access(Opcode op, IrBlock block, int n, long[] results) {
        long address = results[block.a(n)];
        int aux = block.aux(n);
        return switch (op) {
            case PROBE -> probe(address, aux);
            case CHECK_ALIGN -> checkAlignment(address, aux);
            case ZERO_BLOCK -> zeroBlock(address, aux);
            case RAISE_IF -> address == 0 ? 0 : raise(GuestException.of(aux), 0);
            default -> throw unexpected(op);
        };
    }

    private static IllegalStateException unexpected(Opcode op) {
        return new IllegalStateException("an operation that tier 1 does not know: " + op);
    }

    private long zeroBlock(long address, int blockShift) {
        GuestAccess.zeroBlock(memory, address, blockShift);
        checkFault();
        return 0;
    }

    private long atomic(Opcode op, IrBlock block, int n, long[] results) {
        long address = results[block.a(n)];
        long operand = results[block.b(n)];
        int memop = block.aux(n);
        long result = switch (op) {
            case ATOMIC_CAS -> GuestAccess.compareAndExchange(memory, address, operand, results[block.c(n)], memop);
            case STORE_EXCLUSIVE ->
                GuestAccess.storeExclusive(memory, address, operand, results[block.c(n)], results[block.d(n)], memop);
            default -> GuestAccess.fetch(memory, op, address, operand, memop, threadSlot);
        };
        checkFault();
        return result;
    }

    private long call(IrBlock block, int n, long[] results) {
        long result = Helpers.call(
                env,
                Helper.of(block.aux(n)),
                results[block.a(n)],
                results[block.b(n)],
                results[block.c(n)],
                results[block.d(n)],
                block.imm(n));
        checkFault();
        return result;
    }

    private void checkFault() {
        if (ThreadSlot.isFault(threadSlot)) {
            exit = BlockExit.FAULT;
        }
    }

    private long probe(long address, int memop) {
        boolean write = MemOp.has(memop, MemOp.STORE);
        int length = MemOp.bytes(memop);
        if (!memory.isAccessible(address, length, write)) {
            describeFault(memory.faultAddress(address, length, write), write, false);
        }
        return 0;
    }

    private long checkAlignment(long address, int sizeShift) {
        if ((address & (1L << sizeShift) - 1) != 0) {
            describeFault(address, false, true);
        }
        return 0;
    }

    private void describeFault(long address, boolean write, boolean alignment) {
        faultAddress = address & GuestMemory.ADDRESS_MASK;
        faultIsWrite = write;
        misaligned = alignment;
        exit = BlockExit.CHECKED_FAULT;
    }

    private static long fence(Fence fence) {
        switch (fence) {
            case LOAD -> VarHandle.acquireFence();
            case STORE -> VarHandle.storeStoreFence();
            case FULL -> VarHandle.fullFence();
        }
        return 0;
    }

    private long instrument(Opcode op, IrBlock block, int n, long[] results) {
        Object constant = block.constant(block.aux(n));
        switch (op) {
            case PLUGIN_ADD -> PluginEvents.add(constant, env, results[block.a(n)], block.imm(n));
            case PLUGIN_STORE -> PluginEvents.store(constant, env, results[block.a(n)], block.imm(n));
            case PLUGIN_CALL -> PluginEvents.call(constant, env);
            case PLUGIN_CONDITIONAL -> PluginEvents.callIf(constant, env);
            case PLUGIN_MEM_CALL ->
                PluginEvents.memory(
                        constant,
                        env,
                        results[block.a(n)],
                        results[block.b(n)],
                        results[block.c(n)],
                        results[block.d(n)]);
            default -> throw unexpected(op);
        }
        return 0;
    }

    // ---- exits

    private long leave(Opcode op, IrBlock block, int n) {
        return switch (op) {
            case SVC -> stop(BlockExit.SYSTEM_CALL);
            case RAISE -> raise(GuestException.of(block.aux(n)), block.imm(n));
            default -> throw unexpected(op);
        };
    }

    private void branch(IrBlock block, int n, long a, long b) {
        if (block.condition(n).test(block.type(n), a, b)) {
            leave(BlockExit.CHAIN_1, block.imm(n));
        }
    }

    private void leave(int how, long pc) {
        env.setPc(pc);
        exit = how;
    }

    private long stop(int how) {
        exit = how;
        return 0;
    }

    private long raise(GuestException what, long about) {
        exception = what;
        syndrome = about;
        exit = BlockExit.EXCEPTION;
        return 0;
    }

    // ---- what the last exit was about

    /// The exception of [BlockExit#EXCEPTION].
    public GuestException exception() {
        return exception;
    }

    /// Its syndrome.
    public long syndrome() {
        return syndrome;
    }

    /// The clean guest address of a [BlockExit#CHECKED_FAULT].
    public long faultAddress() {
        return faultAddress;
    }

    /// Whether a [BlockExit#CHECKED_FAULT] was a store.
    public boolean isFaultWrite() {
        return faultIsWrite;
    }

    /// Whether a [BlockExit#CHECKED_FAULT] was one of alignment.
    public boolean isFaultMisaligned() {
        return misaligned;
    }
}
