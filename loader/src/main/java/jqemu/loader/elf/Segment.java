package jqemu.loader.elf;

/// One loadable segment (`PT_LOAD`) of a program, validated by [ElfHeaders].
///
/// @param vaddr where it begins in memory, before the load bias is added
/// @param memSize bytes in memory, at least 1; those past `fileSize` are zero
/// @param offset where its bytes begin in the file
/// @param fileSize bytes in the file, at most `memSize`
/// @param flags any of [#READ], [#WRITE] and [#EXECUTE]
/// @param align the alignment that the segment asks for, a power of two, at least 1
public record Segment(long vaddr, long memSize, long offset, long fileSize, int flags, long align) {
    /// `PF_X`: the segment's code may run.
    public static final int EXECUTE = 1;

    /// `PF_W`: the segment may be written.
    public static final int WRITE = 2;

    /// `PF_R`: the segment may be read.
    public static final int READ = 4;

    /// {@return the first address after the segment, before the load bias is added}
    public long end() {
        return vaddr + memSize;
    }

    /// {@return the first address after the bytes that come from the file}
    public long fileEnd() {
        return vaddr + fileSize;
    }

    /// {@return whether the segment holds code}
    public boolean isExecutable() {
        return (flags & EXECUTE) != 0;
    }

    /// {@return whether the segment may be written}
    public boolean isWritable() {
        return (flags & WRITE) != 0;
    }
}
