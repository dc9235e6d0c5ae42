package jqemu.syscall.process;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.abi.OpenFlags;
import jqemu.syscall.dispatch.QueueSyscalls;
import jqemu.syscall.fs.FdTable;

/// Message queues and semaphores: mq_overview(7), and those of sysvipc(7).
final class QueueHandlers implements QueueSyscalls {
    private static final int MQ_ATTRIBUTES_SIZE = 64;
    private static final int SIGEVENT_SIZE = 64;
    private static final int TIMESPEC_SIZE = 16;
    private static final int WORD = 4;
    private static final int MOST_STRING = 4096;
    private static final int MSQID_SIZE = 120;
    private static final int MESSAGE_TYPE = 8;
    private static final int SEMBUF_SIZE = 6;
    private static final int SEMINFO_SIZE = 40;
    private static final int MOST_SEMAPHORES = 32000;

    // commands of semctl(2)
    private static final int IPC_RMID = 0;
    private static final int IPC_SET = 1;
    private static final int IPC_STAT = 2;
    private static final int IPC_INFO = 3;
    private static final int GETALL = 13;
    private static final int SETALL = 17;
    private static final int SEM_STAT = 18;
    private static final int SEM_INFO = 19;
    private static final int SEM_STAT_ANY = 20;
    private static final int COMMAND = 0xff;

    /// `struct semid64_ds`: x86-64 has a word more behind each of its times.
    private static final boolean PADDED = HostConstants.X86;

    private static final int PERM_SIZE = 48;
    private static final int GUEST_SEMID_SIZE = PERM_SIZE + 40;
    private static final int HOST_SEMID_SIZE = PERM_SIZE + (PADDED ? 56 : 40);
    private static final int TIME_SIZE = PADDED ? 16 : 8;

    private final FdTable fds;

    QueueHandlers(FdTable fds) {
        this.fds = fds;
    }

    // ---------------------------------------------------------------- POSIX message queues

    private static long name(GuestThread thread, long vaddr) {
        return thread.scratch().string(thread.memory().readString(vaddr, MOST_STRING));
    }

    @Override
    public long mq_open(GuestThread thread, long name, int flags, int mode, long attributes) {
        if (fds.isFull()) {
            return -Errno.EMFILE;
        }
        long hostAttributes = HostPointers.optional(thread, attributes, MQ_ATTRIBUTES_SIZE);
        int hostFlags = OpenFlags.toHost(flags) | OpenFlags.O_CLOEXEC;
        long queue = thread.syscall(HostSyscall.MQ_OPEN, name(thread, name), hostFlags, mode, hostAttributes, 0, 0);
        return fds.add(queue, (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    @Override
    public long mq_unlink(GuestThread thread, long name) {
        return thread.syscall(HostSyscall.MQ_UNLINK, name(thread, name), 0, 0, 0, 0, 0);
    }

    @Override
    public long mq_timedsend(GuestThread thread, int queue, long message, long size, int priority, long timeout) {
        int hostFd = fds.host(queue);
        if (hostFd < 0) {
            return hostFd;
        }
        long source = HostPointers.required(thread, message, size);
        long until = HostPointers.optional(thread, timeout, TIMESPEC_SIZE);
        return thread.blockingSyscall(HostSyscall.MQ_TIMEDSEND, hostFd, source, size, priority, until, 0);
    }

    @Override
    public long mq_timedreceive(GuestThread thread, int queue, long message, long size, long priority, long timeout) {
        int hostFd = fds.host(queue);
        if (hostFd < 0) {
            return hostFd;
        }
        long target = HostPointers.required(thread, message, size);
        long until = HostPointers.optional(thread, timeout, TIMESPEC_SIZE);
        long hostPriority = HostPointers.optional(thread, priority, WORD);
        long result = thread.blockingSyscall(HostSyscall.MQ_TIMEDRECEIVE, hostFd, target, size, hostPriority, until, 0);
        HostPointers.written(thread, message, result);
        return result;
    }

    @Override
    public long mq_notify(GuestThread thread, int queue, long event) {
        int hostFd = fds.host(queue);
        return hostFd < 0
                ? hostFd
                : thread.syscall(
                        HostSyscall.MQ_NOTIFY, hostFd, HostPointers.optional(thread, event, SIGEVENT_SIZE), 0, 0, 0, 0);
    }

    /// The flags among the attributes are those of open(2) that are equal on both sides.
    @Override
    public long mq_getsetattr(GuestThread thread, int queue, long attributes, long old) {
        int hostFd = fds.host(queue);
        if (hostFd < 0) {
            return hostFd;
        }
        long hostNew = HostPointers.optional(thread, attributes, MQ_ATTRIBUTES_SIZE);
        long hostOld = HostPointers.optional(thread, old, MQ_ATTRIBUTES_SIZE);
        return thread.syscall(HostSyscall.MQ_GETSETATTR, hostFd, hostNew, hostOld, 0, 0, 0);
    }

    // ---------------------------------------------------------------- System V message queues

    @Override
    public long msgget(GuestThread thread, int key, int flags) {
        return thread.syscall(HostSyscall.MSGGET, key, flags, 0, 0, 0, 0);
    }

    @Override
    public long msgctl(GuestThread thread, int queue, int command, long buffer) {
        long hostBuffer = HostPointers.optional(thread, buffer, MSQID_SIZE);
        return thread.syscall(HostSyscall.MSGCTL, queue, command & COMMAND, hostBuffer, 0, 0, 0);
    }

    @Override
    public long msgsnd(GuestThread thread, int queue, long message, long size, int flags) {
        if (size < 0) {
            return -Errno.EINVAL;
        }
        long source = HostPointers.required(thread, message, MESSAGE_TYPE + size);
        return thread.blockingSyscall(HostSyscall.MSGSND, queue, source, size, flags, 0, 0);
    }

    @Override
    public long msgrcv(GuestThread thread, int queue, long message, long size, long type, int flags) {
        if (size < 0) {
            return -Errno.EINVAL;
        }
        long target = HostPointers.required(thread, message, MESSAGE_TYPE + size);
        return thread.blockingSyscall(HostSyscall.MSGRCV, queue, target, size, type, flags, 0);
    }

    // ---------------------------------------------------------------- System V semaphores

    @Override
    public long semget(GuestThread thread, int key, int count, int flags) {
        return thread.syscall(HostSyscall.SEMGET, key, count, flags, 0, 0, 0);
    }

    @Override
    public long semop(GuestThread thread, int set, long operations, long count) {
        return semtimedop(thread, set, operations, count, 0);
    }

    @Override
    public long semtimedop(GuestThread thread, int set, long operations, long count, long timeout) {
        long bounded = Math.max(0, Math.min(count, Integer.MAX_VALUE));
        long list = HostPointers.required(thread, operations, bounded * SEMBUF_SIZE);
        long hostTimeout = HostPointers.optional(thread, timeout, TIMESPEC_SIZE);
        return thread.blockingSyscall(HostSyscall.SEMTIMEDOP, set, list, count, hostTimeout, 0, 0);
    }

    @Override
    public long semctl(GuestThread thread, int set, int number, int command, long argument) {
        int plain = command & COMMAND;
        return switch (plain) {
            case IPC_STAT, SEM_STAT, SEM_STAT_ANY -> semaphoreStatus(thread, set, number, plain, argument);
            case IPC_SET -> setSemaphores(thread, set, argument);
            case IPC_INFO, SEM_INFO ->
                host(thread, set, number, plain, HostPointers.required(thread, argument, SEMINFO_SIZE));
            case GETALL, SETALL ->
                host(thread, set, number, plain, HostPointers.required(thread, argument, 2L * MOST_SEMAPHORES));
            case IPC_RMID -> host(thread, set, number, plain, 0);
            default -> host(thread, set, number, plain, argument);
        };
    }

    private static long host(GuestThread thread, int set, int number, int command, long argument) {
        return thread.syscall(HostSyscall.SEMCTL, set, number, command, argument, 0, 0);
    }

    private static long semaphoreStatus(GuestThread thread, int set, int number, int command, long buffer) {
        NativeBuffer scratch = thread.scratch();
        long status = scratch.allocate(HOST_SEMID_SIZE);
        long result = host(thread, set, number, command, status);
        if (result < 0) {
            return result;
        }
        ByteBuffer guest = ByteBuffer.allocate(GUEST_SEMID_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        guest.put(0, scratch.get(status, PERM_SIZE));
        guest.putLong(PERM_SIZE, scratch.getLong(status + PERM_SIZE));
        guest.putLong(PERM_SIZE + 8, scratch.getLong(status + PERM_SIZE + TIME_SIZE));
        guest.putLong(PERM_SIZE + 16, scratch.getLong(status + PERM_SIZE + 2L * TIME_SIZE));
        thread.memory().write(buffer, guest.array());
        return result;
    }

    private static long setSemaphores(GuestThread thread, int set, long buffer) {
        NativeBuffer scratch = thread.scratch();
        long status = scratch.allocate(HOST_SEMID_SIZE);
        scratch.clear(status, HOST_SEMID_SIZE);
        scratch.put(status, thread.memory().read(buffer, PERM_SIZE), 0, PERM_SIZE);
        return host(thread, set, 0, IPC_SET, status);
    }
}
