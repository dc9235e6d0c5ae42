package jqemu.tcg.helper;

import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// The meaning of the IR's memory ops: size, sign extension and ordering as the memop says.
///
/// Accesses are unchecked. One that faults leaves its mark in the thread's slot; the caller looks there afterwards and
/// drops the result, which is arbitrary.
public final class GuestAccess {
    private GuestAccess() {}

    /// `ld`: the value at guest address `address`, extended to `type`.
    public static long load(GuestMemory memory, Type type, long address, int memop) {
        long value;
        if (MemOp.has(memop, MemOp.SEQUENTIAL)) {
            value = loadSequential(memory, address, MemOp.sizeShift(memop));
        } else if (MemOp.has(memop, MemOp.ACQUIRE)) {
            value = loadAcquire(memory, address, MemOp.sizeShift(memop));
        } else {
            value = loadOpaque(memory, address, MemOp.sizeShift(memop));
        }
        // all loads above sign-extend
        return MemOp.has(memop, MemOp.SIGNED) ? type.truncate(value) : value & Bits.mask(8 << MemOp.sizeShift(memop));
    }

    private static long loadOpaque(GuestMemory memory, long address, int size) {
        return switch (size) {
            case MemOp.SIZE_8 -> memory.load8(address);
            case MemOp.SIZE_16 -> memory.load16(address);
            case MemOp.SIZE_32 -> memory.load32(address);
            default -> memory.load64(address);
        };
    }

    private static long loadAcquire(GuestMemory memory, long address, int size) {
        return switch (size) {
            case MemOp.SIZE_8 -> memory.loadAcquire8(address);
            case MemOp.SIZE_16 -> memory.loadAcquire16(address);
            case MemOp.SIZE_32 -> memory.loadAcquire32(address);
            default -> memory.loadAcquire64(address);
        };
    }

    private static long loadSequential(GuestMemory memory, long address, int size) {
        return switch (size) {
            case MemOp.SIZE_8 -> memory.loadVolatile8(address);
            case MemOp.SIZE_16 -> memory.loadVolatile16(address);
            case MemOp.SIZE_32 -> memory.loadVolatile32(address);
            default -> memory.loadVolatile64(address);
        };
    }

    /// `st`: stores the low bytes of `value` to guest address `address`.
    public static void store(GuestMemory memory, long address, long value, int memop) {
        if (MemOp.has(memop, MemOp.SEQUENTIAL)) {
            storeSequential(memory, address, value, MemOp.sizeShift(memop));
            return;
        }
        switch (MemOp.sizeShift(memop)) {
            case MemOp.SIZE_8 -> memory.store8(address, (byte) value);
            case MemOp.SIZE_16 -> memory.store16(address, (short) value);
            case MemOp.SIZE_32 -> memory.store32(address, (int) value);
            default -> memory.store64(address, value);
        }
    }

    private static void storeSequential(GuestMemory memory, long address, long value, int size) {
        switch (size) {
            case MemOp.SIZE_8 -> memory.storeVolatile8(address, (byte) value);
            case MemOp.SIZE_16 -> memory.storeVolatile16(address, (short) value);
            case MemOp.SIZE_32 -> memory.storeVolatile32(address, (int) value);
            default -> memory.storeVolatile64(address, value);
        }
    }

    /// `zero_block`: zeroes the `1 << blockShift` aligned bytes around guest address `address`.
    public static void zeroBlock(GuestMemory memory, long address, int blockShift) {
        long start = Bits.deposit(address, 0, blockShift, 0);
        for (int offset = 0; offset < 1 << blockShift; offset += Long.BYTES) {
            memory.store64(start + offset, 0);
        }
    }

    /// Compares and exchanges the low bytes of `expected` and `value`; the old value, zero-extended.
    public static long compareAndExchange(GuestMemory memory, long address, long expected, long value, int memop) {
        return switch (MemOp.sizeShift(memop)) {
            case MemOp.SIZE_8 ->
                Byte.toUnsignedLong(memory.compareAndExchange8(address, (byte) expected, (byte) value));
            case MemOp.SIZE_16 ->
                Short.toUnsignedLong(memory.compareAndExchange16(address, (short) expected, (short) value));
            case MemOp.SIZE_32 ->
                Integer.toUnsignedLong(memory.compareAndExchange32(address, (int) expected, (int) value));
            default -> memory.compareAndExchange64(address, expected, value);
        };
    }

    /// `store_exclusive`: 0 on success, 1 on failure. A faulting access counts as a success.
    public static long storeExclusive(
            GuestMemory memory, long address, long monitor, long expected, long value, int memop) {
        if (address != monitor) {
            return 1;
        }
        return compareAndExchange(memory, address, expected, value, memop) == expected ? 0 : 1;
    }

    /// The read-modify-write op `op`; the old value, zero-extended.
    ///
    /// A fault in the thread's slot ends the loop: it must not spin on memory that is gone.
    public static long fetch(GuestMemory memory, Opcode op, long address, long operand, int memop, long threadSlot) {
        int size = MemOp.sizeShift(memop);
        if (op == Opcode.ATOMIC_ADD) {
            return getAndAdd(memory, address, operand, size) & Bits.mask(8 << size);
        }
        if (op == Opcode.ATOMIC_XCHG) {
            return getAndSet(memory, address, operand, size) & Bits.mask(8 << size);
        }
        while (true) {
            long old = loadSequential(memory, address, size) & Bits.mask(8 << size);
            long updated = combine(op, old, operand, 8 << size);
            if (compareAndExchange(memory, address, old, updated, memop) == old || ThreadSlot.isFault(threadSlot)) {
                return old;
            }
        }
    }

    private static long getAndAdd(GuestMemory memory, long address, long operand, int size) {
        return switch (size) {
            case MemOp.SIZE_8 -> memory.getAndAdd8(address, (byte) operand);
            case MemOp.SIZE_16 -> memory.getAndAdd16(address, (short) operand);
            case MemOp.SIZE_32 -> memory.getAndAdd32(address, (int) operand);
            default -> memory.getAndAdd64(address, operand);
        };
    }

    private static long getAndSet(GuestMemory memory, long address, long operand, int size) {
        return switch (size) {
            case MemOp.SIZE_8 -> memory.getAndSet8(address, (byte) operand);
            case MemOp.SIZE_16 -> memory.getAndSet16(address, (short) operand);
            case MemOp.SIZE_32 -> memory.getAndSet32(address, (int) operand);
            default -> memory.getAndSet64(address, operand);
        };
    }

    /// What a read-modify-write leaves in memory; only the low `bits` bits count.
    private static long combine(Opcode op, long old, long operand, int bits) {
        return switch (op) {
            case ATOMIC_AND -> old & operand;
            case ATOMIC_OR -> old | operand;
            case ATOMIC_XOR -> old ^ operand;
            case ATOMIC_SMAX -> Math.max(Bits.signExtend(old, bits), Bits.signExtend(operand, bits));
            case ATOMIC_SMIN -> Math.min(Bits.signExtend(old, bits), Bits.signExtend(operand, bits));
            case ATOMIC_UMAX -> unsignedExtreme(old, operand & Bits.mask(bits), true);
            case ATOMIC_UMIN -> unsignedExtreme(old, operand & Bits.mask(bits), false);
            default -> throw new IllegalArgumentException("not an atomic operation: " + op);
        };
    }

    private static long unsignedExtreme(long a, long b, boolean max) {
        return Long.compareUnsigned(a, b) > 0 == max ? a : b;
    }
}
