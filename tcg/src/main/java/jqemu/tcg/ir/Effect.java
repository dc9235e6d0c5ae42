package jqemu.tcg.ir;

/// What an [Opcode] does besides computing its value.
public enum Effect {
    /// Nothing: may be folded, merged, dropped.
    PURE,
    /// Reads FPCR and accumulates flags in FPSR.
    FP,
    /// Reads a guest register.
    READ_ENV,
    /// Writes a guest register.
    WRITE_ENV,
    /// Reads guest memory or checks an access: may fault, never dropped.
    LOAD,
    /// Writes guest memory: may fault.
    STORE,
    /// Reads and writes guest memory atomically: may fault.
    ATOMIC,
    /// Orders memory accesses.
    FENCE,
    /// May do anything to env and guest memory, and may fault.
    CALL,
    /// Runs or counts for a plugin.
    INSTRUMENT,
    /// Marks a guest instruction.
    MARK,
    /// Leaves the block, at once or on a condition.
    EXIT
}
