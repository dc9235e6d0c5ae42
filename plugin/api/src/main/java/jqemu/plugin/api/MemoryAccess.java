package jqemu.plugin.api;

/// Which memory accesses a plugin wants to see. Mirrors `qemu_plugin_mem_rw`.
///
/// ```java
/// insn.inlineMemoryAdd(MemoryAccess.WRITE, context.newScoreboard(), 1);
/// ```
public enum MemoryAccess {
    /// Loads only.
    READ,
    /// Stores only.
    WRITE,
    /// Loads and stores.
    READ_WRITE;

    /// Tells whether an access is wanted.
    ///
    /// @param isStore the direction of the access
    /// @return whether this filter lets it pass
    public boolean includes(boolean isStore) {
        return this == READ_WRITE || (this == WRITE) == isStore;
    }
}
