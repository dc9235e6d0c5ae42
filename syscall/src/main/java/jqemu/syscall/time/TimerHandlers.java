package jqemu.syscall.time;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.TimerSyscalls;
import jqemu.syscall.process.GuestThread;

/// POSIX timers, timer_create(2): the host's, whose signals come like any others.
public final class TimerHandlers implements TimerSyscalls {
    private static final int SIGEVENT_SIZE = 64;
    private static final int SIGEVENT_NOTIFY = 12;
    private static final int SIGEVENT_TID = 16;
    private static final int SIGEV_THREAD_ID = 4;
    private static final int ITIMERSPEC_SIZE = 32;
    private static final int TIMER_SIZE = 4;

    @Override
    public long timer_create(GuestThread thread, int clock, long event, long timer) {
        long hostTimer = HostPointers.required(thread, timer, TIMER_SIZE);
        return thread.syscall(HostSyscall.TIMER_CREATE, clock, event(thread, event), hostTimer, 0, 0, 0);
    }

    /// A `sigevent` with the host's id of the thread that it names.
    private static long event(GuestThread thread, long vaddr) {
        if (vaddr == 0) {
            return 0;
        }
        NativeBuffer scratch = thread.scratch();
        long event = scratch.copyOf(thread.memory().read(vaddr, SIGEVENT_SIZE), 0, SIGEVENT_SIZE);
        if ((scratch.getInt(event + SIGEVENT_NOTIFY) & SIGEV_THREAD_ID) != 0) {
            scratch.putInt(event + SIGEVENT_TID, thread.process().hostTid(scratch.getInt(event + SIGEVENT_TID)));
        }
        return event;
    }

    @Override
    public long timer_settime(GuestThread thread, int timer, int flags, long value, long old) {
        long hostValue = HostPointers.required(thread, value, ITIMERSPEC_SIZE);
        long hostOld = HostPointers.optional(thread, old, ITIMERSPEC_SIZE);
        return thread.syscall(HostSyscall.TIMER_SETTIME, timer, flags, hostValue, hostOld, 0, 0);
    }

    @Override
    public long timer_gettime(GuestThread thread, int timer, long value) {
        long hostValue = HostPointers.required(thread, value, ITIMERSPEC_SIZE);
        return thread.syscall(HostSyscall.TIMER_GETTIME, timer, hostValue, 0, 0, 0, 0);
    }

    @Override
    public long timer_getoverrun(GuestThread thread, int timer) {
        return thread.syscall(HostSyscall.TIMER_GETOVERRUN, timer, 0, 0, 0, 0, 0);
    }

    @Override
    public long timer_delete(GuestThread thread, int timer) {
        return thread.syscall(HostSyscall.TIMER_DELETE, timer, 0, 0, 0, 0, 0);
    }
}
