package jqemu.tcg.ir;

/// The type of an IR value. Every value travels in a Java `long`.
///
/// Invariant: an `I32` value is kept zero-extended in its long, an `F32` value is its IEEE bits zero-extended, an `F64`
/// value its raw bits, `F32X2` two of them side by side, the lower lane in the low half.
public enum Type {
    /// A 32-bit integer, zero-extended in its long.
    I32("i32", 32),
    /// A 64-bit integer.
    I64("i64", 64),
    /// An IEEE half-precision number in the low 16 bits.
    F16("f16", 16),
    /// An IEEE single-precision number.
    F32("f32", 32),
    /// An IEEE double-precision number.
    F64("f64", 64),
    /// Four half-precision lanes of a vector register's half.
    F16X4("f16x4", 64),
    /// Two single-precision lanes of a vector register's half.
    F32X2("f32x2", 64);

    private static final Type[] VALUES = values();

    private final String text;
    private final int bits;

    Type(String text, int bits) {
        this.text = text;
        this.bits = bits;
    }

    /// The type with this ordinal, as an op's `imm` stores it.
    public static Type of(int ordinal) {
        return VALUES[ordinal];
    }

    /// The suffix of opcodes in the textual IR.
    public String text() {
        return text;
    }

    /// The width in bits.
    public int bits() {
        return bits;
    }

    /// Cuts `value` down to this type's invariant.
    public long truncate(long value) {
        return bits == 64 ? value : value & Bits.mask(bits);
    }

    /// The integer type that the Arm field `sf` selects: 0 is 32-bit, 1 is 64-bit.
    public static Type ofSf(int sf) {
        return sf == 0 ? I32 : I64;
    }
}
