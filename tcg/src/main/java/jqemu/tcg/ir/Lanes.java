package jqemu.tcg.ir;

/// Access to single lanes of 64 bits of a vector register, and shifts of lane values.
///
/// A lane is `1 << element` bytes wide; lane 0 is in the least significant bits.
public final class Lanes {
    private Lanes() {}

    /// A lane's width in bits.
    public static int width(int element) {
        return 8 << element;
    }

    /// The number of lanes in 64 bits.
    public static int count(int element) {
        return 8 >> element;
    }

    /// Lane `index` of `vector`, sign-extended.
    public static long signed(long vector, int index, int element) {
        return Bits.signExtract(vector, index * width(element), width(element));
    }

    /// Lane `index` of `vector`, zero-extended.
    public static long unsigned(long vector, int index, int element) {
        return Bits.extract(vector, index * width(element), width(element));
    }

    /// The low bits of `value` at the place of lane `index`, all other lanes 0.
    public static long place(long value, int index, int element) {
        return (value & Bits.mask(width(element))) << (index * width(element));
    }

    /// `value >> count` for a count of 1 or more, however large; rounded when `rounding`: plus the last bit shifted
    /// out.
    public static long shiftRightSigned(long value, int count, boolean rounding) {
        if (count > 63) {
            return rounding ? 0 : value >> 63;
        }
        return (value >> count) + (rounding ? Bits.bit(value, count - 1) : 0);
    }

    /// As [#shiftRightSigned], but zeros enter.
    public static long shiftRightUnsigned(long value, int count, boolean rounding) {
        if (count > 64) {
            return 0;
        }
        return (count == 64 ? 0 : value >>> count) + (rounding ? Bits.bit(value, count - 1) : 0);
    }
}
