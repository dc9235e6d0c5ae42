package jqemu.loader.elf;

/// Reads the little-endian fields of ELF structures out of byte arrays.
///
/// By hand, because the first use of a `ByteBuffer` view or a `VarHandle` costs milliseconds on
/// the start path.
final class LittleEndian {
    private LittleEndian() {}

    static int u16(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]) | (Byte.toUnsignedInt(bytes[at + 1]) << 8);
    }

    static int i32(byte[] bytes, int at) {
        return u16(bytes, at) | (u16(bytes, at + 2) << 16);
    }

    static long u32(byte[] bytes, int at) {
        return Integer.toUnsignedLong(i32(bytes, at));
    }

    static long i64(byte[] bytes, int at) {
        return u32(bytes, at) | ((long) i32(bytes, at + 4) << 32);
    }
}
