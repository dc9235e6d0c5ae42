package jqemu.tcg.ir;

/// A synchronous exception that an instruction raises by what it is, not by a memory access.
public enum GuestException {
    /// An unallocated or unannounced encoding; the syndrome is unused.
    UNDEFINED("undefined"),
    /// `BRK`; the syndrome is its immediate.
    BREAKPOINT("breakpoint"),
    /// The pc is not a multiple of 4; the syndrome is unused.
    MISALIGNED_PC("misaligned_pc"),
    /// The instruction at the pc cannot be fetched; the syndrome is unused.
    INSTRUCTION_FETCH("instruction_fetch"),
    /// The instruction refuses its operands: a pointer that does not authenticate, a stage of a memory copy or set
    /// that does not follow the one before. The syndrome is unused.
    ILLEGAL_OPERAND("illegal_operand");

    private static final GuestException[] VALUES = values();

    private final String text;

    GuestException(String text) {
        this.text = text;
    }

    /// The name in the textual IR.
    public String text() {
        return text;
    }

    /// The exception with this ordinal, as an op's `aux` stores it.
    public static GuestException of(int ordinal) {
        return VALUES[ordinal];
    }
}
