package jqemu.loader.memory;

/// Is told when executable guest memory may have changed: translations of the range are invalid.
@FunctionalInterface
public interface CodeListener {
    /// Guest addresses `start` (included) to `end` (excluded) were unmapped, mapped over, moved, given another
    /// protection, or written by a system call. Called while the address space is locked: it must not map anything.
    void codeChanged(long start, long end);
}
