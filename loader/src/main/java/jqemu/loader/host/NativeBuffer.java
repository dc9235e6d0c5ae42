package jqemu.loader.host;

import java.util.Arrays;
import java.util.Objects;
import jdk.internal.misc.Unsafe;

/// Host memory of one thread in which system calls put structures for the host's kernel: paths, translated vectors,
/// results that the guest gets in another layout.
///
/// Pieces are allocated one behind the other and all die at the next [#reset]. What a call needs beyond the buffer's
/// size gets a block of its own. Accesses are checked: an address outside of what was allocated throws.
public final class NativeBuffer {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final int SIZE = 64 << 10;
    private static final int ALIGNMENT = 16;

    private long base;
    private int used;
    private long[] blocks = {};
    private long[] blockSizes = {};

    /// A buffer that takes its memory when it is first needed.
    public NativeBuffer() {}

    /// Forgets all pieces.
    public void reset() {
        used = 0;
        if (blocks.length != 0) {
            freeBlocks();
        }
    }

    private void freeBlocks() {
        for (long block : blocks) {
            UNSAFE.freeMemory(block);
        }
        blocks = new long[0];
        blockSizes = new long[0];
    }

    /// Gives all memory back; the next allocation takes it anew.
    public void free() {
        reset();
        if (base != 0) {
            UNSAFE.freeMemory(base);
            base = 0;
        }
    }

    /// Allocates a piece, whose contents are undefined.
    ///
    /// @param size in bytes
    /// @return its address, a multiple of 16
    public long allocate(int size) {
        if (base == 0) {
            base = UNSAFE.allocateMemory(SIZE);
        }
        int start = (used + ALIGNMENT - 1) & -ALIGNMENT;
        if (size > SIZE - start) {
            return allocateBlock(size);
        }
        used = start + size;
        return base + start;
    }

    private long allocateBlock(int size) {
        int count = blocks.length;
        blocks = Arrays.copyOf(blocks, count + 1);
        blockSizes = Arrays.copyOf(blockSizes, count + 1);
        blocks[count] = UNSAFE.allocateMemory(size);
        blockSizes[count] = size;
        return blocks[count];
    }

    /// Allocates a piece that holds the bytes and a zero byte behind them.
    ///
    /// @return its address
    public long string(byte[] bytes) {
        long address = allocate(bytes.length + 1);
        UNSAFE.copyMemory(bytes, Unsafe.ARRAY_BYTE_BASE_OFFSET, null, address, bytes.length);
        UNSAFE.putByte(address + bytes.length, (byte) 0);
        return address;
    }

    /// Allocates a piece that holds a part of an array.
    ///
    /// @return its address
    public long copyOf(byte[] source, int offset, int length) {
        long address = allocate(length);
        put(address, source, offset, length);
        return address;
    }

    /// Copies to the buffer.
    public void put(long address, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        check(address, length);
        UNSAFE.copyMemory(source, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, null, address, length);
    }

    /// Copies from the buffer.
    public void get(long address, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        check(address, length);
        UNSAFE.copyMemory(null, address, target, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, length);
    }

    /// {@return a copy of a part of the buffer}
    public byte[] get(long address, int length) {
        byte[] bytes = new byte[length];
        get(address, bytes, 0, length);
        return bytes;
    }

    /// Sets bytes to zero.
    public void clear(long address, int length) {
        check(address, length);
        UNSAFE.setMemory(address, length, (byte) 0);
    }

    /// {@return a byte, sign-extended}
    public byte getByte(long address) {
        check(address, 1);
        return UNSAFE.getByte(address);
    }

    /// {@return 2 bytes}
    public short getShort(long address) {
        check(address, 2);
        return UNSAFE.getShort(address);
    }

    /// {@return 4 bytes}
    public int getInt(long address) {
        check(address, 4);
        return UNSAFE.getInt(address);
    }

    /// {@return 8 bytes}
    public long getLong(long address) {
        check(address, 8);
        return UNSAFE.getLong(address);
    }

    /// Stores 2 bytes.
    public void putShort(long address, int value) {
        check(address, 2);
        UNSAFE.putShort(address, (short) value);
    }

    /// Stores 4 bytes.
    public void putInt(long address, int value) {
        check(address, 4);
        UNSAFE.putInt(address, value);
    }

    /// Stores 8 bytes.
    public void putLong(long address, long value) {
        check(address, 8);
        UNSAFE.putLong(address, value);
    }

    private void check(long address, int length) {
        if (address >= base && address - base <= used - length) {
            return;
        }
        for (int i = 0; i < blocks.length; i++) {
            if (address >= blocks[i] && address - blocks[i] <= blockSizes[i] - length) {
                return;
            }
        }
        throw new IndexOutOfBoundsException("not allocated: 0x".concat(Long.toHexString(address)));
    }
}
