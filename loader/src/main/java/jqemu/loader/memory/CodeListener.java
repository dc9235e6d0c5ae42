package jqemu.loader.memory;

/// Is told what makes translations of guest memory invalid: changes of executable memory, and the end of its privacy.
@FunctionalInterface
public interface CodeListener {
    /// Guest addresses `start` (included) to `end` (excluded) were unmapped, mapped over, moved, given another
    /// protection, or written by a system call. Called while the address space is locked: it must not map anything.
    void codeChanged(long start, long end);

    /// From now on others may see guest memory change: see [AddressSpace#share]. Called like [#codeChanged].
    default void memoryShared() {}
}
