/// The host seam: everything that asks the host's kernel or processor for more than Java offers.
///
/// In: host system calls, addresses and signals. Out: raw results. Above it: `jqemu.loader.memory`, which gives the
/// guest its address space, and the system calls of the `syscall` module. Start with [Host]; [NativeHost] is the usual
/// implementation, [JnrHost] the portable one.
package jqemu.loader.host;
