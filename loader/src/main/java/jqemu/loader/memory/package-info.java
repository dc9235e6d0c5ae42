/// The guest's address space: one reserved range of host addresses, its mappings, and accesses to it.
///
/// In: the host seam (`jqemu.loader.host`). Out: guest memory for the ELF loader, the translator and the system calls.
/// Start with [GuestMemory].
package jqemu.loader.memory;
