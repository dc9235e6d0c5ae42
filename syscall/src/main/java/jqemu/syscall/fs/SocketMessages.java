package jqemu.syscall.fs;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.process.GuestThread;

/// sendmsg(2) and recvmsg(2): `struct msghdr`, whose pointers become the host's, and control messages (cmsg(3)), in
/// which descriptors are passed (SCM_RIGHTS). Both have the same layout on guest and host.
final class SocketMessages {
    private static final int MSGHDR_SIZE = 56;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    /// `struct mmsghdr` ends with a length.
    private static final int MMSGHDR_SIZE = 64;
    private static final int MMSGHDR_LENGTH = 56;

    private static final int CMSG_HEADER = 16;
    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;
    private static final int CMSG_ALIGNMENT = 8;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int FD_SIZE = 4;

    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_WAITFORONE = 0x10000;
    private static final int MSG_CTRUNC = 8;
    private static final int MOST_MESSAGES = 1024;
    private static final int MOST_CONTROL = 1 << 20;

    private final FdTable fds;

    SocketMessages(FdTable fds) {
        this.fds = fds;
    }

    /// Reads the guest's header, and makes the host's with a vector; name and control are the caller's.
    private static long header(GuestThread thread, long vaddr) {
        NativeBuffer scratch = thread.scratch();
        long header = scratch.copyOf(thread.memory().read(vaddr, MSGHDR_SIZE), 0, MSGHDR_SIZE);
        long count = scratch.getLong(header + VECTOR_COUNT);
        if (count < 0 || count > Integer.MAX_VALUE) {
            return -Errno.EMSGSIZE;
        }
        long vector = HostPointers.vector(thread, scratch.getLong(header + VECTOR), (int) count);
        if (vector < 0) {
            return count > MOST_MESSAGES ? -Errno.EMSGSIZE : vector;
        }
        scratch.putLong(header + VECTOR, vector);
        long nameLength = Integer.toUnsignedLong(scratch.getInt(header + NAME_LENGTH));
        scratch.putLong(header + NAME, HostPointers.optional(thread, scratch.getLong(header + NAME), nameLength));
        return header;
    }

    private static int controlLength(NativeBuffer scratch, long header) {
        long length = scratch.getLong(header + CONTROL_LENGTH);
        return length < 0 || length > MOST_CONTROL ? -Errno.ENOBUFS : (int) length;
    }

    // ---------------------------------------------------------------- sending

    /// sendmsg(2).
    long send(GuestThread thread, int hostFd, long message, int flags) {
        NativeBuffer scratch = thread.scratch();
        long header = header(thread, message);
        if (header < 0) {
            return header;
        }
        int length = controlLength(scratch, header);
        if (length < 0) {
            return length;
        }
        if (length > 0) {
            byte[] control = thread.memory().read(scratch.getLong(header + CONTROL), length);
            long hostControl = scratch.copyOf(control, 0, length);
            long error = toHostFds(scratch, hostControl, length);
            if (error < 0) {
                return error;
            }
            scratch.putLong(header + CONTROL, hostControl);
        }
        return thread.blockingSyscall(HostSyscall.SENDMSG, hostFd, header, flags, 0, 0, 0);
    }

    private long toHostFds(NativeBuffer scratch, long control, int length) {
        for (int at = 0; at + CMSG_HEADER <= length; ) {
            long size = scratch.getLong(control + at);
            if (size < CMSG_HEADER || size > length - at) {
                return 0; // the host finds out too
            }
            if (isRights(scratch, control + at)) {
                for (long fd = control + at + CMSG_HEADER; fd + FD_SIZE <= control + at + size; fd += FD_SIZE) {
                    int hostFd = fds.host(scratch.getInt(fd));
                    if (hostFd < 0) {
                        return hostFd;
                    }
                    scratch.putInt(fd, hostFd);
                }
            }
            at += aligned(size);
        }
        return 0;
    }

    private static boolean isRights(NativeBuffer scratch, long message) {
        return scratch.getInt(message + CMSG_LEVEL) == SOL_SOCKET && scratch.getInt(message + CMSG_TYPE) == SCM_RIGHTS;
    }

    private static int aligned(long size) {
        return (int) ((size + CMSG_ALIGNMENT - 1) & -CMSG_ALIGNMENT);
    }

    /// sendmmsg(2): the messages one after the other, up to the first that fails.
    long sendMany(GuestThread thread, int hostFd, long vector, int count, int flags) {
        int sent = 0;
        long result = 0;
        while (sent < Math.min(count, MOST_MESSAGES)) {
            long message = vector + (long) sent * MMSGHDR_SIZE;
            result = send(thread, hostFd, message, flags);
            if (result < 0) {
                break;
            }
            thread.memory().writeInt(message + MMSGHDR_LENGTH, (int) result);
            sent++;
        }
        return sent > 0 ? sent : result;
    }

    // ---------------------------------------------------------------- receiving

    /// recvmsg(2).
    long receive(GuestThread thread, int hostFd, long message, int flags) {
        NativeBuffer scratch = thread.scratch();
        long header = header(thread, message);
        if (header < 0) {
            return header;
        }
        int length = controlLength(scratch, header);
        if (length < 0) {
            return length;
        }
        long guestControl = scratch.getLong(header + CONTROL);
        long hostControl = length == 0 ? 0 : scratch.allocate(length);
        scratch.putLong(header + CONTROL, hostControl);
        long result = thread.blockingSyscall(HostSyscall.RECVMSG, hostFd, header, flags | MSG_CMSG_CLOEXEC, 0, 0, 0);
        if (result < 0) {
            return result;
        }
        int used = (int) scratch.getLong(header + CONTROL_LENGTH);
        int messageFlags = scratch.getInt(header + FLAGS) & ~MSG_CMSG_CLOEXEC;
        if (used > 0) {
            if (!toGuestFds(scratch, hostControl, used, (flags & MSG_CMSG_CLOEXEC) != 0)) {
                messageFlags |= MSG_CTRUNC;
            }
            thread.memory().write(guestControl, scratch.get(hostControl, used));
        }
        GuestMemory memory = thread.memory();
        memory.writeInt(message + NAME_LENGTH, scratch.getInt(header + NAME_LENGTH));
        memory.writeLong(message + CONTROL_LENGTH, used);
        memory.writeInt(message + FLAGS, messageFlags | (flags & MSG_CMSG_CLOEXEC));
        long guestVector = memory.readLong(message + VECTOR);
        int count = (int) memory.readLong(message + VECTOR_COUNT);
        HostPointers.written(thread, guestVector, count, result);
        return result;
    }

    /// Gives descriptors that were passed numbers of the guest; false when there are too many.
    private boolean toGuestFds(NativeBuffer scratch, long control, int length, boolean cloexec) {
        boolean all = true;
        for (int at = 0; at + CMSG_HEADER <= length; ) {
            long size = scratch.getLong(control + at);
            if (size < CMSG_HEADER || size > length - at) {
                break;
            }
            if (isRights(scratch, control + at)) {
                for (long fd = control + at + CMSG_HEADER; fd + FD_SIZE <= control + at + size; fd += FD_SIZE) {
                    long guestFd = fds.add(scratch.getInt(fd), cloexec);
                    all &= guestFd >= 0;
                    scratch.putInt(fd, (int) guestFd);
                }
            }
            at += aligned(size);
        }
        return all;
    }

    /// recvmmsg(2).
    ///
    /// @param deadline when to stop, as [System#nanoTime] counts; looked at after each message, as Linux does
    long receiveMany(GuestThread thread, int hostFd, long vector, int count, int flags, long deadline) {
        int received = 0;
        long result = 0;
        int each = flags & ~MSG_WAITFORONE;
        while (received < Math.min(count, MOST_MESSAGES)) {
            long message = vector + (long) received * MMSGHDR_SIZE;
            try {
                result = receive(thread, hostFd, message, each);
                if (result < 0) {
                    break;
                }
                thread.memory().writeInt(message + MMSGHDR_LENGTH, (int) result);
            } catch (GuestFault fault) {
                result = -Errno.EFAULT;
                break;
            }
            received++;
            if ((flags & MSG_WAITFORONE) != 0) {
                each |= MSG_DONTWAIT;
            }
            if (deadline != Long.MAX_VALUE && System.nanoTime() - deadline >= 0) {
                break;
            }
        }
        return received > 0 ? received : result;
    }
}
