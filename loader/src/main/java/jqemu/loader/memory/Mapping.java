package jqemu.loader.memory;

import org.jspecify.annotations.Nullable;

/// A piece of the guest's address space that was mapped in one way.
///
/// @param start first guest address, a multiple of the page size
/// @param end first guest address behind it
/// @param protection PROT_READ, PROT_WRITE, PROT_EXEC and PROT_BTI as the guest asked for them
/// @param shared whether stores reach the file or other processes
/// @param name the mapped file, or a name such as `[stack]`; null for anonymous memory
/// @param offset of `start` in the file, in bytes
/// @param backing the host's descriptor of what is shared, by which a child maps it too; -1 for private memory; for a
///     System V segment what [#ofSegment] says
public record Mapping(
        long start,
        long end,
        int protection,
        boolean shared,
        @Nullable String name,
        long offset,
        int backing) {
    private static final int FIRST_SEGMENT = -2;

    /// {@return the [#backing] of System V segment `id`}
    static int ofSegment(int id) {
        return FIRST_SEGMENT - id;
    }

    /// {@return whether this is (part of) a System V segment}
    public boolean isSegment() {
        return backing <= FIRST_SEGMENT;
    }

    /// {@return the id of the System V segment that is mapped here}
    public int segment() {
        return FIRST_SEGMENT - backing;
    }

    private boolean hasOffset() {
        return name != null || backing >= 0;
    }

    /// {@return a part of this mapping}
    Mapping part(long from, long to) {
        return new Mapping(from, to, protection, shared, name, hasOffset() ? offset + (from - start) : 0, backing);
    }

    /// {@return this mapping with another protection}
    Mapping withProtection(int newProtection) {
        return new Mapping(start, end, newProtection, shared, name, offset, backing);
    }

    /// {@return this mapping at another place}
    Mapping at(long from, long to) {
        return new Mapping(from, to, protection, shared, name, offset, backing);
    }

    /// {@return whether `next` continues this mapping, so that both are one}
    boolean isContinuedBy(Mapping next) {
        return end == next.start
                && protection == next.protection
                && shared == next.shared
                && backing == next.backing
                && (name == null ? next.name == null : name.equals(next.name))
                && (!hasOffset() || offset + (end - start) == next.offset);
    }
}
