package jqemu.syscall.process;

import java.util.OptionalLong;
import jqemu.loader.host.Host;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestMemory;
import jqemu.plugin.api.Discontinuity;
import jqemu.plugin.api.SystemCall;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.signal.SignalInfo;
import jqemu.syscall.signal.Signals;
import jqemu.syscall.signal.ThreadSignals;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.exec.GuestEnvironment;
import jqemu.tcg.exec.MemoryFault;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.instrument.Instrumentation;
import jqemu.tcg.instrument.PluginJump;
import jqemu.tcg.ir.GuestException;

/// One thread of the guest process, and what its vCPU meets when it leaves guest code. It is executed by one Java
/// thread, on which all its methods are called.
public final class GuestThread implements GuestEnvironment, ThreadSignals.Receiver {
    /// The result of a system call that leaves the registers as they are (`rt_sigreturn`), QEMU's
    /// `-QEMU_ESIGRETURN`.
    public static final long NO_RESULT = -513;

    private static final int SYSTEM_CALL_NUMBER = 8;
    /// The bytes of an instruction.
    static final int INSTRUCTION_SIZE = 4;

    private final LinuxProcess process;
    private final CpuState env;
    private final int tid;
    private final Vcpu vcpu;
    private final ThreadSignals signals;
    private final NativeBuffer scratch = new NativeBuffer();

    /// The guest address to clear and wake at the thread's end, or 0.
    private long clearChildTid;
    private long robustList;

    /// The thread executes guest code; guarded by the process's gate.
    private boolean inside;

    /// The system call before the pc was interrupted and is to be made again or to fail, as the signal's action
    /// says.
    private boolean interruptedCall;

    GuestThread(LinuxProcess process, CpuState env, int tid, long signalMask) {
        this.process = process;
        this.env = env;
        this.tid = tid;
        this.vcpu = new Vcpu(env, process.translator(), process.blocks(), this);
        this.signals = new ThreadSignals(
                process.signalActions(),
                process.host(),
                env,
                process.isOnParentsThread() ? 0 : env.threadSlot(),
                process.trampoline(),
                signalMask,
                this);
    }

    /// The process.
    public LinuxProcess process() {
        return process;
    }

    /// The processor that executes the thread.
    public Vcpu vcpu() {
        return vcpu;
    }

    /// The thread's registers.
    public CpuState env() {
        return env;
    }

    /// The thread's id as the guest sees it; the main thread's is the process id.
    public int tid() {
        return tid;
    }

    /// The thread's signals.
    public ThreadSignals signals() {
        return signals;
    }

    /// The guest's memory.
    public GuestMemory memory() {
        return process.memory();
    }

    /// Host memory for the system call that this thread makes, empty when it begins.
    public NativeBuffer scratch() {
        return scratch;
    }

    /// Sets the guest address to clear and wake at the thread's end (set_tid_address(2)); 0 for none.
    public void setClearChildTid(long address) {
        clearChildTid = address;
    }

    /// set_robust_list(2): the guest address of the list's head, or 0.
    void setRobustList(long head) {
        robustList = head;
    }

    long robustList() {
        return robustList;
    }

    long clearChildTid() {
        return clearChildTid;
    }

    boolean isInside() {
        return inside;
    }

    void setInside(boolean executesGuestCode) {
        inside = executesGuestCode;
    }

    /// A host system call that does not block.
    public long syscall(int number, long a0, long a1, long a2, long a3, long a4, long a5) {
        return process.host().syscall(number, a0, a1, a2, a3, a4, a5);
    }

    /// A host system call that may block: a signal for this thread ends it with [Host#ERESTARTSYS], after which the
    /// dispatcher delivers the signal and restarts the call or makes it fail with `-EINTR`, as Linux does.
    public long blockingSyscall(int number, long a0, long a1, long a2, long a3, long a4, long a5) {
        if (!process.instrumentation().watchesIdle()) {
            return process.host().interruptibleSyscall(env.threadSlot(), number, a0, a1, a2, a3, a4, a5);
        }
        // inside while a plugin's callback runs, so that a plugin that goes has no callback running
        process.enterGuest(this);
        process.instrumentation().vcpuIdle(env);
        process.leaveGuest(this);
        long result = process.host().interruptibleSyscall(env.threadSlot(), number, a0, a1, a2, a3, a4, a5);
        process.enterGuest(this);
        process.instrumentation().vcpuResumed(env);
        process.leaveGuest(this);
        return result;
    }

    // ---- execution

    @Override
    public void take(int signal, SignalInfo info) {
        process.logTaken(this, signal, info);
    }

    @Override
    public void endBySignal(SignalInfo info) {
        process.endBySignal(this, info);
    }

    /// Executes the thread until it ends.
    void run() {
        process.enterGuest(this);
        vcpu.run();
        process.leaveGuest(this);
    }

    @Override
    public void systemCall(Vcpu vcpu) {
        if (process.instrumentation().watchesSystemCalls()) {
            watchedSystemCall();
            return;
        }
        process.leaveGuest(this);
        long result = process.dispatch(
                this, (int) env.x(SYSTEM_CALL_NUMBER), env.x(0), env.x(1), env.x(2), env.x(3), env.x(4), env.x(5));
        setResult(result);
        process.enterGuest(this);
    }

    private void setResult(long result) {
        if (result == Host.ERESTARTSYS) {
            // x0 still holds the first argument: going back to the SVC makes the call again
            interruptedCall = true;
            env.setPc(env.pc() - INSTRUCTION_SIZE);
        } else if (result != NO_RESULT) {
            env.setX(0, result);
        }
    }

    /// A system call with plugins around it. Their callbacks run inside the gate: no vCPU executes them while
    /// plugins are reset.
    private void watchedSystemCall() {
        Instrumentation plugins = process.instrumentation();
        long from = env.pc() - INSTRUCTION_SIZE;
        SystemCall call =
                new SystemCall(env.x(SYSTEM_CALL_NUMBER), env.x(0), env.x(1), env.x(2), env.x(3), env.x(4), env.x(5));
        try {
            OptionalLong filtered = plugins.systemCall(env, call);
            long result;
            if (filtered.isPresent()) {
                result = filtered.getAsLong();
                env.setX(0, result);
            } else {
                process.leaveGuest(this);
                result = process.dispatch(
                        this, (int) call.number(), call.a0(), call.a1(), call.a2(), call.a3(), call.a4(), call.a5());
                setResult(result);
                process.enterGuest(this);
            }
            plugins.systemCallReturned(env, call.number(), result);
            plugins.discontinued(env, Discontinuity.HOST_CALL, from, env.pc());
        } catch (PluginJump jump) {
            jump.land(env);
        }
    }

    @Override
    public void interrupt(Vcpu vcpu) {
        process.leaveGuest(this);
        // first rearm, then look: a signal that comes between is seen here or interrupts again
        ThreadSlot.setPoll(env.threadSlot(), ThreadSlot.MAX_DEPTH);
        DeferredChild deferred = process.deferred();
        if (deferred != null) {
            deferred.interrupted(this);
        } else if (process.instrumentation().hasDepartures()) {
            process.servePlugins();
        }
        long from = env.pc();
        boolean delivers = signals.isPending();
        if (delivers) {
            if (interruptedCall && !restarts()) {
                env.setX(0, -Errno.EINTR);
                env.setPc(env.pc() + INSTRUCTION_SIZE);
            }
            interruptedCall = false;
            from = env.pc();
            signals.deliverPending();
        }
        process.enterGuest(this);
        if (delivers && env.pc() != from) {
            process.instrumentation().discontinued(env, Discontinuity.INTERRUPT, from, env.pc());
        }
    }

    /// Whether an interrupted call is made again. The signal came before the kernel was asked to wait, or the
    /// kernel would have made the call again; where Linux says `-EINTR`, the host has said so. But a mask that was
    /// set for this call alone let the signal in: then it belongs to the call.
    private boolean restarts() {
        return !signals.hasTemporaryMask() || !signals.pendingAction().isHandler();
    }

    @Override
    public void exception(Vcpu vcpu, GuestException exception, long syndrome) {
        SignalInfo info = switch (exception) {
            case UNDEFINED -> SignalInfo.fault(Signals.SIGILL, Signals.ILL_ILLOPC, env.pc());
            case BREAKPOINT -> SignalInfo.fault(Signals.SIGTRAP, Signals.TRAP_BRKPT, env.pc());
            case MISALIGNED_PC -> SignalInfo.fault(Signals.SIGBUS, Signals.BUS_ADRALN, env.pc());
            case ILLEGAL_OPERAND -> SignalInfo.fault(Signals.SIGILL, Signals.ILL_ILLOPN, env.pc());
            case INSTRUCTION_FETCH -> SignalInfo.fault(Signals.SIGSEGV, memory().faultCode(env.pc()), env.pc());
        };
        deliverFault(info);
    }

    @Override
    public void memoryFault(Vcpu vcpu, MemoryFault fault, long address, boolean write) {
        SignalInfo info = switch (fault) {
            case ACCESS -> SignalInfo.fault(Signals.SIGSEGV, memory().faultCode(address), address);
            case NO_BACKING -> SignalInfo.fault(Signals.SIGBUS, Signals.BUS_ADRERR, address);
            case ALIGNMENT -> SignalInfo.fault(Signals.SIGBUS, Signals.BUS_ADRALN, address);
        };
        deliverFault(info);
    }

    private void deliverFault(SignalInfo info) {
        process.leaveGuest(this);
        process.logException(this, info);
        long from = env.pc();
        signals.deliverFault(info);
        process.enterGuest(this);
        process.instrumentation().discontinued(env, Discontinuity.EXCEPTION, from, env.pc());
    }
}
