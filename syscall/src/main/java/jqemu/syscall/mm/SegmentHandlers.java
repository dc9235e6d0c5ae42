package jqemu.syscall.mm;

import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.AddressSpace;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.SharedSegments;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.dispatch.SegmentSyscalls;
import jqemu.syscall.process.GuestThread;

/// Shared memory of sysvipc(7). The host has the segments, so they are shared with its programs too.
public final class SegmentHandlers implements SegmentSyscalls {
    private static final int IPC_STAT = 2;
    private static final int SHMID_SIZE = 112;
    private static final int KEY_OFFSET = 0;
    private static final int SIZE_OFFSET = 48;
    private static final int COMMAND = 0xff;

    private static final int SHM_RND = 0x2000;
    private static final int SHM_FLAGS = SharedSegments.SHM_RDONLY | SharedSegments.SHM_REMAP | SharedSegments.SHM_EXEC;

    private final SharedSegments segments;

    /// Handlers for the guest with this memory.
    public SegmentHandlers(AddressSpace space) {
        this.segments = new SharedSegments(space);
    }

    @Override
    public long shmget(GuestThread thread, int key, long size, int flags) {
        return thread.syscall(HostSyscall.SHMGET, key, size, flags, 0, 0, 0);
    }

    /// The structures of all commands are the same on both sides, and none is larger than `struct shmid64_ds`.
    @Override
    public long shmctl(GuestThread thread, int segment, int command, long buffer) {
        long hostBuffer = HostPointers.optional(thread, buffer, SHMID_SIZE);
        return thread.syscall(HostSyscall.SHMCTL, segment, command & COMMAND, hostBuffer, 0, 0, 0);
    }

    @Override
    public long shmat(GuestThread thread, int segment, long address, int flags) {
        NativeBuffer scratch = thread.scratch();
        long status = scratch.allocate(SHMID_SIZE);
        long result = thread.syscall(HostSyscall.SHMCTL, segment, IPC_STAT, status, 0, 0, 0);
        if (result < 0) {
            return result;
        }
        long clean = address & GuestMemory.ADDRESS_MASK;
        long start = (flags & SHM_RND) != 0 ? clean & -GuestMemory.PAGE_SIZE : clean;
        String name = "/SYSV%08x (deleted)".formatted((int) scratch.getLong(status + KEY_OFFSET));
        return segments.attach(segment, scratch.getLong(status + SIZE_OFFSET), start, flags & SHM_FLAGS, name);
    }

    @Override
    public long shmdt(GuestThread thread, long address) {
        return segments.detach(address & GuestMemory.ADDRESS_MASK);
    }
}
