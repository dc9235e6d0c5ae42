package jqemu.syscall.process;

import jqemu.loader.host.Agent;
import jqemu.loader.host.AgentHost;
import jqemu.loader.host.ThreadSlot;
import jqemu.syscall.signal.SignalInfo;
import jqemu.syscall.signal.Signals;
import jqemu.tcg.cpu.CpuState;
import org.jspecify.annotations.Nullable;

/// A child between fork and the moment when it becomes a process that needs us no longer: its guest code is executed on
/// the thread of its parent, in the parent's memory, while an [Agent] makes its system calls. Most children execute
/// another program or end before they do anything else, and so cost no JVM of their own.
///
/// A child of vfork(2) shares the memory anyway. That of fork(2) works on memory that is restored afterwards. When it
/// is about to do something that takes long, or that could not be undone, a JVM of its own goes on with it: [#move].
final class DeferredChild {
    /// How long a forked child may keep its parent waiting.
    private static final long PATIENCE_MILLIS = 40;

    private final GuestThread parent;
    private final boolean sharesMemory;
    private @Nullable MemoryJournal journal;

    private DeferredChild(GuestThread parent, boolean sharesMemory) {
        this.parent = parent;
        this.sharesMemory = sharesMemory;
    }

    /// Executes a child up to where it leaves.
    ///
    /// @param agent makes its system calls
    static void execute(GuestThread parent, Agent agent, CloneRequest request) {
        LinuxProcess process = parent.process();
        DeferredChild deferred = new DeferredChild(parent, request.sharesMemory());
        LinuxProcess child = process.child(new AgentHost(process.host(), agent), deferred);
        long mask = parent.signals().mask();
        process.host().setSignalMask(-1L);
        process.keepFaults(true);
        if (deferred.sharesMemory) {
            deferred.run(child, request);
        } else {
            deferred.runInCopy(child, request);
        }
        agent.free();
        ThreadSlot.clearFault(parent.env().threadSlot());
        process.keepFaults(false);
        parent.signals().setMask(mask);
        if (parent.signals().isPending() || process.instrumentation().hasDepartures()) {
            parent.vcpu().requestInterrupt();
        }
    }

    /// With other threads, or with plugins, whose callbacks would count the child's work as the parent's, the child
    /// goes on elsewhere at once; and when there is too much memory to copy it twice.
    private void runInCopy(LinuxProcess child, CloneRequest request) {
        LinuxProcess process = parent.process();
        boolean alone = process.isSingleThreaded() && !process.instrumentation().isActive();
        MemoryCopy copy = alone ? MemoryCopy.of(process.host(), process.memory()) : null;
        if (copy == null) {
            long word = process.memory().hostPointer(request.childTid(), Integer.BYTES);
            long before = process.host().loadOr(word, Integer.BYTES, 0);
            process.whileOthersStop(() -> leave(() -> move(thread(child, request))));
            process.host().store(word, Integer.BYTES, before);
            return;
        }
        journal = new MemoryJournal(process.memory().space());
        ForkTimer.start(parent.vcpu(), PATIENCE_MILLIS);
        run(child, request);
        ForkTimer.stop();
        journal.undo();
        copy.restore();
    }

    private void run(LinuxProcess child, CloneRequest request) {
        GuestThread thread = thread(child, request);
        child.instrumentation().vcpuIs(thread.env());
        leave(thread::run);
        child.instrumentation().vcpuIs(parent.env());
    }

    private static void leave(Runnable code) {
        try {
            code.run();
        } catch (ProcessLeft left) {
            return;
        }
        throw new IllegalStateException("a child stopped without leaving");
    }

    private GuestThread thread(LinuxProcess child, CloneRequest request) {
        CpuState env =
                new CpuState(parent.env().index(), child.memory(), parent.env().threadSlot());
        request.prepare(env, parent.env());
        GuestThread thread =
                new GuestThread(child, env, child.pid(), parent.signals().mask());
        if (request.stack() == 0) {
            thread.signals().setAltStack(parent.signals().altStack());
        }
        child.threads().add(thread);
        request.storeChildTid(thread);
        return thread;
    }

    // ---- while it runs

    void enterGuest() {
        parent.process().enterGuest(parent);
    }

    void leaveGuest() {
        parent.process().leaveGuest(parent);
    }

    /// Before a system call: one that may block, or that could not be undone, is made by the child's own JVM.
    void beforeCall(GuestThread thread, int number, long a0, long a1, long a2, long a3) {
        endIfFaulted(thread);
        MemoryJournal changes = journal;
        if (changes == null
                || changes.takes(thread, number, a0, a1, a2, a3)
                || HarmlessCalls.has(thread, number, a0, a1, a2)) {
            return;
        }
        thread.env().setPc(thread.env().pc() - GuestThread.INSTRUCTION_SIZE);
        move(thread);
    }

    /// Compiled code that does not look for faults goes on after one. Nobody handles it, so where exactly it was
    /// does not matter, and what was done since is undone, or never reaches the host.
    private static void endIfFaulted(GuestThread thread) {
        long slot = thread.env().threadSlot();
        if (ThreadSlot.isFault(slot)) {
            thread.endBySignal(SignalInfo.fault(ThreadSlot.faultSignal(slot), 0, 0));
        }
    }

    /// The child was interrupted: it has kept its parent waiting for too long.
    void interrupted(GuestThread thread) {
        endIfFaulted(thread);
        if (journal != null && ForkTimer.isOver()) {
            move(thread);
        }
    }

    /// Lets a JVM of its own go on with the child.
    private static void move(GuestThread thread) {
        long image = ForkImage.write(thread);
        long error = image < 0 ? image : new ProgramChange(thread).toOwnJvm((int) image);
        if (error < 0) {
            // what the kernel does with a process that it cannot keep alive
            thread.endBySignal(SignalInfo.fault(Signals.SIGKILL, 0, 0));
        }
        throw new ProcessLeft();
    }
}
