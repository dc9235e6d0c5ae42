package jqemu.syscall.time;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.TimeSyscalls;
import jqemu.syscall.process.GuestThread;

/// Clocks and sleeping: clock_gettime(2), nanosleep(2), gettimeofday(2), times(2).
public final class TimeHandlers implements TimeSyscalls {
    private static final int TIMESPEC_SIZE = 16;
    private static final int TIMEVAL_SIZE = 16;
    private static final int TIMEZONE_SIZE = 8;
    private static final int TIMEX_SIZE = 208;
    private static final int TMS_SIZE = 32;

    @Override
    public long clock_gettime(GuestThread thread, int clock, long time) {
        return onClock(thread, HostSyscall.CLOCK_GETTIME, clock, HostPointers.required(thread, time, TIMESPEC_SIZE));
    }

    @Override
    public long clock_settime(GuestThread thread, int clock, long time) {
        return onClock(thread, HostSyscall.CLOCK_SETTIME, clock, HostPointers.required(thread, time, TIMESPEC_SIZE));
    }

    @Override
    public long clock_getres(GuestThread thread, int clock, long resolution) {
        long address = HostPointers.optional(thread, resolution, TIMESPEC_SIZE);
        return onClock(thread, HostSyscall.CLOCK_GETRES, clock, address);
    }

    @Override
    public long clock_adjtime(GuestThread thread, int clock, long state) {
        return onClock(thread, HostSyscall.CLOCK_ADJTIME, clock, HostPointers.required(thread, state, TIMEX_SIZE));
    }

    private static long onClock(GuestThread thread, int call, int clock, long address) {
        return thread.syscall(call, clock, address, 0, 0, 0, 0);
    }

    @Override
    public long nanosleep(GuestThread thread, long time, long remaining) {
        long address = HostPointers.required(thread, time, TIMESPEC_SIZE);
        long rest = HostPointers.optional(thread, remaining, TIMESPEC_SIZE);
        return thread.blockingSyscall(HostSyscall.NANOSLEEP, address, rest, 0, 0, 0, 0);
    }

    @Override
    public long clock_nanosleep(GuestThread thread, int clock, int flags, long time, long remaining) {
        long address = HostPointers.required(thread, time, TIMESPEC_SIZE);
        long rest = HostPointers.optional(thread, remaining, TIMESPEC_SIZE);
        return thread.blockingSyscall(HostSyscall.CLOCK_NANOSLEEP, clock, flags, address, rest, 0, 0);
    }

    @Override
    public long gettimeofday(GuestThread thread, long time, long zone) {
        return ofDay(thread, HostSyscall.GETTIMEOFDAY, time, zone);
    }

    @Override
    public long settimeofday(GuestThread thread, long time, long zone) {
        return ofDay(thread, HostSyscall.SETTIMEOFDAY, time, zone);
    }

    private static long ofDay(GuestThread thread, int call, long time, long zone) {
        long hostTime = HostPointers.optional(thread, time, TIMEVAL_SIZE);
        long hostZone = HostPointers.optional(thread, zone, TIMEZONE_SIZE);
        return thread.syscall(call, hostTime, hostZone, 0, 0, 0, 0);
    }

    @Override
    public long adjtimex(GuestThread thread, long state) {
        long address = HostPointers.required(thread, state, TIMEX_SIZE);
        return thread.syscall(HostSyscall.ADJTIMEX, address, 0, 0, 0, 0, 0);
    }

    @Override
    public long times(GuestThread thread, long times) {
        return thread.syscall(HostSyscall.TIMES, HostPointers.optional(thread, times, TMS_SIZE), 0, 0, 0, 0, 0);
    }
}
