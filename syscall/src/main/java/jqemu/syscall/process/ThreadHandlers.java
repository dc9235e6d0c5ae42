package jqemu.syscall.process;

import java.util.concurrent.SynchronousQueue;
import jqemu.loader.host.Agent;
import jqemu.loader.host.HostCapability;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.dispatch.ThreadSyscalls;
import jqemu.syscall.fs.FdTable;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.instrument.PluginFailure;

/// Threads and children: clone(2), futex(2), the ends of threads and of the process.
public final class ThreadHandlers implements ThreadSyscalls {
    private static final int FUTEX_WAKE = 1;
    private static final int WORD = 4;

    /// Room for [ThreadSlot#MAX_DEPTH] nested calls, twice, because a child is executed on top of its parent; the
    /// main thread gets as much by a flag of the JVM.
    private static final long JAVA_STACK_SIZE = 8 << 20;

    // ---- ends

    @Override
    public long exit(GuestThread thread, int status) {
        LinuxProcess process = thread.process();
        if (process.threads().count() == 1) {
            process.exit(status);
        }
        process.vcpuEnded(thread);
        thread.vcpu().stop();
        return GuestThread.NO_RESULT;
    }

    @Override
    public long exit_group(GuestThread thread, int status) {
        thread.process().exit(status);
        return GuestThread.NO_RESULT;
    }

    @Override
    public long set_tid_address(GuestThread thread, long address) {
        thread.setClearChildTid(address);
        return thread.tid();
    }

    // ---- clone

    /// A caller is told that the call is unknown where a flag is, so that it does with clone(2) what it can.
    @Override
    public long clone3(GuestThread thread, long arguments, long size) {
        if (size < CloneRequest.SMALLEST_ARGUMENTS) {
            return -Errno.EINVAL;
        }
        if (size > GuestMemory.PAGE_SIZE) {
            return -Errno.E2BIG;
        }
        CloneRequest request = CloneRequest.read(thread.memory(), arguments, (int) size);
        return request == null ? -Errno.ENOSYS : start(thread, request);
    }

    /// What the kernel calls instead of a call that a signal interrupted; a program that does gets this.
    @Override
    public long restart_syscall(GuestThread thread) {
        return -Errno.EINTR;
    }

    @Override
    public long clone(GuestThread thread, long flags, long stack, long parentTid, long tls, long childTid) {
        return start(thread, new CloneRequest(flags, stack, parentTid, tls, childTid, parentTid));
    }

    private static long start(GuestThread thread, CloneRequest request) {
        if (request.isContradictory()) {
            return -Errno.EINVAL;
        }
        if (!request.isForThread()) {
            return request.isForProcess() ? fork(thread, request) : -Errno.EINVAL;
        }
        if (thread.process().isOnParentsThread()) {
            return -Errno.EAGAIN; // a child of vfork(2) has no JVM that could have a thread for it
        }
        LinuxProcess process = thread.process();
        process.becomeMultithreaded();
        SynchronousQueue<Integer> started = new SynchronousQueue<>();
        Thread java = new Thread(
                null, () -> runChild(thread, request, started), ProcessHandlers.threadName(thread), JAVA_STACK_SIZE);
        java.setDaemon(true);
        try {
            process.host().startMasked(java);
        } catch (OutOfMemoryError e) {
            return -Errno.EAGAIN;
        }
        return take(started);
    }

    /// A child process: what the guest does in it is executed here until it needs us no longer.
    private static long fork(GuestThread thread, CloneRequest request) {
        LinuxProcess process = thread.process();
        if (!process.host().has(HostCapability.AGENT)) {
            return process.isOnParentsThread() ? -Errno.EAGAIN : -Errno.ENOSYS;
        }
        FdTable fds = process.resources().fds();
        boolean wantsPidfd = request.has(CloneRequest.CLONE_PIDFD);
        if (wantsPidfd && fds.isFull()) {
            return -Errno.EMFILE;
        }
        if (wantsPidfd) {
            thread.memory().writeInt(request.pidfd(), 0); // a bad address ends the call before it does anything
        }
        long[] error = new long[1];
        Agent agent =
                process.host().startAgent(request.flags() & (CloneRequest.SIGNAL | CloneRequest.CLONE_PARENT), error);
        if (agent == null) {
            return error[0];
        }
        int pid = agent.pid();
        // now, while the child is sure to be there; its number only when the child has got the parent's descriptors
        long pidfd = wantsPidfd ? process.host().syscall(HostSyscall.PIDFD_OPEN, pid, 0) : 0;
        DeferredChild.execute(thread, agent, request);
        request.storeParentTid(thread.memory(), pid);
        if (wantsPidfd) {
            CloneRequest.storeId(thread.memory(), request.pidfd(), (int) fds.add(pidfd, true));
        }
        return pid;
    }

    /// The child's Java thread from its first to its last instruction.
    private static void runChild(GuestThread parent, CloneRequest request, SynchronousQueue<Integer> started) {
        LinuxProcess process = parent.process();
        long slot = process.host().registerThread();
        int tid = ThreadSlot.tid(slot);
        CpuState env = new CpuState(process.threads().nextIndex(), process.memory(), slot);
        request.prepare(env, parent.env());
        GuestThread child = new GuestThread(process, env, tid, parent.signals().mask());
        process.threads().add(child);
        request.storeChildTid(child);
        // not by the parent: this may be the word that the child's end clears, and that may come first
        request.storeParentTid(process.memory(), tid);
        put(started, tid);
        try {
            process.vcpuStarted(child);
            child.run();
        } catch (PluginFailure failure) {
            FatalError.report(process, failure);
        } catch (RuntimeException | Error e) {
            FatalError.report(process, e);
        }
        end(process, child);
    }

    /// Ends a thread that executes no more guest code, as the kernel does: clears its tid word and wakes who waits
    /// for it.
    static void end(LinuxProcess process, GuestThread child) {
        process.threads().remove(child);
        RobustList.ownerDies(child);
        long address = child.clearChildTid();
        if (address != 0) {
            CloneRequest.storeId(process.memory(), address, 0);
            long host = process.memory().hostPointer(address, WORD);
            process.host().syscall(HostSyscall.FUTEX, host, FUTEX_WAKE, 1);
        }
        process.host().setSignalMask(-1L); // what comes now finds no slot
        process.host().unregisterThread(child.env().threadSlot());
    }

    private static int take(SynchronousQueue<Integer> queue) {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // nobody interrupts guest threads: go on waiting
            }
        }
    }

    private static void put(SynchronousQueue<Integer> queue, int tid) {
        while (true) {
            try {
                queue.put(tid);
                return;
            } catch (InterruptedException e) {
                // nobody interrupts guest threads: go on waiting
            }
        }
    }
}
