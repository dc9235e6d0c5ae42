package jqemu.syscall.process;

import java.util.List;
import jqemu.loader.host.CallList;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.signal.SignalActions;
import jqemu.syscall.signal.Signals;

/// Makes a process another program: the last calls of a guest, up to execve(2). What is changed for it is undone when
/// that fails.
final class ProgramChange {
    private static final int SIG_SETMASK = 2;
    private static final int SIGNAL_SET_SIZE = 8;
    private static final int SIGACTION_SIZE = 32;
    private static final int RLIMIT_SIZE = 16;
    private static final long ALL_SIGNALS = -1L;
    private static final int STANDARD_SIGNALS = 31;

    private final GuestThread thread;
    private final LinuxProcess process;
    private final NativeBuffer buffer = new NativeBuffer();
    private final CallList calls = new CallList();
    private final CallList undo = new CallList();
    private final DescriptorMoves descriptors;

    ProgramChange(GuestThread thread) {
        this.thread = thread;
        this.process = thread.process();
        this.descriptors = new DescriptorMoves(calls, undo, process.resources().fds());
        setMask(ALL_SIGNALS, calls);
    }

    /// Executes a program of the host.
    ///
    /// @return a negative errno; in a child that is executed on its parent's thread, 0 when it has left
    long toHostProgram(byte[] path, byte[][] arguments, byte[][] environment) {
        descriptors.closeAllOnExec();
        descriptors.moveToGuestNumbers(process.resources().fds(), false);
        for (int resource = 0; resource < Limits.COUNT; resource++) {
            if (Limits.isEmulated(resource)) {
                setLimit(resource);
            }
        }
        return execute(path, arguments, environment, thread.signals().mask());
    }

    /// Executes a guest program: this one, once more.
    ///
    /// @param own our arguments: options, program, its arguments
    long toGuestProgram(List<byte[]> own, byte[][] environment) {
        descriptors.closeAllOnExec();
        String closed = descriptors.moveToGuestNumbers(process.resources().fds(), true);
        setLimit(Limits.NOFILE);
        setLimit(Limits.STACK);
        JavaCommand java = new JavaCommand(environment);
        java.property("closed", closed);
        addSignals(java);
        long mask = thread.signals().mask();
        return execute(JavaCommand.file(), java.arguments(own), java.environment(), mask);
    }

    /// Goes on with this guest in a JVM of its own; only for a child that is executed on its parent's thread.
    ///
    /// @param image the descriptor of what [ForkImage] wrote
    long toOwnJvm(int image) {
        descriptors.closeAllOnExec();
        descriptors.keep(image);
        descriptors.keep(process.program().file().fd());
        var fds = process.resources().fds();
        for (int fd = fds.next(0); fd >= 0; fd = fds.next(fd + 1)) {
            descriptors.keep(fds.host(fd));
        }
        for (int fd = 0; fd < 3; fd++) {
            descriptors.keep(fd);
        }
        for (Mapping mapping : process.memory().space().mappings()) {
            if (mapping.backing() >= 0) {
                descriptors.keep(mapping.backing());
            }
        }
        JavaCommand java = new JavaCommand(process.launch().environment());
        java.property("fork", Integer.toString(image));
        addSignals(java);
        // until the new JVM is ready, signals wait
        return execute(
                JavaCommand.file(),
                java.arguments(List.of(process.launch().arguments())),
                java.environment(),
                ALL_SIGNALS);
    }

    private void addSignals(JavaCommand java) {
        int ignored = 0;
        for (int signal = 1; signal <= STANDARD_SIGNALS; signal++) {
            if (process.signalActions().isIgnored(signal)) {
                ignored |= 1 << (signal - 1);
            }
        }
        java.property("ignored", Integer.toString(ignored));
        java.property("blocked", Integer.toString((int) thread.signals().mask()));
    }

    private long execute(byte[] path, byte[][] arguments, byte[][] environment, long mask) {
        setIgnoredSignals();
        setMask(mask, calls);
        setMask(process.isOnParentsThread() ? ALL_SIGNALS : thread.signals().mask(), undo);
        calls.require(HostSyscall.EXECVE, buffer.string(path), vector(arguments), vector(environment));
        process.host().runCalls(calls, undo);
        long error = process.hasLeft() ? 0 : calls.error();
        calls.free();
        undo.free();
        buffer.free();
        return error;
    }

    /// A caught signal becomes a default one by itself. The host knows already which ones are ignored, but for a
    /// child on its parent's thread.
    private void setIgnoredSignals() {
        SignalActions actions = process.signalActions();
        for (int signal = 1; signal <= Signals.COUNT; signal++) {
            boolean settable = signal != Signals.SIGKILL && signal != Signals.SIGSTOP;
            if (settable && process.isOnParentsThread()) {
                setAction(signal, actions.isIgnored(signal) ? Signals.SIG_IGN : Signals.SIG_DFL);
            }
        }
    }

    private void setAction(int signal, long handler) {
        long action = buffer.allocate(SIGACTION_SIZE);
        buffer.clear(action, SIGACTION_SIZE);
        buffer.putLong(action, handler);
        calls.add(HostSyscall.RT_SIGACTION, signal, action, 0, SIGNAL_SET_SIZE);
    }

    private void setMask(long mask, CallList list) {
        long set = buffer.allocate(SIGNAL_SET_SIZE);
        buffer.putLong(set, mask);
        list.add(HostSyscall.RT_SIGPROCMASK, SIG_SETMASK, set, 0, SIGNAL_SET_SIZE);
    }

    private void setLimit(int resource) {
        Limits limits = process.resources().limits();
        long now = buffer.allocate(RLIMIT_SIZE);
        long wanted = buffer.allocate(RLIMIT_SIZE);
        buffer.putLong(wanted, limits.soft(resource));
        buffer.putLong(wanted + 8, limits.hard(resource));
        calls.add(HostSyscall.PRLIMIT64, 0, resource, wanted, now);
        undo.add(HostSyscall.PRLIMIT64, 0, resource, now);
    }

    private long vector(byte[][] strings) {
        long vector = buffer.allocate((strings.length + 1) * 8);
        for (int i = 0; i < strings.length; i++) {
            buffer.putLong(vector + 8L * i, buffer.string(strings[i]));
        }
        buffer.putLong(vector + 8L * strings.length, 0);
        return vector;
    }
}
