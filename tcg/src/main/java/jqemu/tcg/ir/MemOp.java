package jqemu.tcg.ir;

/// How a guest memory access is made, packed into the `aux` of `ld`, `st` and the atomic ops: size, sign extension,
/// ordering, and what is known of the address.
///
/// Mirrors QEMU's `MemOp`; the guest is little-endian throughout.
public final class MemOp {
    /// One byte.
    public static final int SIZE_8 = 0;
    /// Two bytes.
    public static final int SIZE_16 = 1;
    /// Four bytes.
    public static final int SIZE_32 = 2;
    /// Eight bytes.
    public static final int SIZE_64 = 3;
    /// Sixteen bytes; only in the access descriptions that plugins see.
    public static final int SIZE_128 = 4;

    /// A load sign-extends to the type of its result.
    public static final int SIGNED = 1 << 3;
    /// Load-acquire, processor consistent (`LDAPR`).
    public static final int ACQUIRE = 1 << 4;
    /// Load-acquire or store-release, sequentially consistent among themselves (`LDAR`, `STLR`, exclusives with
    /// order).
    public static final int SEQUENTIAL = 1 << 5;
    /// The address is known to have a zero top byte, so that the top-byte mask can be dropped.
    public static final int CLEAN = 1 << 6;
    /// The access description of a store, in `plugin_mem`.
    public static final int STORE = 1 << 7;

    private static final int SIZE_BITS = 3;

    private MemOp() {}

    /// Log2 of the access's size in bytes.
    public static int sizeShift(int memop) {
        return Bits.field(memop, 0, SIZE_BITS);
    }

    /// The access's size in bytes.
    public static int bytes(int memop) {
        return 1 << sizeShift(memop);
    }

    /// Whether `flag`, one of this class's single-bit constants, is set in `memop`.
    public static boolean has(int memop, int flag) {
        return (memop & flag) != 0;
    }

    /// The memop as the textual IR shows it, such as `u8`, `s32`, `u64+seq`.
    public static String text(int memop) {
        StringBuilder text = new StringBuilder();
        text.append(has(memop, SIGNED) ? 's' : 'u').append(8 << sizeShift(memop));
        append(text, memop, ACQUIRE, "+acq");
        append(text, memop, SEQUENTIAL, "+seq");
        append(text, memop, CLEAN, "+clean");
        append(text, memop, STORE, "+store");
        return text.toString();
    }

    private static void append(StringBuilder text, int memop, int flag, String name) {
        if (has(memop, flag)) {
            text.append(name);
        }
    }

    /// Parses what [#text] prints; throws [IllegalArgumentException] for anything else.
    public static int parse(String text) {
        String[] parts = text.split("\\+", -1);
        int memop = Integer.numberOfTrailingZeros(Integer.parseInt(parts[0].substring(1)) / 8);
        if (parts[0].charAt(0) == 's') {
            memop |= SIGNED;
        }
        for (int i = 1; i < parts.length; i++) {
            memop |= switch (parts[i]) {
                case "acq" -> ACQUIRE;
                case "seq" -> SEQUENTIAL;
                case "clean" -> CLEAN;
                case "store" -> STORE;
                default -> throw new IllegalArgumentException("not a memory operation: " + text);
            };
        }
        return memop;
    }
}
