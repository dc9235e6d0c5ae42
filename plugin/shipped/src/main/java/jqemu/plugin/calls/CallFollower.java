package jqemu.plugin.calls;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Discontinuity;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Register;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;
import org.jspecify.annotations.Nullable;

/// Keeps a log for each thread of the functions that it calls and returns from.
///
/// The last instruction of a block leaves a note when it calls, returns or jumps; the next block looks only when there
/// is one. So blocks within a function cost next to nothing.
public final class CallFollower {
    private static final int BRANCH_MASK = 0xfc000000;
    private static final int BL = 0x94000000;
    private static final int B = 0x14000000;

    /// BR, BLR, RET and their forms with pointer authentication: bits 21 and 22 tell which.
    private static final int REGISTER_MASK = 0xfe9f0000;

    private static final int REGISTER_BRANCH = 0xd61f0000;
    private static final int KIND_SHIFT = 21;

    /// Notes: what happened, and above it the address where a caller goes on.
    private static final int CALL = 1;

    private static final int RETURN = 2;
    private static final int JUMP = 3;
    private static final int HANDLER = 4;
    private static final int KINDS = 15;
    private static final int ADDRESS_SHIFT = 2;

    private static final long RT_SIGRETURN = 139;

    private final int limit;
    private final boolean byTime;
    private final Register stackPointer;
    private final ScoreboardU64 note;
    private final ScoreboardU64 executed;
    private final long start = System.nanoTime();
    private final Map<Integer, CallStack> stacks = new ConcurrentHashMap<>();
    private final Map<Integer, EventLog> current = new ConcurrentHashMap<>();
    private final List<EventLog> logs = new ArrayList<>();

    /// Follows a guest.
    ///
    /// @param context  the plugin's
    /// @param limit    the number of events in each thread's log
    /// @param byTime   whether times are nanoseconds since now; else the instructions that the vCPU has executed
    /// @param syscalls whether system calls are in the log, too
    public CallFollower(PluginContext context, int limit, boolean byTime, boolean syscalls) {
        this.limit = limit;
        this.byTime = byTime;
        Scoreboard board = context.newScoreboard(2);
        this.note = board.cell(0);
        this.executed = board.cell(1);
        this.stackPointer = Objects.requireNonNull(context.register("sp"));
        context.onVcpuInit(this::begin);
        context.onVcpuExit(this::end);
        context.onTranslate(this::watch);
        context.onDiscontinuity(
                EnumSet.of(Discontinuity.INTERRUPT, Discontinuity.EXCEPTION),
                (vcpu, type, from, to) -> note.set(vcpu, from << ADDRESS_SHIFT | HANDLER));
        if (syscalls) {
            context.onSystemCall((vcpu, call) -> {
                EventLog log = current.get(vcpu);
                if (log != null) {
                    log.enterSystemCall(SystemCallNames.name(call.number()));
                }
            });
        }
        context.onSystemCallReturn((vcpu, number, result) -> {
            EventLog log = current.get(vcpu);
            // a thread's last call returns after the thread has ended
            if (log != null) {
                log.leaveSystemCall();
            }
            if (number == RT_SIGRETURN) {
                note.set(vcpu, JUMP);
            }
        });
    }

    /// Ends all logs; what is not left yet is left now.
    ///
    /// @return the logs, in the order in which their threads began
    public List<EventLog> finish() {
        List.copyOf(stacks.keySet()).forEach(this::end);
        synchronized (logs) {
            return List.copyOf(logs);
        }
    }

    private void begin(int vcpu) {
        LongSupplier clock = byTime ? () -> System.nanoTime() - start : () -> executed.get(vcpu);
        EventLog log = new EventLog(vcpu, limit, clock);
        synchronized (logs) {
            logs.add(log);
        }
        current.put(vcpu, log);
        stacks.put(vcpu, new CallStack(log));
        note.set(vcpu, JUMP);
    }

    private void end(int vcpu) {
        EventLog log = current.remove(vcpu);
        CallStack stack = stacks.remove(vcpu);
        if (log != null && stack != null) {
            log.leaveSystemCall();
            stack.unwind(0);
        }
    }

    private void watch(Block block) {
        Instruction first = block.instruction(0);
        Instruction last = block.instruction(block.size() - 1);
        Function function = Function.of(first);
        long pc = block.address();
        block.onExecuteIf(Condition.NE, note, 0, RegisterAccess.READ, vcpu -> arrive(vcpu, pc, function));
        if (!byTime) {
            block.inlineAdd(executed, block.size());
        }
        long left = noteOf(last);
        if (left != 0) {
            last.inlineStore(note, left);
        }
    }

    private static long noteOf(Instruction insn) {
        int word = ByteBuffer.wrap(insn.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt();
        long call = insn.address() + insn.size() << ADDRESS_SHIFT | CALL;
        if ((word & BRANCH_MASK) == BL) {
            return call;
        }
        if ((word & BRANCH_MASK) == B) {
            return JUMP;
        }
        if ((word & REGISTER_MASK) == REGISTER_BRANCH) {
            return switch (word >>> KIND_SHIFT & 3) {
                case 0 -> JUMP;
                case 1 -> call;
                default -> RETURN;
            };
        }
        return 0;
    }

    private void arrive(int vcpu, long pc, @Nullable Function function) {
        long left = note.get(vcpu);
        note.set(vcpu, 0);
        CallStack stack = stacks.get(vcpu);
        if (stack == null) {
            return;
        }
        long address = left >>> ADDRESS_SHIFT & -Integer.BYTES;
        long sp = stackPointer.read(vcpu);
        switch ((int) left & KINDS) {
            case CALL -> stack.call(pc, function, address, sp);
            case HANDLER -> stack.handle(pc, function, address, sp);
            case RETURN -> stack.returned(pc, function, sp);
            default -> stack.jumped(pc, function, sp);
        }
    }
}
