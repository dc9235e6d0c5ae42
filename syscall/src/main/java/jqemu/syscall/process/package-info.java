/// The guest process and its threads: what owns memory, translations, descriptors and signals, and serves exits of
/// vCPUs.
///
/// In: a loaded program. Out: calls of `jqemu.syscall` handlers, and the process's end. Start with [LinuxProcess].
@NullMarked
package jqemu.syscall.process;

import org.jspecify.annotations.NullMarked;
