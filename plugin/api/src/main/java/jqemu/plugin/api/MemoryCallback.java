package jqemu.plugin.api;

/// Is called after a memory access of the guest; see [Instruction#onMemory].
///
/// ```java
/// ScoreboardU64 bytes = context.newScoreboard();
/// insn.onMemory(MemoryAccess.READ_WRITE, (vcpu, vaddr, info) -> bytes.add(vcpu, info.size()));
/// ```
@FunctionalInterface
public interface MemoryCallback {
    /// Handles the access.
    ///
    /// @param vcpu  the index of the vCPU
    /// @param vaddr the guest address, without the tag in its top byte
    /// @param info  size, direction and so on: the same object for each execution of the same access
    void access(int vcpu, long vaddr, MemoryInfo info);
}
