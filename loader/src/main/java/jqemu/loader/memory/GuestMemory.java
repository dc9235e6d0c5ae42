package jqemu.loader.memory;

import static jqemu.loader.host.HostConstants.*;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostCapability;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.ThreadSlot;

/// The guest's memory: a reserved range of host addresses in which the guest's pages lie.
///
/// Guest address `a` is host address `base + (a & 2^56-1)`: AArch64 Linux ignores the top byte. There are two ways in:
/// - *Unchecked* (`load64`, `store64`, `compareAndExchange64`, ...): what translated code does. One that faults is
///   recorded in the thread's slot, or kills the process ([jqemu.loader.host.FaultMode]); what a load returns then is
///   garbage. Only threads that are registered with the host may use them on addresses that might fault. Where the
///   host lacks [HostCapability#UNCHECKED_ACCESS], ask [#isAccessible] first.
/// - *Checked* (`read`, `write`, `readLong`, ...): what system calls and the loader do. They throw [GuestFault].
public final class GuestMemory {
    /// Bits of an address that count: the top byte is ignored.
    public static final long ADDRESS_MASK = (1L << 56) - 1;
    /// Size of a guest page in bytes.
    public static final int PAGE_SIZE = 4096;
    /// Bytes of host address space on either side of the range that are never accessible.
    public static final long GUARD = 4L << 30;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    /// HotSpot's interpreter makes opaque accesses with acquire and release instructions, which trap on an
    /// unaligned address on AArch64; x86-64 takes any.
    private static final boolean ANY_ALIGNMENT = HostConstants.X86;

    private static final long ALIGNMENT = 2L << 20;
    private static final long UNREADABLE = 0x5bad_c0de_0dd5_eedL;

    private final Host host;
    private final long base;
    private final long size;
    private final AddressSpace space;

    private GuestMemory(Host host, long base, long size) {
        this.host = host;
        this.base = base;
        this.size = size;
        this.space = new AddressSpace(host, base, size);
    }

    /// Reserves the usual address space: 2^46 bytes, or 2^40 or 2^36 where the host limits us.
    ///
    /// @throws OutOfMemoryError when nothing can be reserved
    public static GuestMemory reserve(Host host) {
        return reserve(host, 0, 0);
    }

    /// Reserves an address space and takes over its faults.
    ///
    /// @param wishedSize in bytes, rounded up to pages; 0: the usual size
    /// @param wishedBase the host address of guest address 0, a multiple of the page size; 0: anywhere
    /// @throws OutOfMemoryError when this cannot be reserved
    public static GuestMemory reserve(Host host, long wishedSize, long wishedBase) {
        long[] sizes = wishedSize == 0
                ? new long[] {1L << 46, 1L << 40, 1L << 36}
                : new long[] {(wishedSize + PAGE_SIZE - 1) & -PAGE_SIZE};
        for (long size : sizes) {
            long base = reserveRange(host, size, wishedBase);
            if (base > 0) {
                GuestMemory memory = new GuestMemory(host, base, size);
                long error = host.installFaultHandler(base, size);
                if (error < 0) {
                    throw new IllegalStateException("no fault handler: errno " + -error);
                }
                if (memory.isChecked()) {
                    memory.space.enablePageTable();
                }
                return memory;
            }
        }
        throw new OutOfMemoryError("cannot reserve the guest's address space");
    }

    private static long reserveRange(Host host, long size, long wishedBase) {
        int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
        if (wishedBase != 0) {
            flags |= MAP_FIXED_NOREPLACE;
            long start = wishedBase - GUARD;
            return host.syscall(HostSyscall.MMAP, start, size + 2 * GUARD, PROT_NONE, flags, -1, 0) == start
                    ? wishedBase
                    : -1;
        }
        long start = host.syscall(HostSyscall.MMAP, 0, size + 2 * GUARD + ALIGNMENT, PROT_NONE, flags, -1, 0);
        if (start < 0) {
            return start;
        }
        long base = (start + GUARD + ALIGNMENT - 1) & -ALIGNMENT;
        // what alignment left over must not stay mapped: a fault there would not be taken for the guest's
        unmap(host, start, base - GUARD);
        unmap(host, base + size + GUARD, start + size + 2 * GUARD + ALIGNMENT);
        return base;
    }

    private static void unmap(Host host, long start, long end) {
        if (start < end) {
            host.syscall(HostSyscall.MUNMAP, start, end - start, 0, 0, 0, 0);
        }
    }

    /// {@return the host address of guest address 0}
    public long base() {
        return base;
    }

    /// {@return the size of the guest's address space in bytes}
    public long size() {
        return size;
    }

    /// {@return the host}
    public Host host() {
        return host;
    }

    /// {@return the mappings}
    public AddressSpace space() {
        return space;
    }

    /// {@return whether guest accesses must be checked with [#isAccessible] before they are made}
    public boolean isChecked() {
        return !host.has(HostCapability.UNCHECKED_ACCESS);
    }

    /// {@return the host address of a guest address; its top byte is ignored}
    public long hostAddress(long vaddr) {
        return base + (vaddr & ADDRESS_MASK);
    }

    /// {@return the guest address of a host address}
    public long guestAddress(long hostAddress) {
        return hostAddress - base;
    }

    // ---------------------------------------------------------------- unchecked accesses, opaque

    /// Loads a byte.
    public byte load8(long vaddr) {
        return UNSAFE.getByteOpaque(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Loads 2 bytes, at any alignment.
    public short load16(long vaddr) {
        long address = base + (vaddr & ADDRESS_MASK);
        return ANY_ALIGNMENT || (address & 1) == 0
                ? UNSAFE.getShortOpaque(null, address)
                : UNSAFE.getShortUnaligned(null, address);
    }

    /// Loads 4 bytes, at any alignment.
    public int load32(long vaddr) {
        long address = base + (vaddr & ADDRESS_MASK);
        return ANY_ALIGNMENT || (address & 3) == 0
                ? UNSAFE.getIntOpaque(null, address)
                : UNSAFE.getIntUnaligned(null, address);
    }

    /// Loads 8 bytes, at any alignment.
    public long load64(long vaddr) {
        long address = base + (vaddr & ADDRESS_MASK);
        return ANY_ALIGNMENT || (address & 7) == 0
                ? UNSAFE.getLongOpaque(null, address)
                : UNSAFE.getLongUnaligned(null, address);
    }

    /// Stores a byte.
    public void store8(long vaddr, byte value) {
        UNSAFE.putByteOpaque(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Stores 2 bytes, at any alignment.
    public void store16(long vaddr, short value) {
        long address = base + (vaddr & ADDRESS_MASK);
        if (ANY_ALIGNMENT || (address & 1) == 0) {
            UNSAFE.putShortOpaque(null, address, value);
        } else {
            UNSAFE.putShortUnaligned(null, address, value);
        }
    }

    /// Stores 4 bytes, at any alignment.
    public void store32(long vaddr, int value) {
        long address = base + (vaddr & ADDRESS_MASK);
        if (ANY_ALIGNMENT || (address & 3) == 0) {
            UNSAFE.putIntOpaque(null, address, value);
        } else {
            UNSAFE.putIntUnaligned(null, address, value);
        }
    }

    /// Stores 8 bytes, at any alignment.
    public void store64(long vaddr, long value) {
        long address = base + (vaddr & ADDRESS_MASK);
        if (ANY_ALIGNMENT || (address & 7) == 0) {
            UNSAFE.putLongOpaque(null, address, value);
        } else {
            UNSAFE.putLongUnaligned(null, address, value);
        }
    }

    /// Uses a value, as far as the JIT compilers can tell: with `-XX:CompileCommand=blackhole` for this method they
    /// keep the load that gave it, and with it the load's fault.
    public static void sink(long value) {}

    // ---------------------------------------------------------------- ordered accesses, naturally aligned

    /// Loads a byte with acquire semantics (`LDAPRB`).
    public byte loadAcquire8(long vaddr) {
        return UNSAFE.getByteAcquire(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Loads 2 bytes with acquire semantics (`LDAPRH`).
    public short loadAcquire16(long vaddr) {
        return UNSAFE.getShortAcquire(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Loads 4 bytes with acquire semantics (`LDAPR`).
    public int loadAcquire32(long vaddr) {
        return UNSAFE.getIntAcquire(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Loads 8 bytes with acquire semantics (`LDAPR`).
    public long loadAcquire64(long vaddr) {
        return UNSAFE.getLongAcquire(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Stores a byte with release semantics only; `STLRB` is the volatile store.
    public void storeRelease8(long vaddr, byte value) {
        UNSAFE.putByteRelease(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Stores 2 bytes with release semantics only.
    public void storeRelease16(long vaddr, short value) {
        UNSAFE.putShortRelease(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Stores 4 bytes with release semantics only.
    public void storeRelease32(long vaddr, int value) {
        UNSAFE.putIntRelease(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Stores 8 bytes with release semantics only.
    public void storeRelease64(long vaddr, long value) {
        UNSAFE.putLongRelease(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Loads a byte in the single order of all volatile accesses (`LDARB`).
    public byte loadVolatile8(long vaddr) {
        return UNSAFE.getByteVolatile(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Loads 2 bytes in the single order of all volatile accesses (`LDARH`).
    public short loadVolatile16(long vaddr) {
        return UNSAFE.getShortVolatile(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Loads 4 bytes in the single order of all volatile accesses (`LDAR`).
    public int loadVolatile32(long vaddr) {
        return UNSAFE.getIntVolatile(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Loads 8 bytes in the single order of all volatile accesses (`LDAR`).
    public long loadVolatile64(long vaddr) {
        return UNSAFE.getLongVolatile(null, base + (vaddr & ADDRESS_MASK));
    }

    /// Stores a byte in the single order of all volatile accesses (`STLRB`).
    public void storeVolatile8(long vaddr, byte value) {
        UNSAFE.putByteVolatile(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Stores 2 bytes in the single order of all volatile accesses (`STLRH`).
    public void storeVolatile16(long vaddr, short value) {
        UNSAFE.putShortVolatile(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Stores 4 bytes in the single order of all volatile accesses (`STLR`).
    public void storeVolatile32(long vaddr, int value) {
        UNSAFE.putIntVolatile(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Stores 8 bytes in the single order of all volatile accesses (`STLR`).
    public void storeVolatile64(long vaddr, long value) {
        UNSAFE.putLongVolatile(null, base + (vaddr & ADDRESS_MASK), value);
    }

    // ---------------------------------------------------------------- atomic accesses, naturally aligned
    // One that faults may be recorded as a load: where HotSpot has no instruction for it, it loads first.

    /// Replaces a byte that equals `expected` (`CASALB`) and returns what was there.
    public byte compareAndExchange8(long vaddr, byte expected, byte value) {
        return UNSAFE.compareAndExchangeByte(null, base + (vaddr & ADDRESS_MASK), expected, value);
    }

    /// Replaces 2 bytes that equal `expected` (`CASALH`) and returns what was there.
    public short compareAndExchange16(long vaddr, short expected, short value) {
        return UNSAFE.compareAndExchangeShort(null, base + (vaddr & ADDRESS_MASK), expected, value);
    }

    /// Replaces 4 bytes that equal `expected` (`CASAL`) and returns what was there.
    public int compareAndExchange32(long vaddr, int expected, int value) {
        return UNSAFE.compareAndExchangeInt(null, base + (vaddr & ADDRESS_MASK), expected, value);
    }

    /// Replaces 8 bytes that equal `expected` (`CASAL`) and returns what was there.
    public long compareAndExchange64(long vaddr, long expected, long value) {
        return UNSAFE.compareAndExchangeLong(null, base + (vaddr & ADDRESS_MASK), expected, value);
    }

    /// Replaces 16 bytes that equal `operands[0..1]` (low, high) by `operands[2..3]` (`CASP`, `STXP`); what was
    /// there is left in `operands[0..1]`.
    ///
    /// @return whether it stored
    /// @throws GuestFault when the memory is not writable (also when nothing would be stored)
    public boolean compareAndExchange128(long vaddr, long[] operands) {
        int result = isInside(vaddr, 16) ? host.compareAndExchange16(hostAddress(vaddr), operands) : Host.EFAULT;
        if (result < 0) {
            throw new GuestFault(vaddr & ADDRESS_MASK, true);
        }
        return result != 0;
    }

    /// Adds to a byte (`LDADDALB`) and returns what was there.
    public byte getAndAdd8(long vaddr, byte value) {
        return UNSAFE.getAndAddByte(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Adds to 2 bytes (`LDADDALH`) and returns what was there.
    public short getAndAdd16(long vaddr, short value) {
        return UNSAFE.getAndAddShort(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Adds to 4 bytes (`LDADDAL`) and returns what was there.
    public int getAndAdd32(long vaddr, int value) {
        return UNSAFE.getAndAddInt(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Adds to 8 bytes (`LDADDAL`) and returns what was there.
    public long getAndAdd64(long vaddr, long value) {
        return UNSAFE.getAndAddLong(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Replaces a byte (`SWPALB`) and returns what was there.
    public byte getAndSet8(long vaddr, byte value) {
        return UNSAFE.getAndSetByte(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Replaces 2 bytes (`SWPALH`) and returns what was there.
    public short getAndSet16(long vaddr, short value) {
        return UNSAFE.getAndSetShort(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Replaces 4 bytes (`SWPAL`) and returns what was there.
    public int getAndSet32(long vaddr, int value) {
        return UNSAFE.getAndSetInt(null, base + (vaddr & ADDRESS_MASK), value);
    }

    /// Replaces 8 bytes (`SWPAL`) and returns what was there.
    public long getAndSet64(long vaddr, long value) {
        return UNSAFE.getAndSetLong(null, base + (vaddr & ADDRESS_MASK), value);
    }

    // ---------------------------------------------------------------- what faulted

    /// Takes the fault out of the thread's slot.
    ///
    /// @return it, for the caller to throw; its code is [#faultCode]
    public GuestFault takeFault(long slot) {
        GuestFault fault = new GuestFault(
                guestAddress(ThreadSlot.faultAddress(slot)) & ADDRESS_MASK, ThreadSlot.isFaultWrite(slot));
        ThreadSlot.clearFault(slot);
        return fault;
    }

    /// {@return SEGV_MAPERR where nothing is mapped at the address, else SEGV_ACCERR}
    public int faultCode(long vaddr) {
        return space.find(vaddr & ADDRESS_MASK) == null ? SEGV_MAPERR : SEGV_ACCERR;
    }

    // ---------------------------------------------------------------- checked accesses

    /// {@return whether the bytes lie in the address space at all; says nothing about what is mapped}
    public boolean accessOk(long vaddr, long length) {
        return isInside(vaddr, length);
    }

    private boolean isInside(long vaddr, long length) {
        long address = vaddr & ADDRESS_MASK;
        return length >= 0 && address <= size && length <= size - address;
    }

    /// {@return whether 1 to 4096 bytes can be loaded (or stored), by the mappings' protections}
    public boolean isAccessible(long vaddr, int length, boolean write) {
        return space.allows(vaddr & ADDRESS_MASK, length, write ? PROT_WRITE : PROT_READ);
    }

    /// {@return the first byte of an access that [#isAccessible] denies which cannot be accessed: where the
    /// processor would say that it faulted}
    ///
    /// @param length 1 to 4096 bytes
    public long faultAddress(long vaddr, int length, boolean write) {
        return isAccessible(vaddr, 1, write) ? (vaddr + length - 1) & -PAGE_SIZE : vaddr;
    }

    /// {@return whether the instruction at the address may be executed}
    public boolean isExecutable(long vaddr) {
        return space.allows(vaddr & ADDRESS_MASK, 4, PROT_EXEC);
    }

    /// {@return whether there is any page for which [#isGuarded] may hold}
    public boolean hasGuardedPages() {
        return space.hasGuardedPages();
    }

    /// {@return whether indirect branches to the page of this address may only land on landing pads}
    public boolean isGuarded(long vaddr) {
        return space.allows(vaddr & ADDRESS_MASK, 4, PROT_BTI);
    }

    /// {@return a host pointer to guest memory that a host system call may be given: it answers -EFAULT where the
    /// memory is not accessible, also when the bytes do not lie in the guest's address space}
    public long hostPointer(long vaddr, long length) {
        return isInside(vaddr, length) ? hostAddress(vaddr) : -PAGE_SIZE;
    }

    /// Copies from guest memory.
    ///
    /// @throws GuestFault when a part of it cannot be read
    public void read(long vaddr, byte[] target, int offset, int length) {
        if (!isInside(vaddr, length) || host.copyIn(hostAddress(vaddr), target, offset, length) < 0) {
            throw new GuestFault(vaddr & ADDRESS_MASK, false);
        }
    }

    /// {@return a copy of guest memory}
    ///
    /// @throws GuestFault when a part of it cannot be read
    public byte[] read(long vaddr, int length) {
        if (length > PAGE_SIZE) {
            readByte(vaddr + length - 1); // before a wild length costs heap
        }
        byte[] bytes = new byte[length];
        read(vaddr, bytes, 0, length);
        return bytes;
    }

    /// Copies to guest memory, also to code: its translations are invalidated.
    ///
    /// @throws GuestFault when a part of it cannot be written
    public void write(long vaddr, byte[] source, int offset, int length) {
        if (!isInside(vaddr, length) || host.copyOut(hostAddress(vaddr), source, offset, length) < 0) {
            throw new GuestFault(vaddr & ADDRESS_MASK, true);
        }
        space.written(vaddr & ADDRESS_MASK, length);
    }

    /// Copies an array to guest memory.
    ///
    /// @throws GuestFault when a part of it cannot be written
    public void write(long vaddr, byte[] source) {
        write(vaddr, source, 0, source.length);
    }

    /// Reads a string that a zero byte ends.
    ///
    /// @param limit the most bytes that are looked at
    /// @return its bytes without the zero byte; `limit` bytes when there is none
    /// @throws GuestFault when it cannot be read
    public byte[] readString(long vaddr, int limit) {
        byte[] bytes = new byte[Math.min(limit, 256)];
        int length = 0;
        while (true) {
            int room = bytes.length - length;
            long address = (vaddr & ADDRESS_MASK) + length;
            int count = isInside(address, 1)
                    ? host.copyInString(base + address, bytes, length, (int) Math.min(room, size - address))
                    : Host.EFAULT;
            if (count < 0) {
                throw new GuestFault(address, false);
            }
            length += count;
            if (count < room && address + count < size) {
                return Arrays.copyOf(bytes, length);
            }
            if (length >= limit) {
                return bytes;
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 4L * bytes.length));
        }
    }

    /// Reads a string that a zero byte ends, at most 1 MiB, for messages: bytes that are no UTF-8 are replaced.
    ///
    /// @throws GuestFault when it cannot be read
    public String readString(long vaddr) {
        return new String(readString(vaddr, 1 << 20), StandardCharsets.UTF_8);
    }

    /// {@return a byte of guest memory}
    ///
    /// @throws GuestFault when it cannot be read
    public byte readByte(long vaddr) {
        return (byte) readSized(vaddr, 1);
    }

    /// {@return 2 bytes of guest memory}
    ///
    /// @throws GuestFault when they cannot be read
    public short readShort(long vaddr) {
        return (short) readSized(vaddr, 2);
    }

    /// {@return 4 bytes of guest memory}
    ///
    /// @throws GuestFault when they cannot be read
    public int readInt(long vaddr) {
        return (int) readSized(vaddr, 4);
    }

    /// {@return 8 bytes of guest memory}
    ///
    /// @throws GuestFault when they cannot be read
    public long readLong(long vaddr) {
        return readSized(vaddr, 8);
    }

    /// The host says "unreadable" by a value; a second one tells whether the memory happens to hold the first.
    private long readSized(long vaddr, int length) {
        if (isInside(vaddr, length)) {
            long address = hostAddress(vaddr);
            long value = host.loadOr(address, length, UNREADABLE);
            if (value != UNREADABLE || host.loadOr(address, length, 0) == UNREADABLE) {
                return value;
            }
        }
        throw new GuestFault(vaddr & ADDRESS_MASK, false);
    }

    /// Writes a byte.
    ///
    /// @throws GuestFault when it cannot be written
    public void writeByte(long vaddr, int value) {
        writeSized(vaddr, 1, value);
    }

    /// Writes 2 bytes.
    ///
    /// @throws GuestFault when they cannot be written
    public void writeShort(long vaddr, int value) {
        writeSized(vaddr, 2, value);
    }

    /// Writes 4 bytes.
    ///
    /// @throws GuestFault when they cannot be written
    public void writeInt(long vaddr, int value) {
        writeSized(vaddr, 4, value);
    }

    /// Writes 8 bytes.
    ///
    /// @throws GuestFault when they cannot be written
    public void writeLong(long vaddr, long value) {
        writeSized(vaddr, 8, value);
    }

    private void writeSized(long vaddr, int length, long value) {
        if (!isInside(vaddr, length) || host.store(hostAddress(vaddr), length, value) < 0) {
            throw new GuestFault(vaddr & ADDRESS_MASK, true);
        }
        space.written(vaddr & ADDRESS_MASK, length);
    }
}
