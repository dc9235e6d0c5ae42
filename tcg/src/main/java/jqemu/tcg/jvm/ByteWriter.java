package jqemu.tcg.jvm;

import java.util.Arrays;

/// A growing array of big-endian numbers, as class files hold them.
final class ByteWriter {
    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    void u1(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void u2(int value) {
        u1(value >> 8);
        u1(value);
    }

    void u4(int value) {
        u2(value >> 16);
        u2(value);
    }

    /// Overwrites two bytes at `position`.
    void patch2(int position, int value) {
        bytes[position] = (byte) (value >> 8);
        bytes[position + 1] = (byte) value;
    }

    void append(ByteWriter other) {
        ensure(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
