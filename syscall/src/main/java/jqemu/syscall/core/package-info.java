/// Core files: what is left of a guest that a signal ended.
///
/// In: a process whose threads stand still, from `jqemu.syscall.process`. Out: a file that a debugger for AArch64
/// opens.
@NullMarked
package jqemu.syscall.core;

import org.jspecify.annotations.NullMarked;
