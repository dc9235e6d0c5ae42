package jqemu.loader.host;

import static jqemu.loader.host.HostConstants.*;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import jdk.internal.misc.Unsafe;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/// The host through jnr-ffi: no library of ours is needed, so it runs wherever the JVM and libffi do.
///
/// What it lacks is in [#capabilities]: guest accesses have to be checked before they are made, a signal does not end
/// a blocking system call, and its siginfo says no more than its number. Copies use process_vm_readv(2) on our own
/// process, which answers -EFAULT where memory is not accessible.
public final class JnrHost implements Host {
    /// The C library's function, in the one form that jffi can call: seven longs, not varargs.
    public interface LibC {
        /// syscall(2).
        long syscall(long number, long a0, long a1, long a2, long a3, long a4, long a5);
    }

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final int CHUNK = 64 << 10;
    private static final int KERNEL_SIGACTION_SIZE = 32;
    private static final long SIG_DFL = 0;
    private static final long SIG_IGN = 1;
    private static final JnrHost INSTANCE = new JnrHost();

    private final LibC libc = LibraryLoader.create(LibC.class).load("c");
    private final Runtime runtime = Runtime.getRuntime(libc);
    private final JnrSignals signals = new JnrSignals();
    private final long pid;
    private final Set<HostCapability> capabilities;

    /// Off-heap room of a thread: two iovecs, then a chunk to copy through. Never freed while the thread lives.
    private final ThreadLocal<Room> rooms = ThreadLocal.withInitial(Room::new);

    private static final class Room {
        final long iovecs = UNSAFE.allocateMemory(32);
        final long chunk = UNSAFE.allocateMemory(CHUNK);
    }

    private JnrHost() {
        pid = syscall(HostSyscall.GETPID);
        EnumSet<HostCapability> able = EnumSet.of(HostCapability.DEATH_BY_SIGNAL);
        if (canCopySafely()) {
            able.add(HostCapability.FAULT_SAFE_COPY);
        }
        capabilities = Collections.unmodifiableSet(able);
        // what makes the JVM end, or print its threads, unless -Xrs is given; then again it hands out no signal at all
        setKernelAction(SIGHUP, SignalAction.DEFAULT);
        setKernelAction(SIGINT, SignalAction.DEFAULT);
        setKernelAction(SIGQUIT, SignalAction.DEFAULT);
        setKernelAction(SIGTERM, SignalAction.DEFAULT);
    }

    /// {@return the host}
    public static JnrHost open() {
        return INSTANCE;
    }

    @Override
    public Set<HostCapability> capabilities() {
        return capabilities;
    }

    @Override
    public long syscall(int number, long a0, long a1, long a2, long a3, long a4, long a5) {
        long result = libc.syscall(number, a0, a1, a2, a3, a4, a5);
        return result == -1 ? -LastError.getLastError(runtime) : result;
    }

    @Override
    public long interruptibleSyscall(long slot, int number, long a0, long a1, long a2, long a3, long a4, long a5) {
        return ThreadSlot.isPending(slot) ? ERESTARTSYS : syscall(number, a0, a1, a2, a3, a4, a5);
    }

    @Override
    public long registerThread() {
        long slot = ThreadSlot.allocate((int) syscall(HostSyscall.GETTID));
        signals.add(slot);
        return slot;
    }

    @Override
    public void unregisterThread(long slot) {
        signals.remove(slot);
        ThreadSlot.free(slot);
    }

    // ---------------------------------------------------------------- memory

    /// Some containers forbid the call; then accesses are only as safe as the page table says.
    private boolean canCopySafely() {
        Room room = rooms.get();
        return transfer(HostSyscall.PROCESS_VM_READV, room, room.chunk, room.chunk + 8, 8) == 0;
    }

    /// Moves bytes between our chunk and memory that may not be accessible.
    private int transfer(int number, Room room, long local, long remote, int length) {
        UNSAFE.putLong(room.iovecs, local);
        UNSAFE.putLong(room.iovecs + 8, length);
        UNSAFE.putLong(room.iovecs + 16, remote);
        UNSAFE.putLong(room.iovecs + 24, length);
        return syscall(number, pid, room.iovecs, 1, room.iovecs + 16, 1, 0) == length ? 0 : EFAULT;
    }

    private int fetch(Room room, long address, int length) {
        if (has(HostCapability.FAULT_SAFE_COPY)) {
            return transfer(HostSyscall.PROCESS_VM_READV, room, room.chunk, address, length);
        }
        UNSAFE.copyMemory(address, room.chunk, length);
        return 0;
    }

    private int put(Room room, long address, int length) {
        if (has(HostCapability.FAULT_SAFE_COPY)) {
            return transfer(HostSyscall.PROCESS_VM_WRITEV, room, room.chunk, address, length);
        }
        UNSAFE.copyMemory(room.chunk, address, length);
        return 0;
    }

    @Override
    public int copyIn(long address, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        Room room = rooms.get();
        for (int done = 0; done < length; ) {
            int count = Math.min(CHUNK, length - done);
            if (fetch(room, address + done, count) < 0) {
                return EFAULT;
            }
            UNSAFE.copyMemory(null, room.chunk, target, Unsafe.ARRAY_BYTE_BASE_OFFSET + offset + done, count);
            done += count;
        }
        return 0;
    }

    @Override
    public int copyOut(long address, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        Room room = rooms.get();
        for (int done = 0; done < length; ) {
            int count = Math.min(CHUNK, length - done);
            UNSAFE.copyMemory(source, Unsafe.ARRAY_BYTE_BASE_OFFSET + offset + done, null, room.chunk, count);
            if (put(room, address + done, count) < 0) {
                return EFAULT;
            }
            done += count;
        }
        return 0;
    }

    /// Page by page: what lies behind the string's end need not be readable.
    @Override
    public int copyInString(long address, byte[] target, int offset, int limit) {
        Objects.checkFromIndexSize(offset, limit, target.length);
        for (int done = 0; done < limit; ) {
            int inPage = 4096 - (int) ((address + done) & 4095);
            int count = Math.min(inPage, limit - done);
            if (copyIn(address + done, target, offset + done, count) < 0) {
                return EFAULT;
            }
            for (int i = 0; i < count; i++) {
                if (target[offset + done + i] == 0) {
                    return done + i;
                }
            }
            done += count;
        }
        return limit;
    }

    @Override
    public long loadOr(long address, int size, long otherwise) {
        Room room = rooms.get();
        UNSAFE.putLong(room.chunk, 0);
        return fetch(room, address, size) < 0 ? otherwise : UNSAFE.getLong(room.chunk);
    }

    @Override
    public int store(long address, int size, long value) {
        Room room = rooms.get();
        UNSAFE.putLong(room.chunk, value);
        return put(room, address, size);
    }

    /// Atomic only among callers of this method.
    @Override
    public synchronized int compareAndExchange16(long address, long[] operands) {
        Room room = rooms.get();
        if (fetch(room, address, 16) < 0 || put(room, address, 16) < 0) {
            return EFAULT;
        }
        long low = UNSAFE.getLong(room.chunk);
        long high = UNSAFE.getLong(room.chunk + 8);
        boolean equal = low == operands[0] && high == operands[1];
        operands[0] = low;
        operands[1] = high;
        if (!equal) {
            return 0;
        }
        UNSAFE.putLong(room.chunk, operands[2]);
        UNSAFE.putLong(room.chunk + 8, operands[3]);
        return put(room, address, 16) < 0 ? EFAULT : 1;
    }

    /// Nothing to do: accesses are checked before they are made.
    @Override
    public long installFaultHandler(long base, long size) {
        return 0;
    }

    @Override
    public void setFaultMode(FaultMode mode) {}

    // ---------------------------------------------------------------- signals

    @Override
    public long setSignalAction(int signal, SignalAction action, long flags) {
        boolean usedByJvm = signal == SIGHUP || signal == SIGINT || signal == SIGQUIT || signal == SIGTERM;
        return usedByJvm && action != SignalAction.CATCH
                ? setKernelAction(signal, action)
                : signals.setAction(signal, action);
    }

    /// Past the JVM, which keeps some signals to itself: to ignore one or not needs no handler.
    private long setKernelAction(int signal, SignalAction action) {
        long room = rooms.get().chunk;
        UNSAFE.setMemory(room, KERNEL_SIGACTION_SIZE, (byte) 0);
        UNSAFE.putLong(room, action == SignalAction.IGNORE ? SIG_IGN : SIG_DFL);
        return syscall(HostSyscall.RT_SIGACTION, signal, room, 0, Long.BYTES);
    }

    /// The mask is kept in Java: the JVM's own handler may run on any thread.
    @Override
    public long setSignalMask(long mask) {
        return signals.setMask((int) syscall(HostSyscall.GETTID), mask);
    }

    @Override
    public long premaskThreads() {
        return 0;
    }

    @Override
    public void dieBySignal(int signal) {
        long zeros = UNSAFE.allocateMemory(32);
        UNSAFE.setMemory(zeros, 32, (byte) 0); // SIG_DFL, no flags; and an empty mask
        syscall(HostSyscall.RT_SIGACTION, signal, zeros, 0, 8);
        UNSAFE.putLong(zeros, ~(1L << (signal - 1)));
        syscall(HostSyscall.RT_SIGPROCMASK, 2, zeros, 0, 8);
        syscall(HostSyscall.TGKILL, pid, syscall(HostSyscall.GETTID), signal);
        exit(128 + signal);
    }
}
