/// System calls on files, directories and descriptors.
///
/// In: calls from `jqemu.syscall.dispatch`, with the guest's descriptors and paths. Out: calls of the host, with its
/// own. Start with [FdTable] and [GuestPaths].
@NullMarked
package jqemu.syscall.fs;

import org.jspecify.annotations.NullMarked;
