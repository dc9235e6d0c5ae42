package jqemu.tcg.ir;

/// What the `imm` of an [Opcode] means.
public enum Imm {
    /// Unused.
    NONE,
    /// A constant.
    CONSTANT,
    /// A slot of the register file.
    SLOT,
    /// A guest address.
    PC,
    /// An ordinal of [Type].
    TYPE
}
