package jqemu.plugin.api;

/// Is called after a memory access of the guest, with the value read or written; see [Instruction#onMemoryValue].
///
/// ```java
/// insn.onMemoryValue(MemoryAccess.WRITE, (vcpu, vaddr, info, low, high) ->
///         context.print("0x" + Long.toHexString(vaddr) + " := 0x" + Long.toHexString(low) + "\n"));
/// ```
@FunctionalInterface
public interface MemoryValueCallback {
    /// Handles the access.
    ///
    /// @param vcpu  the index of the vCPU
    /// @param vaddr the guest address, without the tag in its top byte
    /// @param info  size, direction and so on: the same object for each execution of the same access
    /// @param low   the value's lower 64 bits, extended with zeros: what is in memory, before any sign extension
    /// @param high  the upper 64 bits of a 16-byte access, else 0
    void access(int vcpu, long vaddr, MemoryInfo info, long low, long high);
}
