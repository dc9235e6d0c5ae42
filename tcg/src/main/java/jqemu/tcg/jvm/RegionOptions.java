package jqemu.tcg.jvm;

/// For what a region is generated.
///
/// @param precise the guest may handle faults: accesses are followed by a check, which depends on them
/// @param shared others may see the guest's memory change: its own threads, or processes that share a mapping with it.
///     Accesses then keep their order and number; otherwise C2 may join and move them as if they were fields
/// @param blackhole the JVM was told that `GuestMemory.sink` is a black hole, which keeps loads that nobody reads
record RegionOptions(boolean precise, boolean shared, boolean blackhole) {
    /// Whether accesses must not be moved, joined or left out, because others rely on their order.
    boolean opaque() {
        return shared;
    }
}
