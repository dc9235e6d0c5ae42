package jqemu.syscall.signal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.host.Host;
import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;

/// One guest thread's signal state, and delivery to it.
///
/// The guest's mask is the host's mask of the same thread, so that a blocked signal waits in the kernel. The host's
/// handler leaves a caught signal in the thread's slot with all others blocked until it is delivered here.
public final class ThreadSignals {
    /// `mov x8, #139; svc #0`: calls `rt_sigreturn`.
    private static final int[] TRAMPOLINE = {0xd2801168, 0xd4000001};

    private final SignalActions actions;
    private final Host host;
    private final GuestMemory memory;
    private final CpuState env;
    private final long threadSlot;
    private final Receiver receiver;
    private final SignalTrampoline trampoline;

    private long mask;
    private AltStack altStack = AltStack.NONE;

    /// Mask to go back to after `rt_sigsuspend` and its like, when [#hasSavedMask].
    private long savedMask;

    private boolean hasSavedMask;

    /// Who learns of what becomes of signals.
    public interface Receiver {
        /// A signal is about to be delivered: to its handler, or to its default action.
        void take(int signal, SignalInfo info);

        /// Ends the process by this signal; does not return.
        void endBySignal(SignalInfo info);
    }

    /// The signals of the thread with registers `env`; its mask on the host is set to `mask`.
    ///
    /// @param threadSlot where the host's handler leaves signals for it; 0 for a child to which none come yet
    public ThreadSignals(
            SignalActions actions,
            Host host,
            CpuState env,
            long threadSlot,
            SignalTrampoline trampoline,
            long mask,
            Receiver receiver) {
        this.actions = actions;
        this.host = host;
        this.memory = env.memory();
        this.env = env;
        this.threadSlot = threadSlot;
        this.trampoline = trampoline;
        this.receiver = receiver;
        setMask(mask);
    }

    /// The signals that the guest blocks.
    public long mask() {
        return mask;
    }

    /// Sets the signals that the guest blocks.
    public void setMask(long newMask) {
        mask = Signals.blockable(newMask);
        if (!isPending()) {
            host.setSignalMask(mask);
        }
    }

    /// Blocks `temporary` until a handler is called; for `rt_sigsuspend`, which may be made again before one is.
    public void setTemporaryMask(long temporary) {
        savedMask = hasSavedMask ? savedMask : mask;
        hasSavedMask = true;
        setMask(temporary);
    }

    /// Whether a mask of [#setTemporaryMask] is in force.
    public boolean hasTemporaryMask() {
        return hasSavedMask;
    }

    /// The alternate stack.
    public AltStack altStack() {
        return altStack;
    }

    /// Sets the alternate stack.
    public void setAltStack(AltStack stack) {
        altStack = stack;
    }

    // ---- delivery

    /// Whether a caught signal waits for [#deliverPending].
    public boolean isPending() {
        return threadSlot != 0 && ThreadSlot.isPending(threadSlot);
    }

    /// The action of the signal that waits.
    public SignalActions.Action pendingAction() {
        return actions.get(ThreadSlot.signal(threadSlot));
    }

    /// Delivers the signal that waits in the thread's slot.
    public void deliverPending() {
        byte[] bytes = new byte[SignalInfo.SIZE];
        ThreadSlot.readSiginfo(threadSlot, bytes);
        int signal = ThreadSlot.signal(threadSlot);
        ThreadSlot.finishSignal(threadSlot);
        SignalInfo info = new SignalInfo(bytes);
        receiver.take(signal, info);
        deliver(signal, info, 0);
        host.setSignalMask(mask);
    }

    /// Delivers a signal that the thread's own instruction caused: one that is blocked or ignored ends the process.
    public void deliverFault(SignalInfo info) {
        int signal = info.signal();
        receiver.take(signal, info);
        boolean blocked = (mask & Signals.bit(signal)) != 0;
        if (blocked || !actions.get(signal).isHandler()) {
            receiver.endBySignal(info);
        }
        deliver(signal, info, info.address());
        if (!isPending()) {
            host.setSignalMask(mask);
        }
    }

    private void deliver(int signal, SignalInfo info, long faultAddress) {
        SignalActions.Action action = actions.get(signal);
        if (!action.isHandler()) {
            // the action may have changed since the signal was caught
            if (action.handler() == Signals.SIG_DFL && Signals.isFatalByDefault(signal)) {
                receiver.endBySignal(info);
            }
            return;
        }
        if (action.has(Signals.SA_RESETHAND)) {
            actions.set(signal, new SignalActions.Action(Signals.SIG_DFL, action.flags(), 0, action.mask()));
        }
        callHandler(signal, action, info, faultAddress);
    }

    private void callHandler(int signal, SignalActions.Action action, SignalInfo info, long faultAddress) {
        boolean switches = action.has(Signals.SA_ONSTACK) && altStack.isEnabled() && !altStack.contains(env.sp());
        long top = switches ? altStack.address() + altStack.size() : env.sp();
        long restorer = action.has(Signals.SA_RESTORER) ? action.restorer() : trampoline.address();
        SignalFrame.Context context = new SignalFrame.Context(hasSavedMask ? savedMask : mask, altStack);
        try {
            SignalFrame.push(env, memory, top, info, faultAddress, context, action.handler(), restorer);
        } catch (GuestFault fault) {
            // no room for the frame: the kernel forces SIGSEGV, whose own handler could not be called either
            receiver.endBySignal(SignalInfo.fault(Signals.SIGSEGV, Signals.SI_KERNEL, 0));
        }
        hasSavedMask = false;
        if (switches && (altStack.flags() & AltStack.SS_AUTODISARM) != 0) {
            altStack = AltStack.NONE;
        }
        long own = action.has(Signals.SA_NODEFER) ? 0 : Signals.bit(signal);
        mask = Signals.blockable(mask | action.mask() | own);
    }

    /// Returns from a handler, `rt_sigreturn`: a frame that cannot be read ends the process as a fault would.
    public void returnFromHandler() {
        SignalFrame.Context context;
        try {
            context = SignalFrame.pop(env, memory);
        } catch (GuestFault fault) {
            deliverFault(SignalInfo.fault(Signals.SIGSEGV, Signals.SEGV_MAPERR, fault.vaddr()));
            return;
        }
        altStack = context.stack();
        setMask(context.mask());
    }

    /// The code that a handler returns to when its action has no restorer.
    static byte[] trampolineCode() {
        ByteBuffer code = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        return code.putInt(TRAMPOLINE[0]).putInt(TRAMPOLINE[1]).array();
    }
}
