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
public record Mapping(
        long start,
        long end,
        int protection,
        boolean shared,
        @Nullable String name,
        long offset) {
    /// {@return a part of this mapping}
    Mapping part(long from, long to) {
        return new Mapping(from, to, protection, shared, name, name == null ? 0 : offset + (from - start));
    }

    /// {@return this mapping with another protection}
    Mapping withProtection(int newProtection) {
        return new Mapping(start, end, newProtection, shared, name, offset);
    }

    /// {@return this mapping at another place}
    Mapping at(long from, long to) {
        return new Mapping(from, to, protection, shared, name, offset);
    }

    /// {@return whether `next` continues this mapping, so that both are one}
    boolean isContinuedBy(Mapping next) {
        return end == next.start
                && protection == next.protection
                && shared == next.shared
                && (name == null ? next.name == null : name.equals(next.name) && offset + (end - start) == next.offset);
    }
}
