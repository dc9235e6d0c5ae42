package jqemu.syscall.signal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.dispatch.SignalSyscalls;
import jqemu.syscall.process.GuestThread;

/// Signals: actions, masks, alternate stacks, sending, waiting, interval timers.
public final class SignalHandlers implements SignalSyscalls {
    private static final int SIG_BLOCK = 0;
    private static final int SIG_UNBLOCK = 1;
    private static final int SIG_SETMASK = 2;
    private static final int SIGSET_SIZE = 8;
    private static final int ITIMERVAL_SIZE = 32;
    private static final int TIMESPEC_SIZE = 16;

    /// `struct sigaction` of AArch64: handler, flags, restorer, mask.
    private static final int SIGACTION_SIZE = 32;

    // ---- actions and masks

    @Override
    public long rt_sigaction(GuestThread thread, int signal, long action, long old, long size) {
        if (size != SIGSET_SIZE || !Signals.isValid(signal)) {
            return -Errno.EINVAL;
        }
        if (action != 0 && (signal == Signals.SIGKILL || signal == Signals.SIGSTOP)) {
            return -Errno.EINVAL;
        }
        GuestMemory memory = thread.memory();
        SignalActions actions = thread.process().signalActions();
        ByteBuffer wanted = action == 0
                ? null
                : ByteBuffer.wrap(memory.read(action, SIGACTION_SIZE)).order(ByteOrder.LITTLE_ENDIAN);
        if (old != 0) {
            SignalActions.Action current = actions.get(signal);
            ByteBuffer result = ByteBuffer.allocate(SIGACTION_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            result.putLong(current.handler());
            result.putLong(current.flags());
            result.putLong(current.restorer());
            result.putLong(current.mask());
            memory.write(old, result.array());
        }
        if (wanted == null) {
            return 0;
        }
        return actions.set(
                signal,
                new SignalActions.Action(wanted.getLong(0), wanted.getLong(8), wanted.getLong(16), wanted.getLong(24)));
    }

    @Override
    public long rt_sigprocmask(GuestThread thread, int how, long set, long old, long size) {
        if (size != SIGSET_SIZE) {
            return -Errno.EINVAL;
        }
        ThreadSignals signals = thread.signals();
        long current = signals.mask();
        long wanted = set == 0 ? 0 : thread.memory().readLong(set);
        if (set != 0 && how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK) {
            return -Errno.EINVAL;
        }
        if (set != 0) {
            if (how != SIG_UNBLOCK && wanted != 0) {
                thread.process().signalActions().keepFromOtherThreads();
            }
            signals.setMask(
                    switch (how) {
                        case SIG_BLOCK -> current | wanted;
                        case SIG_UNBLOCK -> current & ~wanted;
                        default -> wanted;
                    });
        }
        if (old != 0) {
            thread.memory().writeLong(old, current);
        }
        return 0;
    }

    @Override
    public long rt_sigpending(GuestThread thread, long mask, long size) {
        long host = thread.memory().hostPointer(mask, size);
        return thread.syscall(HostSyscall.RT_SIGPENDING, host, size, 0, 0, 0, 0);
    }

    @Override
    public long rt_sigreturn(GuestThread thread, long ignored) {
        thread.signals().returnFromHandler();
        return GuestThread.NO_RESULT;
    }

    @Override
    public long sigaltstack(GuestThread thread, long stack, long old) {
        ThreadSignals signals = thread.signals();
        long sp = thread.env().sp();
        AltStack current = signals.altStack();
        AltStack wanted = current;
        if (stack != 0) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(thread.memory().read(stack, AltStack.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            wanted = AltStack.read(bytes, 0);
            long error = check(current, wanted, sp);
            if (error != 0) {
                return error;
            }
        }
        if (old != 0) {
            ByteBuffer bytes = ByteBuffer.allocate(AltStack.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            new AltStack(current.address(), current.reportedFlags(sp), current.size()).write(bytes, 0);
            thread.memory().write(old, bytes.array());
        }
        if (stack != 0) {
            boolean disable = (wanted.flags() & AltStack.SS_DISABLE) != 0;
            signals.setAltStack(disable ? AltStack.NONE : wanted);
        }
        return 0;
    }

    private static long check(AltStack current, AltStack wanted, long sp) {
        if (current.contains(sp)) {
            return -Errno.EPERM;
        }
        int mode = wanted.flags() & ~AltStack.SS_AUTODISARM;
        if (mode == AltStack.SS_DISABLE) {
            return 0;
        }
        if (mode != 0 && mode != AltStack.SS_ONSTACK) {
            return -Errno.EINVAL;
        }
        return wanted.size() < AltStack.MIN_SIZE ? -Errno.ENOMEM : 0;
    }

    // ---- waiting

    @Override
    public long rt_sigsuspend(GuestThread thread, long mask, long size) {
        if (size != SIGSET_SIZE) {
            return -Errno.EINVAL;
        }
        thread.signals().setTemporaryMask(thread.memory().readLong(mask));
        long none = 0;
        // ppoll of nothing without a time limit: sleeps until a signal comes
        return thread.blockingSyscall(HostSyscall.PPOLL, none, none, none, none, none, none);
    }

    @Override
    public long rt_sigtimedwait(GuestThread thread, long mask, long info, long timeout, long size) {
        GuestMemory memory = thread.memory();
        long hostMask = memory.hostPointer(mask, size);
        long hostInfo = info == 0 ? 0 : memory.hostPointer(info, SignalInfo.SIZE);
        long hostTimeout = timeout == 0 ? 0 : memory.hostPointer(timeout, TIMESPEC_SIZE);
        return thread.blockingSyscall(HostSyscall.RT_SIGTIMEDWAIT, hostMask, hostInfo, hostTimeout, size, 0, 0);
    }

    // ---- sending

    @Override
    public long kill(GuestThread thread, int pid, int signal) {
        if (isForOnlyThread(thread, pid, signal)) {
            return killOnlyThread(thread, signal);
        }
        return thread.syscall(HostSyscall.KILL, pid, signal, 0, 0, 0, 0);
    }

    /// Whether a signal to process `pid` can only be for the calling thread, at once.
    private static boolean isForOnlyThread(GuestThread thread, int pid, int signal) {
        return pid == thread.process().pid()
                && Signals.isValid(signal)
                && (thread.signals().mask() & Signals.bit(signal)) == 0
                && thread.process().isSingleThreaded();
    }

    /// Sends a signal to the only guest thread, which does not block it: it must take effect before the call
    /// returns. Sent to the process, the host might give it to one of the JVM's threads while ours goes on.
    private static long killOnlyThread(GuestThread thread, int signal) {
        int pid = thread.process().pid();
        NativeBuffer scratch = thread.scratch();
        SignalInfo info = SignalInfo.sentBy(pid, (int) thread.process().host().syscall(HostSyscall.GETUID), signal);
        long host = scratch.copyOf(info.bytes(), 0, SignalInfo.SIZE);
        return thread.syscall(HostSyscall.RT_TGSIGQUEUEINFO, pid, hostTid(thread, thread.tid()), signal, host, 0, 0);
    }

    @Override
    public long tkill(GuestThread thread, int tid, int signal) {
        return thread.syscall(HostSyscall.TKILL, hostTid(thread, tid), signal, 0, 0, 0, 0);
    }

    @Override
    public long tgkill(GuestThread thread, int pid, int tid, int signal) {
        return thread.syscall(HostSyscall.TGKILL, pid, hostTid(thread, tid), signal, 0, 0, 0);
    }

    @Override
    public long rt_sigqueueinfo(GuestThread thread, int pid, int signal, long info) {
        if (isForOnlyThread(thread, pid, signal)) {
            // queued to the thread, signals cannot overtake each other by way of the JVM's threads
            return rt_tgsigqueueinfo(thread, pid, thread.tid(), signal, info);
        }
        long host = thread.memory().hostPointer(info, SignalInfo.SIZE);
        return thread.syscall(HostSyscall.RT_SIGQUEUEINFO, pid, signal, host, 0, 0, 0);
    }

    @Override
    public long rt_tgsigqueueinfo(GuestThread thread, int pid, int tid, int signal, long info) {
        long host = thread.memory().hostPointer(info, SignalInfo.SIZE);
        return thread.syscall(HostSyscall.RT_TGSIGQUEUEINFO, pid, hostTid(thread, tid), signal, host, 0, 0);
    }

    private static int hostTid(GuestThread thread, int tid) {
        return thread.process().hostTid(tid);
    }

    // ---- timers

    @Override
    public long getitimer(GuestThread thread, int which, long value) {
        long host = thread.memory().hostPointer(value, ITIMERVAL_SIZE);
        return thread.syscall(HostSyscall.GETITIMER, which, host, 0, 0, 0, 0);
    }

    @Override
    public long setitimer(GuestThread thread, int which, long value, long old) {
        GuestMemory memory = thread.memory();
        long host = value == 0 ? 0 : memory.hostPointer(value, ITIMERVAL_SIZE);
        long hostOld = old == 0 ? 0 : memory.hostPointer(old, ITIMERVAL_SIZE);
        return thread.syscall(HostSyscall.SETITIMER, which, host, hostOld, 0, 0, 0);
    }
}
