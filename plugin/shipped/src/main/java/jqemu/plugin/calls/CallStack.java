package jqemu.plugin.calls;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The functions that one vCPU is in, from the outermost to the one that runs.
final class CallStack {
    private static final int INSTRUCTION_SIZE = 4;

    /// A jump within this distance is on the same stack.
    private static final long STACK_SIZE = 8 << 20;

    /// A function, where its caller goes on, and the stack pointer when it was entered. A signal's handler has no
    /// caller:
    /// what it interrupted goes on.
    private record Frame(Function function, long returnAddress, long sp, boolean handler) {
        boolean returnsTo(long pc) {
            // an interrupted system call goes on behind its instruction
            return pc == returnAddress || handler && pc == returnAddress + INSTRUCTION_SIZE;
        }
    }

    private final List<Frame> frames = new ArrayList<>();
    private final EventLog log;

    CallStack(EventLog log) {
        this.log = log;
    }

    /// A call came to `pc`.
    void call(long pc, @Nullable Function function, long returnAddress, long sp) {
        // the same call again, without a return: longjmp was between
        if (!frames.isEmpty() && frames.getLast().returnAddress == returnAddress && frames.getLast().sp == sp) {
            unwind(frames.size() - 1);
        }
        push(pc, function, returnAddress, sp, false);
    }

    /// A signal came to its handler at `pc`.
    void handle(long pc, @Nullable Function function, long interrupted, long sp) {
        push(pc, function, interrupted, sp, true);
    }

    private void push(long pc, @Nullable Function function, long returnAddress, long sp, boolean handler) {
        Function callee = function == null ? Function.unnamed(pc) : function;
        frames.add(new Frame(callee, returnAddress, sp, handler));
        log.enter(callee);
    }

    /// A return came to `pc`: to the caller of one of the functions, else out of them (longjmp, or a switch of
    /// stacks).
    void returned(long pc, @Nullable Function function, long sp) {
        for (int i = frames.size() - 1; i > 0; i--) {
            if (frames.get(i).returnsTo(pc)) {
                unwind(i);
                return;
            }
        }
        jumped(pc, function, sp);
    }

    /// A jump came to `pc`: within a function, back into one further out, to what a handler interrupted, or a tail
    /// call.
    void jumped(long pc, @Nullable Function function, long sp) {
        if (frames.isEmpty()) {
            call(pc, function, 0, sp);
            return;
        }
        Frame top = frames.getLast();
        if (top.handler && top.returnsTo(pc)) {
            unwind(frames.size() - 1);
            return;
        }
        unwindBelow(sp);
        Frame current = frames.getLast();
        if (function != null && !function.equals(current.function)) {
            if (pc != function.start() && unwindInto(function)) {
                return;
            }
            unwind(frames.size() - 1);
            push(pc, function, current.returnAddress, current.sp, current.handler);
        }
    }

    /// Leaves functions whose part of the stack was given up.
    private void unwindBelow(long sp) {
        for (int i = 1; i < frames.size(); i++) {
            long distance = sp - frames.get(i).sp;
            if (distance > 0 && distance < STACK_SIZE) {
                unwind(i);
                return;
            }
        }
    }

    private boolean unwindInto(Function function) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (frames.get(i).function.equals(function)) {
                unwind(i + 1);
                return true;
            }
        }
        return false;
    }

    /// Leaves all functions from a depth on.
    void unwind(int depth) {
        while (frames.size() > depth) {
            log.leave(frames.removeLast().function);
        }
    }
}
