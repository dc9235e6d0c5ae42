/// `-strace`: system calls as QEMU prints them.
///
/// In: numbers, arguments and results. Out: lines for the log. Loaded only when somebody asks for it. Start with
/// [Strace].
@NullMarked
package jqemu.syscall.strace;

import org.jspecify.annotations.NullMarked;
