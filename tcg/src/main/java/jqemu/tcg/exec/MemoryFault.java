package jqemu.tcg.exec;

/// Why a guest memory access failed.
public enum MemoryFault {
    /// The page is unmapped or its protection forbids the access.
    ACCESS,
    /// The page is mapped, but nothing backs it (past the end of a file).
    NO_BACKING,
    /// The address is not aligned as the instruction demands.
    ALIGNMENT
}
