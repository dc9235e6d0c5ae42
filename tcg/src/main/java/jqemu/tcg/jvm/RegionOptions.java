package jqemu.tcg.jvm;

/// For what a region is generated.
///
/// @param guestBase the host address of guest address 0
/// @param precise the guest may handle faults: each access is followed by a check
/// @param blackhole the JVM was told that `GuestMemory.sink` is a black hole, which keeps loads that nobody reads
record RegionOptions(long guestBase, boolean precise, boolean blackhole) {}
