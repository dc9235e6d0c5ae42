/// Linux's interface as AArch64 programs see it: error numbers, flags, layouts of structures.
///
/// In: arguments and structures of the guest. Out: the host's, and back. Start with [Errno] and [StatLayout].
@NullMarked
package jqemu.syscall.abi;

import org.jspecify.annotations.NullMarked;
