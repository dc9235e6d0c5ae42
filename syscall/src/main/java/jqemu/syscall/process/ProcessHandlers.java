package jqemu.syscall.process;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.ProcessSyscalls;
import jqemu.tcg.cpu.PointerKeys;
import org.jspecify.annotations.Nullable;

/// What a process is told about the system, and what it says about itself: uname(2), sysinfo(2), prctl(2), sched(7),
/// getrandom(2).
final class ProcessHandlers implements ProcessSyscalls {
    private static final int UTSNAME_FIELD = 65;
    private static final int UTSNAME_SIZE = 6 * UTSNAME_FIELD;
    private static final int UTSNAME_RELEASE = 2 * UTSNAME_FIELD;
    private static final int UTSNAME_MACHINE = 4 * UTSNAME_FIELD;
    private static final byte[] MACHINE = {'a', 'a', 'r', 'c', 'h', '6', '4'};

    private static final int SYSINFO_SIZE = 112;
    private static final int SCHED_PARAM_SIZE = 4;
    private static final int TIMESPEC_SIZE = 16;

    private final byte @Nullable [] release;

    /// @param release what uname(2) is to report, or null for the host's
    ProcessHandlers(byte @Nullable [] release) {
        this.release = release;
    }

    // ---------------------------------------------------------------- the system

    @Override
    public long uname(GuestThread thread, long name) {
        NativeBuffer scratch = thread.scratch();
        long address = scratch.allocate(UTSNAME_SIZE);
        long result = thread.syscall(HostSyscall.UNAME, address, 0, 0, 0, 0, 0);
        if (result < 0) {
            return result;
        }
        byte[] bytes = scratch.get(address, UTSNAME_SIZE);
        put(bytes, UTSNAME_MACHINE, MACHINE);
        if (release != null) {
            put(bytes, UTSNAME_RELEASE, release);
        }
        thread.memory().write(name, bytes);
        return 0;
    }

    private static void put(byte[] name, int at, byte[] value) {
        int length = Math.min(value.length, UTSNAME_FIELD - 1);
        for (int i = 0; i < UTSNAME_FIELD; i++) {
            name[at + i] = i < length ? value[i] : 0;
        }
    }

    @Override
    public long sysinfo(GuestThread thread, long info) {
        return thread.syscall(HostSyscall.SYSINFO, HostPointers.required(thread, info, SYSINFO_SIZE), 0, 0, 0, 0, 0);
    }

    @Override
    public long getrandom(GuestThread thread, long buffer, long size, int flags) {
        long target = HostPointers.required(thread, buffer, size);
        return thread.blockingSyscall(HostSyscall.GETRANDOM, target, size, flags, 0, 0, 0);
    }

    @Override
    public long getcpu(GuestThread thread, long cpu, long node) {
        long hostCpu = HostPointers.optional(thread, cpu, 4);
        long hostNode = HostPointers.optional(thread, node, 4);
        return thread.syscall(HostSyscall.GETCPU, hostCpu, hostNode, 0, 0, 0, 0);
    }

    @Override
    public long membarrier(GuestThread thread, int command, int flags, int cpu) {
        return thread.syscall(HostSyscall.MEMBARRIER, command, flags, cpu, 0, 0, 0);
    }

    @Override
    public long personality(GuestThread thread, long persona) {
        int word = (int) persona; // the kernel's parameter is 32 bits wide
        return thread.syscall(HostSyscall.PERSONALITY, word, 0, 0, 0, 0, 0);
    }

    // ---------------------------------------------------------------- scheduling

    /// Calls of the form `call(pid, a1, a2, a3)`; the calling thread is 0 for the host.
    private static long sched(GuestThread thread, int call, int pid, long a1, long a2, long a3) {
        return thread.syscall(call, pid == thread.tid() ? 0 : pid, a1, a2, a3, 0, 0);
    }

    @Override
    public long sched_yield(GuestThread thread) {
        return thread.syscall(HostSyscall.SCHED_YIELD, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public long sched_setparam(GuestThread thread, int pid, long parameters) {
        long address = HostPointers.optional(thread, parameters, SCHED_PARAM_SIZE);
        return sched(thread, HostSyscall.SCHED_SETPARAM, pid, address, 0, 0);
    }

    @Override
    public long sched_getparam(GuestThread thread, int pid, long parameters) {
        long address = HostPointers.optional(thread, parameters, SCHED_PARAM_SIZE);
        return sched(thread, HostSyscall.SCHED_GETPARAM, pid, address, 0, 0);
    }

    @Override
    public long sched_setscheduler(GuestThread thread, int pid, int policy, long parameters) {
        long address = HostPointers.optional(thread, parameters, SCHED_PARAM_SIZE);
        return sched(thread, HostSyscall.SCHED_SETSCHEDULER, pid, policy, address, 0);
    }

    @Override
    public long sched_getscheduler(GuestThread thread, int pid) {
        return sched(thread, HostSyscall.SCHED_GETSCHEDULER, pid, 0, 0, 0);
    }

    @Override
    public long sched_setaffinity(GuestThread thread, int pid, long size, long mask) {
        long address = HostPointers.required(thread, mask, size);
        int length = (int) size; // the kernel's parameter is 32 bits wide
        return sched(thread, HostSyscall.SCHED_SETAFFINITY, pid, length, address, 0);
    }

    @Override
    public long sched_getaffinity(GuestThread thread, int pid, long size, long mask) {
        long address = HostPointers.required(thread, mask, size);
        int length = (int) size; // the kernel's parameter is 32 bits wide
        return sched(thread, HostSyscall.SCHED_GETAFFINITY, pid, length, address, 0);
    }

    @Override
    public long sched_get_priority_max(GuestThread thread, int policy) {
        return thread.syscall(HostSyscall.SCHED_GET_PRIORITY_MAX, policy, 0, 0, 0, 0, 0);
    }

    @Override
    public long sched_get_priority_min(GuestThread thread, int policy) {
        return thread.syscall(HostSyscall.SCHED_GET_PRIORITY_MIN, policy, 0, 0, 0, 0, 0);
    }

    @Override
    public long sched_rr_get_interval(GuestThread thread, int pid, long interval) {
        long address = HostPointers.required(thread, interval, TIMESPEC_SIZE);
        return sched(thread, HostSyscall.SCHED_RR_GET_INTERVAL, pid, address, 0, 0);
    }

    /// The structure begins with its own size, so that it is the host's kernel that looks at it.
    @Override
    public long sched_setattr(GuestThread thread, int pid, long attributes, int flags) {
        long size = attributes == 0 ? 0 : Integer.toUnsignedLong(thread.memory().readInt(attributes));
        long address = HostPointers.optional(thread, attributes, Math.max(size, 4));
        return sched(thread, HostSyscall.SCHED_SETATTR, pid, address, flags, 0);
    }

    @Override
    public long sched_getattr(GuestThread thread, int pid, long attributes, int size, int flags) {
        long address = HostPointers.optional(thread, attributes, Integer.toUnsignedLong(size));
        return sched(thread, HostSyscall.SCHED_GETATTR, pid, address, size, flags);
    }

    @Override
    public long getpriority(GuestThread thread, int which, int who) {
        return thread.syscall(HostSyscall.GETPRIORITY, which, who, 0, 0, 0, 0);
    }

    @Override
    public long setpriority(GuestThread thread, int which, int who, int priority) {
        return thread.syscall(HostSyscall.SETPRIORITY, which, who, priority, 0, 0, 0);
    }

    // ---------------------------------------------------------------- prctl

    @Override
    public long prctl(GuestThread thread, int option, long argument2, long argument3, long argument4, long argument5) {
        return switch (ProcessControls.kind(option)) {
            case NUMBERS -> thread.syscall(HostSyscall.PRCTL, option, argument2, argument3, argument4, argument5, 0);
            case ADDRESS -> {
                long address = HostPointers.optional(thread, argument2, ProcessControls.SIZE);
                yield thread.syscall(HostSyscall.PRCTL, option, address, argument3, argument4, argument5, 0);
            }
            case TAGGED_ADDRESSES -> taggedAddresses(option, argument2, argument3 | argument4 | argument5);
            case POINTER_KEYS ->
                (argument3 | argument4 | argument5) != 0 ? -Errno.EINVAL : resetPointerKeys(thread, argument2);
            case UNKNOWN -> -Errno.EINVAL;
        };
    }

    /// PR_PAC_RESET_KEYS: bits 0 to 4 are the keys, in the order of [PointerKeys]; none means all.
    private static long resetPointerKeys(GuestThread thread, long keys) {
        PointerKeys old = thread.env().pointerKeys();
        if (old == PointerKeys.NONE || (keys & ~PointerKeys.ALL) != 0) {
            return -Errno.EINVAL;
        }
        int wanted = keys == 0 ? PointerKeys.ALL : (int) keys;
        thread.env().setPointerKeys(old.renewed(wanted, new SecureRandom().nextLong()));
        return 0;
    }

    /// The guest's top byte is always ignored, also in system calls, so there is nothing to switch.
    private static long taggedAddresses(int option, long control, long others) {
        if (others != 0) {
            return -Errno.EINVAL;
        }
        if (option == ProcessControls.PR_GET_TAGGED_ADDR_CTRL) {
            return control == 0 ? ProcessControls.PR_TAGGED_ADDR_ENABLE : -Errno.EINVAL;
        }
        return (control & ~ProcessControls.PR_TAGGED_ADDR_ENABLE) == 0 ? 0 : -Errno.EINVAL;
    }

    /// The name of the calling thread, which the threads that it starts inherit.
    static String threadName(GuestThread thread) {
        long address = thread.scratch().allocate(ProcessControls.NAME_SIZE);
        thread.syscall(HostSyscall.PRCTL, ProcessControls.PR_GET_NAME, address, 0, 0, 0, 0);
        byte[] name = thread.scratch().get(address, ProcessControls.NAME_SIZE);
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf('\0'));
    }

    /// Names the calling thread, in at most 15 bytes.
    static void nameThread(GuestThread thread, String name) {
        thread.scratch().reset();
        long address = thread.scratch().string(name.getBytes(StandardCharsets.ISO_8859_1));
        thread.syscall(HostSyscall.PRCTL, ProcessControls.PR_SET_NAME, address, 0, 0, 0, 0);
    }
}
