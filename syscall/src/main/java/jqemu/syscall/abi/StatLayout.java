package jqemu.syscall.abi;

import jqemu.loader.host.NativeBuffer;

/// `struct stat` of AArch64 (`asm-generic/stat.h`), made from `struct statx`, which is the same on all hosts.
public final class StatLayout {
    /// Bytes in the guest's `struct stat`.
    public static final int SIZE = 128;
    /// Bytes in `struct statx`.
    public static final int STATX_SIZE = 256;
    /// STATX_BASIC_STATS: all that is in `struct stat`.
    public static final int STATX_BASIC_STATS = 0x7ff;

    private StatLayout() {}

    /// Translates.
    ///
    /// @param statx the address of a `struct statx` in the buffer
    /// @return the guest's structure
    public static byte[] fromStatx(NativeBuffer buffer, long statx) {
        byte[] stat = new byte[SIZE];
        putLong(stat, 0, device(buffer.getInt(statx + 136), buffer.getInt(statx + 140)));
        putLong(stat, 8, buffer.getLong(statx + 32)); // inode
        putInt(stat, 16, Short.toUnsignedInt(buffer.getShort(statx + 28))); // mode
        putInt(stat, 20, buffer.getInt(statx + 16)); // links
        putInt(stat, 24, buffer.getInt(statx + 20)); // user
        putInt(stat, 28, buffer.getInt(statx + 24)); // group
        putLong(stat, 32, device(buffer.getInt(statx + 128), buffer.getInt(statx + 132)));
        putLong(stat, 48, buffer.getLong(statx + 40)); // size
        putInt(stat, 56, buffer.getInt(statx + 4)); // block size
        putLong(stat, 64, buffer.getLong(statx + 48)); // blocks
        putTime(stat, 72, buffer, statx + 64); // access
        putTime(stat, 88, buffer, statx + 112); // modification
        putTime(stat, 104, buffer, statx + 96); // change
        return stat;
    }

    private static void putTime(byte[] stat, int at, NativeBuffer buffer, long time) {
        putLong(stat, at, buffer.getLong(time));
        putLong(stat, at + 8, Integer.toUnsignedLong(buffer.getInt(time + 8)));
    }

    /// makedev(3): Linux's encoding of 32-bit device numbers.
    static long device(int major, int minor) {
        long high = Integer.toUnsignedLong(major);
        long low = Integer.toUnsignedLong(minor);
        return (low & 0xff) | (high & 0xfff) << 8 | (low & ~0xffL) << 12 | (high & ~0xfffL) << 32;
    }

    private static void putInt(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }

    private static void putLong(byte[] bytes, int at, long value) {
        putInt(bytes, at, (int) value);
        putInt(bytes, at + 4, (int) (value >>> 32));
    }
}
