package jqemu.loader.memory;

import jdk.internal.misc.Unsafe;

/// Opaque accesses to host addresses, for generated code: small enough that C2 always inlines them.
///
/// A load comes zero-extended; `loadSigned` forms sign-extend to 64 bits. Faults are as in [GuestMemory]'s unchecked
/// accesses.
public final class HostMemory {
    /// For generated code, which calls it without detours; nobody else does.
    public static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private HostMemory() {}

    /// Loads a byte.
    public static long load8(long address) {
        return Byte.toUnsignedLong(UNSAFE.getByteOpaque(null, address));
    }

    /// Loads two bytes.
    public static long load16(long address) {
        return Short.toUnsignedLong(UNSAFE.getShortOpaque(null, address));
    }

    /// Loads four bytes.
    public static long load32(long address) {
        return Integer.toUnsignedLong(UNSAFE.getIntOpaque(null, address));
    }

    /// Loads eight bytes.
    public static long load64(long address) {
        return UNSAFE.getLongOpaque(null, address);
    }

    /// Loads a byte, sign-extended.
    public static long loadSigned8(long address) {
        return UNSAFE.getByteOpaque(null, address);
    }

    /// Loads two bytes, sign-extended.
    public static long loadSigned16(long address) {
        return UNSAFE.getShortOpaque(null, address);
    }

    /// Loads four bytes, sign-extended.
    public static long loadSigned32(long address) {
        return UNSAFE.getIntOpaque(null, address);
    }

    /// Stores a byte.
    public static void store8(long address, long value) {
        UNSAFE.putByteOpaque(null, address, (byte) value);
    }

    /// Stores two bytes.
    public static void store16(long address, long value) {
        UNSAFE.putShortOpaque(null, address, (short) value);
    }

    /// Stores four bytes.
    public static void store32(long address, long value) {
        UNSAFE.putIntOpaque(null, address, (int) value);
    }

    /// Stores eight bytes.
    public static void store64(long address, long value) {
        UNSAFE.putLongOpaque(null, address, value);
    }
}
