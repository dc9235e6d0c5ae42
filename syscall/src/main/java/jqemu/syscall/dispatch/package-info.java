/// System calls, from number to handler.
///
/// In: a number and six arguments from a guest thread. Out: calls of the handlers in `jqemu.syscall.fs`, `mm`, `time`,
/// `process`, ... The table `syscall/src/main/syscalls/aarch64.syscalls` says which call belongs where; from it are
/// generated `SyscallDispatcher`, an interface per family of handlers and `SyscallFormats`. Start with
/// [SyscallDispatcher].
@NullMarked
package jqemu.syscall.dispatch;

import org.jspecify.annotations.NullMarked;
