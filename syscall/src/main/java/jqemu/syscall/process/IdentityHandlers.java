package jqemu.syscall.process;

import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.IdentitySyscalls;

/// Who a process is: its ids, its users and groups (credentials(7)). A change of users concerns the calling thread
/// only, as on Linux; libc tells the other threads.
final class IdentityHandlers implements IdentitySyscalls {
    private static final int ID_SIZE = 4;

    private static long host(GuestThread thread, int call, long a0, long a1, long a2) {
        return thread.syscall(call, a0, a1, a2, 0, 0, 0);
    }

    // ---------------------------------------------------------------- processes

    @Override
    public long getpid(GuestThread thread) {
        return thread.process().pid();
    }

    @Override
    public long getppid(GuestThread thread) {
        return host(thread, HostSyscall.GETPPID, 0, 0, 0);
    }

    @Override
    public long gettid(GuestThread thread) {
        return thread.tid();
    }

    @Override
    public long setpgid(GuestThread thread, int pid, int group) {
        return host(thread, HostSyscall.SETPGID, pid, group, 0);
    }

    @Override
    public long getpgid(GuestThread thread, int pid) {
        return host(thread, HostSyscall.GETPGID, pid, 0, 0);
    }

    @Override
    public long getsid(GuestThread thread, int pid) {
        return host(thread, HostSyscall.GETSID, pid, 0, 0);
    }

    @Override
    public long setsid(GuestThread thread) {
        return host(thread, HostSyscall.SETSID, 0, 0, 0);
    }

    // ---------------------------------------------------------------- users

    @Override
    public long getuid(GuestThread thread) {
        return host(thread, HostSyscall.GETUID, 0, 0, 0);
    }

    @Override
    public long geteuid(GuestThread thread) {
        return host(thread, HostSyscall.GETEUID, 0, 0, 0);
    }

    @Override
    public long setuid(GuestThread thread, int uid) {
        return host(thread, HostSyscall.SETUID, uid, 0, 0);
    }

    @Override
    public long setreuid(GuestThread thread, int uid, int euid) {
        return host(thread, HostSyscall.SETREUID, uid, euid, 0);
    }

    @Override
    public long setresuid(GuestThread thread, int uid, int euid, int suid) {
        return host(thread, HostSyscall.SETRESUID, uid, euid, suid);
    }

    @Override
    public long getresuid(GuestThread thread, long uid, long euid, long suid) {
        return ids(thread, HostSyscall.GETRESUID, uid, euid, suid);
    }

    @Override
    public long setfsuid(GuestThread thread, int uid) {
        return host(thread, HostSyscall.SETFSUID, uid, 0, 0);
    }

    private static long ids(GuestThread thread, int call, long real, long effective, long saved) {
        long first = HostPointers.required(thread, real, ID_SIZE);
        long second = HostPointers.required(thread, effective, ID_SIZE);
        return host(thread, call, first, second, HostPointers.required(thread, saved, ID_SIZE));
    }

    // ---------------------------------------------------------------- groups

    @Override
    public long getgid(GuestThread thread) {
        return host(thread, HostSyscall.GETGID, 0, 0, 0);
    }

    @Override
    public long getegid(GuestThread thread) {
        return host(thread, HostSyscall.GETEGID, 0, 0, 0);
    }

    @Override
    public long setgid(GuestThread thread, int gid) {
        return host(thread, HostSyscall.SETGID, gid, 0, 0);
    }

    @Override
    public long setregid(GuestThread thread, int gid, int egid) {
        return host(thread, HostSyscall.SETREGID, gid, egid, 0);
    }

    @Override
    public long setresgid(GuestThread thread, int gid, int egid, int sgid) {
        return host(thread, HostSyscall.SETRESGID, gid, egid, sgid);
    }

    @Override
    public long getresgid(GuestThread thread, long gid, long egid, long sgid) {
        return ids(thread, HostSyscall.GETRESGID, gid, egid, sgid);
    }

    @Override
    public long setfsgid(GuestThread thread, int gid) {
        return host(thread, HostSyscall.SETFSGID, gid, 0, 0);
    }

    @Override
    public long getgroups(GuestThread thread, int size, long list) {
        return groups(thread, HostSyscall.GETGROUPS, size, list);
    }

    @Override
    public long setgroups(GuestThread thread, int size, long list) {
        return groups(thread, HostSyscall.SETGROUPS, size, list);
    }

    private static long groups(GuestThread thread, int call, int size, long list) {
        return size < 0
                ? -Errno.EINVAL
                : host(thread, call, size, HostPointers.optional(thread, list, (long) size * ID_SIZE), 0);
    }
}
