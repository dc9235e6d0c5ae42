/// System calls on time: clocks and sleeping. The structures are the same on guest and host.
///
/// In: calls from `jqemu.syscall.dispatch`. Out: calls of the host. Start with [TimeHandlers].
@NullMarked
package jqemu.syscall.time;

import org.jspecify.annotations.NullMarked;
