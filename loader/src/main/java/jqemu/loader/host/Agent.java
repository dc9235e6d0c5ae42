package jqemu.loader.host;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// A child process that shares our memory and makes system calls in its own name, on our behalf: see `agent.c`.
///
/// It has copies of our descriptors, folder, umask and signal actions, all signals blocked, and ends when one of its
/// calls is a successful execve(2) or an exit. Belongs to the thread that started it.
public final class Agent {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    /// Its structure and, from the other end, its stack.
    private static final int SIZE = 32 << 10;

    private final long block;
    private final int pid;
    private final CallList single = new CallList();
    private boolean ended;

    private Agent(long block, int pid) {
        this.block = block;
        this.pid = pid;
    }

    /// Starts an agent.
    ///
    /// @param flags CLONE_PARENT, and in the low byte the signal that its parent gets at its end
    /// @return it, or null; then the errno is in `error[0]`, negative
    static @Nullable Agent start(long flags, long[] error) {
        long block = UNSAFE.allocateMemory(SIZE);
        UNSAFE.setMemory(block, SIZE, (byte) 0);
        long pid = NativeHost.startAgent(block, SIZE, flags);
        if (pid < 0) {
            UNSAFE.freeMemory(block);
            error[0] = pid;
            return null;
        }
        return new Agent(block, (int) pid);
    }

    /// {@return its process id}
    public int pid() {
        return pid;
    }

    /// {@return whether it has become another program, or is gone}
    public boolean hasEnded() {
        return ended;
    }

    /// Has it make a system call.
    ///
    /// @return the result; 0 when the call ended it, -ESRCH when it was gone before
    public long syscall(int number, long a0, long a1, long a2, long a3, long a4, long a5) {
        if (ended) {
            return -HostConstants.ESRCH;
        }
        single.clear();
        single.add(number, a0, a1, a2, a3, a4, a5);
        return ask(single, null) ? single.result(0) : 0;
    }

    /// Has it make the calls of a list, and those of `undo` when they did not end it.
    ///
    /// @return whether it is still there
    public boolean run(CallList calls, CallList undo) {
        return !ended && ask(calls, undo);
    }

    private boolean ask(CallList calls, @Nullable CallList undo) {
        long undoAddress = undo == null ? 0 : undo.address();
        int undoCount = undo == null ? 0 : undo.count();
        ended = !NativeHost.askAgent(block, calls.address(), calls.count(), undoAddress, undoCount);
        return !ended;
    }

    /// Gives its memory back; it must have ended.
    public void free() {
        if (!ended) {
            throw new IllegalStateException("an agent that is still there");
        }
        single.free();
        UNSAFE.freeMemory(block);
    }
}
