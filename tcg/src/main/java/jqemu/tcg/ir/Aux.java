package jqemu.tcg.ir;

/// What the `aux` of an [Opcode] means.
public enum Aux {
    /// Unused.
    NONE,
    /// A plain number.
    NUMBER,
    /// An ordinal of [Condition].
    CONDITION,
    /// A bit field, see [IrBlock#field].
    FIELD,
    /// A [MemOp].
    MEMOP,
    /// An ordinal of [Fence].
    FENCE,
    /// An ordinal of [ExitHint].
    HINT,
    /// An ordinal of [GuestException].
    EXCEPTION,
    /// An ordinal of [Helper].
    HELPER,
    /// An index into the block's constants.
    OBJECT,
    /// An instruction word.
    INSN,
    /// Log2 of a vector element's size in bytes.
    ELEMENT
}
