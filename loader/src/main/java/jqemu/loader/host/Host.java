package jqemu.loader.host;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one narrow interface to the host's kernel and processor.
///
/// Results are the kernel's: 0 or a positive value, or a negative errno. System call numbers and structure layouts are
/// the host's ([HostSyscall]), addresses are host addresses, signal numbers are Linux's.
public interface Host {
    /// `-EFAULT`.
    int EFAULT = -14;
    /// `-ERESTARTSYS`: [#interruptibleSyscall] did not make the call, or the kernel would restart it.
    int ERESTARTSYS = -512;

    /// {@return the host that this machine supports best: native where there is a library, else the portable one}
    static Host open() {
        return NativeLibrary.isAvailable() ? NativeHost.open() : JnrHost.open();
    }

    /// {@return what this host can do}
    Set<HostCapability> capabilities();

    /// {@return whether this host can do it}
    default boolean has(HostCapability capability) {
        return capabilities().contains(capability);
    }

    /// A raw system call. It blocks as long as the kernel does; a signal that a handler catches ends it with -EINTR
    /// or restarts it, as sigaction(2) says.
    ///
    /// @return its result, or a negative errno
    long syscall(int number, long a0, long a1, long a2, long a3, long a4, long a5);

    /// As the full form, the arguments that are not given are 0.
    default long syscall(int number) {
        return syscall(number, 0, 0, 0, 0, 0, 0);
    }

    /// As the full form, the arguments that are not given are 0.
    default long syscall(int number, long a0) {
        return syscall(number, a0, 0, 0, 0, 0, 0);
    }

    /// As the full form, the arguments that are not given are 0.
    default long syscall(int number, long a0, long a1) {
        return syscall(number, a0, a1, 0, 0, 0, 0);
    }

    /// As the full form, the arguments that are not given are 0.
    default long syscall(int number, long a0, long a1, long a2) {
        return syscall(number, a0, a1, a2, 0, 0, 0);
    }

    /// As the full form, the arguments that are not given are 0.
    default long syscall(int number, long a0, long a1, long a2, long a3) {
        return syscall(number, a0, a1, a2, a3, 0, 0);
    }

    /// As the full form, the arguments that are not given are 0.
    default long syscall(int number, long a0, long a1, long a2, long a3, long a4) {
        return syscall(number, a0, a1, a2, a3, a4, 0);
    }

    /// A system call that may block. It returns [#ERESTARTSYS] without entering the kernel when a signal waits in
    /// the slot, however late that signal comes, and also where the kernel would have restarted it (SA_RESTART): so
    /// a signal is never left waiting behind a blocking call. Every -EINTR is the kernel's own.
    ///
    /// @param slot the calling thread's slot
    long interruptibleSyscall(long slot, int number, long a0, long a1, long a2, long a3, long a4, long a5);

    /// Makes the calling thread a guest thread, which may access guest memory and receive signals.
    ///
    /// Its signal mask stays as it is: the JVM's threads block everything after [#premaskThreads], so set it.
    ///
    /// @return the address of the thread's slot: see [ThreadSlot]
    long registerThread();

    /// Makes the calling thread an ordinary one again and frees its slot.
    ///
    /// @param slot what [#registerThread] returned to this thread
    void unregisterThread(long slot);

    /// Copies from host memory.
    ///
    /// @return 0, or -EFAULT when a part of it cannot be read; the array's contents are undefined then
    int copyIn(long address, byte[] target, int offset, int length);

    /// Copies to host memory.
    ///
    /// @return 0, or -EFAULT when a part of it cannot be written; what lies before that part may have been
    int copyOut(long address, byte[] source, int offset, int length);

    /// Copies bytes from host memory up to a zero byte, which is copied too.
    ///
    /// @return the bytes before the zero byte, `limit` when none was found, or -EFAULT
    int copyInString(long address, byte[] target, int offset, int limit);

    /// Loads 1, 2, 4 or 8 bytes, zero-extended.
    ///
    /// @return the value, or `otherwise` when the address cannot be read
    long loadOr(long address, int size, long otherwise);

    /// Stores the low 1, 2, 4 or 8 bytes.
    ///
    /// @return 0 or -EFAULT
    int store(long address, int size, long value);

    /// Compares 16 bytes with `operands[0..1]` (low, high) and, when they are equal, replaces them by
    /// `operands[2..3]`, in one atomic step. What was found is left in `operands[0..1]`.
    ///
    /// @param address aligned to 16
    /// @return 1 when it stored, 0 when not, or -EFAULT
    int compareAndExchange16(long address, long[] operands);

    /// Takes over the faults of guest accesses in a range of host addresses, its guard bands of 4 GiB on either
    /// side, and accesses that miss it altogether. Everything else stays HotSpot's. The mode is [FaultMode#DIE] at
    /// first.
    ///
    /// @return 0 or a negative errno
    long installFaultHandler(long base, long size);

    /// Says what a guest access that faults does from now on, in every thread.
    void setFaultMode(FaultMode mode);

    /// Says what happens with a signal that is sent to us. Faults of our own are not concerned: SIGSEGV, SIGBUS,
    /// SIGFPE, SIGILL and SIGTRAP from the processor stay with HotSpot and the fault handler.
    ///
    /// @param flags SA_RESTART, SA_NOCLDSTOP, SA_NOCLDWAIT; others are ignored
    /// @return 0 or a negative errno
    long setSignalAction(int signal, SignalAction action, long flags);

    /// Sets the calling thread's signal mask (bit n-1: signal n); the synchronous signals stay unblocked.
    ///
    /// @return the mask before
    long setSignalMask(long mask);

    /// Starts a Java thread with all signals blocked: nobody can send it one before it has a slot to keep it in,
    /// and a thread that executes no guest code never gets one. A queued signal that met such a thread would have
    /// to be queued anew, behind later ones.
    default void startMasked(Thread thread) {
        long mask = setSignalMask(-1L);
        try {
            thread.start();
        } finally {
            setSignalMask(mask);
        }
    }

    /// Makes all threads that are not guest threads block the signals that can be sent, so that the kernel gives a
    /// signal for the process to a guest thread. Threads that they create inherit that.
    ///
    /// @return the number of threads that were told, or a negative errno
    long premaskThreads();

    /// Ends the process by a signal, with its default action. Does not return: where the signal does not end us,
    /// the exit status is 128 + signal.
    void dieBySignal(int signal);

    /// Starts a child process that makes system calls for us; needs [HostCapability#AGENT].
    ///
    /// @param flags CLONE_PARENT, and in the low byte the signal that its parent gets at its end
    /// @param error gets the negative errno when there is none
    /// @return the agent, or null
    default @Nullable Agent startAgent(long flags, long[] error) {
        error[0] = -HostConstants.ENOSYS;
        return null;
    }

    /// Makes the calls of a list and, when none of them made this process another program, those of `undo`; needs
    /// [HostCapability#AGENT].
    default void runCalls(CallList calls, CallList undo) {
        throw new UnsupportedOperationException("needs HostCapability.AGENT");
    }

    /// Ends the process at once, all threads, no shutdown hooks: exit_group(2).
    default void exit(int status) {
        syscall(HostSyscall.EXIT_GROUP, status);
    }
}
