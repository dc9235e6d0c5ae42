package jqemu.tcg.ir;

/// Bit fields of 32 and 64-bit words: the one place where shifts and masks are combined by hand.
///
/// Positions count from 0 at the least significant bit. `length` is in bits; unless a method says otherwise it is
/// 1 to 64 and `position + length` is at most 64.
public final class Bits {
    private Bits() {}

    /// The mask of the low `length` bits; 0 to 64.
    public static long mask(int length) {
        return length == 64 ? -1L : (1L << length) - 1;
    }

    /// The unsigned field of `value` at `position`.
    public static long extract(long value, int position, int length) {
        return (value >>> position) & mask(length);
    }

    /// The field of the instruction word `insn` at `position`; `length` is at most 31.
    public static int field(int insn, int position, int length) {
        return (insn >>> position) & ((1 << length) - 1);
    }

    /// The field of `value` at `position`, sign-extended to 64 bits.
    public static long signExtract(long value, int position, int length) {
        return (value << (64 - position - length)) >> (64 - length);
    }

    /// Whether `a < b`, unsigned: `Long.compareUnsigned` in a form that C1 inlines, for what generated code calls.
    public static boolean isBelow(long a, long b) {
        return a + Long.MIN_VALUE < b + Long.MIN_VALUE;
    }

    /// Sign-extends the low `length` bits of `value` to 64 bits.
    public static long signExtend(long value, int length) {
        return signExtract(value, 0, length);
    }

    /// `base` with the field at `position` replaced by the low bits of `field`.
    public static long deposit(long base, int position, int length, long field) {
        long mask = mask(length) << position;
        return (base & ~mask) | ((field << position) & mask);
    }

    /// Bit `position` of `value`, 0 or 1.
    public static int bit(long value, int position) {
        return (int) (value >>> position) & 1;
    }

    /// The low 32 bits of `value`, zero-extended.
    public static long low32(long value) {
        return value & 0xffff_ffffL;
    }

    /// Repeats the low `size` bits of `value` over 64 bits; `size` is 1, 2, 4, 8, 16, 32 or 64.
    ///
    /// Not a loop: where `size` is constant, compilers are to see a constant without unrolling one.
    public static long replicate(long value, int size) {
        long result = value & mask(size);
        result |= size <= 1 ? result << 1 : 0;
        result |= size <= 2 ? result << 2 : 0;
        result |= size <= 4 ? result << 4 : 0;
        result |= size <= 8 ? result << 8 : 0;
        result |= size <= 16 ? result << 16 : 0;
        result |= size <= 32 ? result << 32 : 0;
        return result;
    }

    /// Rotates the low `size` bits of `value` right by `amount` (less than `size`); the bits above are dropped.
    public static long rotateRight(long value, int amount, int size) {
        long low = value & mask(size);
        return amount == 0 ? low : ((low >>> amount) | (low << (size - amount))) & mask(size);
    }
}
