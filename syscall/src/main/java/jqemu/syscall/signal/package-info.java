/// Guest signals: actions and masks, frames on the guest's stack, delivery of what the host's handler caught.
///
/// In: a signal in a thread's slot, or a fault of a vCPU. Out: a vCPU that continues in the guest's handler, or the end
/// of the process by the true signal.
@NullMarked
package jqemu.syscall.signal;

import org.jspecify.annotations.NullMarked;
