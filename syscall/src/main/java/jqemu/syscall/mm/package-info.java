/// System calls on memory.
///
/// In: calls from `jqemu.syscall.dispatch`. Out: changes of the guest's `AddressSpace`. Start with [MemoryHandlers].
@NullMarked
package jqemu.syscall.mm;

import org.jspecify.annotations.NullMarked;
