package jqemu.syscall.process;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import org.jspecify.annotations.Nullable;

/// The arguments of clone(2).
///
/// @param flags CLONE_* and, in the low byte, the signal at a child process's end
/// @param stack the new stack pointer, or 0 for the old one
/// @param parentTid where CLONE_PARENT_SETTID stores
/// @param tls the new thread register, with CLONE_SETTLS
/// @param childTid where CLONE_CHILD_SETTID and CLONE_CHILD_CLEARTID store
/// @param pidfd where CLONE_PIDFD stores
record CloneRequest(long flags, long stack, long parentTid, long tls, long childTid, long pidfd) {
    static final long SIGNAL = 0xff;
    static final long CLONE_VM = 0x100;
    static final long CLONE_PIDFD = 0x1000;
    static final long CLONE_VFORK = 0x4000;
    static final long CLONE_PARENT = 0x8000;
    static final long CLONE_THREAD = 0x1_0000;
    static final long CLONE_SETTLS = 0x8_0000;
    static final long CLONE_PARENT_SETTID = 0x10_0000;
    static final long CLONE_CHILD_CLEARTID = 0x20_0000;
    static final long CLONE_DETACHED = 0x40_0000;
    static final long CLONE_CHILD_SETTID = 0x100_0000;

    /// Bytes of the oldest `struct clone_args`, and what is where in it.
    static final int SMALLEST_ARGUMENTS = 64;

    private static final int FLAGS = 0;
    private static final int PIDFD = 8;
    private static final int CHILD_TID = 16;
    private static final int PARENT_TID = 24;
    private static final int EXIT_SIGNAL = 32;
    private static final int STACK = 40;
    private static final int STACK_SIZE = 48;
    private static final int TLS = 56;

    private static final long KNOWN_BY_CLONE = 0xffff_ffffL;

    /// What a child process may be made with; QEMU too refuses others.
    private static final long OF_PROCESS = SIGNAL
            | CLONE_VM
            | CLONE_VFORK
            | CLONE_PIDFD
            | CLONE_PARENT
            | CLONE_SETTLS
            | CLONE_PARENT_SETTID
            | CLONE_CHILD_CLEARTID
            | CLONE_DETACHED
            | CLONE_CHILD_SETTID;

    /// Reads `struct clone_args` of clone3(2).
    ///
    /// @param size of the structure, at least [#SMALLEST_ARGUMENTS]
    /// @return the request, or `null` if it asks for what clone(2) does not have
    static @Nullable CloneRequest read(GuestMemory memory, long arguments, int size) {
        ByteBuffer words = ByteBuffer.wrap(memory.read(arguments, size)).order(ByteOrder.LITTLE_ENDIAN);
        for (int unknown = SMALLEST_ARGUMENTS; unknown < size; unknown += Long.BYTES) {
            if (unknown + Long.BYTES <= size && words.getLong(unknown) != 0) {
                return null;
            }
        }
        long flags = words.getLong(FLAGS);
        long signal = words.getLong(EXIT_SIGNAL);
        if ((flags & (SIGNAL | ~KNOWN_BY_CLONE)) != 0 || (signal & ~SIGNAL) != 0) {
            return null;
        }
        long stack = words.getLong(STACK);
        return new CloneRequest(
                flags | signal,
                stack == 0 ? 0 : stack + words.getLong(STACK_SIZE),
                words.getLong(PARENT_TID),
                words.getLong(TLS),
                words.getLong(CHILD_TID),
                words.getLong(PIDFD));
    }

    boolean has(long flag) {
        return (flags & flag) != 0;
    }

    /// Whether its flags exclude each other: there is no descriptor of a thread, and one place for two results.
    boolean isContradictory() {
        return has(CLONE_PIDFD)
                && (has(CLONE_THREAD) || has(CLONE_DETACHED) || (has(CLONE_PARENT_SETTID) && pidfd == parentTid));
    }

    /// Whether it is for a thread of this process.
    boolean isForThread() {
        return has(CLONE_THREAD) && has(CLONE_VM);
    }

    /// Whether it is for a child process that we can make: one with memory of its own, or whose parent waits.
    boolean isForProcess() {
        return (flags & ~OF_PROCESS) == 0 && has(CLONE_VM) == has(CLONE_VFORK);
    }

    /// Whether a child process uses its parent's memory (vfork(2)).
    boolean sharesMemory() {
        return has(CLONE_VM);
    }

    /// Sets the registers with which the new thread starts.
    void prepare(CpuState env, CpuState parent) {
        env.copyFrom(parent);
        env.setX(0, 0);
        env.set(Slot.EXCLUSIVE_ADDRESS, Slot.NO_EXCLUSIVE);
        if (stack != 0) {
            env.setSp(stack);
        }
        if (has(CLONE_SETTLS)) {
            env.set(Slot.TPIDR, tls);
        }
    }

    /// Stores the new thread's id where the child finds it, and notes where to clear it.
    void storeChildTid(GuestThread child) {
        if (has(CLONE_CHILD_CLEARTID)) {
            child.setClearChildTid(childTid);
        }
        if (has(CLONE_CHILD_SETTID)) {
            storeId(child.memory(), childTid, child.tid());
        }
    }

    /// Stores the new thread's id where its parent finds it.
    void storeParentTid(GuestMemory memory, int tid) {
        if (has(CLONE_PARENT_SETTID)) {
            storeId(memory, parentTid, tid);
        }
    }

    /// The kernel ignores a bad address here as well.
    static void storeId(GuestMemory memory, long address, int tid) {
        try {
            memory.writeInt(address, tid);
        } catch (GuestFault fault) {
            // nothing to store to
        }
    }
}
