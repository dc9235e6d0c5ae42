package jqemu.syscall.abi;

import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.process.GuestThread;

/// Guest addresses as arguments of host system calls, where guest and host have the same structure. The host's kernel
/// answers -EFAULT for memory that the guest cannot access.
public final class HostPointers {
    /// UIO_MAXIOV: the most elements of a vector.
    private static final int MOST_ELEMENTS = 1024;

    private static final int IOVEC_SIZE = 16;

    private HostPointers() {}

    /// {@return the host pointer to guest memory}
    ///
    /// @param size of the structure in bytes
    public static long required(GuestThread thread, long vaddr, long size) {
        return thread.memory().hostPointer(vaddr, size);
    }

    /// {@return the host pointer to guest memory; NULL stays NULL}
    ///
    /// @param size of the structure in bytes
    public static long optional(GuestThread thread, long vaddr, long size) {
        return vaddr == 0 ? 0 : thread.memory().hostPointer(vaddr, size);
    }

    /// {@return the host address of a copy of a string of the guest; NULL stays NULL}
    /// The kernel takes no longer one than a page for a name.
    ///
    /// @throws jqemu.loader.memory.GuestFault when it cannot be read
    public static long string(GuestThread thread, long vaddr) {
        return vaddr == 0 ? 0 : thread.scratch().string(thread.memory().readString(vaddr, GuestMemory.PAGE_SIZE));
    }

    /// Translates an array of `struct iovec` of the guest.
    ///
    /// @return its host address, or -EINVAL when there are too many elements
    /// @throws jqemu.loader.memory.GuestFault when it cannot be read
    public static long vector(GuestThread thread, long vaddr, int count) {
        if (count < 0 || count > MOST_ELEMENTS) {
            return -Errno.EINVAL;
        }
        NativeBuffer scratch = thread.scratch();
        byte[] bytes = thread.memory().read(vaddr, count * IOVEC_SIZE);
        long vector = scratch.copyOf(bytes, 0, bytes.length);
        for (long element = vector; element < vector + bytes.length; element += IOVEC_SIZE) {
            long length = scratch.getLong(element + 8);
            if (length < 0) {
                return -Errno.EINVAL;
            }
            scratch.putLong(element, thread.memory().hostPointer(scratch.getLong(element), length));
        }
        return vector;
    }

    /// Tells the translator that the host has written to a vector's memory, which may hold code.
    public static void written(GuestThread thread, long vaddr, int count, long bytes) {
        long rest = bytes;
        for (int i = 0; i < count && rest > 0; i++) {
            long start = thread.memory().readLong(vaddr + (long) i * IOVEC_SIZE);
            long length = Math.min(rest, thread.memory().readLong(vaddr + (long) i * IOVEC_SIZE + 8));
            written(thread, start, length);
            rest -= length;
        }
    }

    /// Tells the translator that the host has written to guest memory, which may hold code.
    public static void written(GuestThread thread, long vaddr, long bytes) {
        if (bytes > 0) {
            thread.memory().space().written(vaddr & GuestMemory.ADDRESS_MASK, bytes);
        }
    }
}
