package jqemu.tcg.exec;

import jqemu.tcg.ir.GuestException;

/// What the translator needs from the operating system's personality: it serves what guest code asks of a kernel.
///
/// All methods are called on the vCPU's thread, between instructions, with its registers up to date. They may change
/// any register, the pc included, and may ask the vCPU to stop.
public interface GuestEnvironment {
    /// Serves an `SVC`; the pc is behind it.
    void systemCall(Vcpu vcpu);

    /// Handles a synchronous exception of the instruction at the pc.
    void exception(Vcpu vcpu, GuestException exception, long syndrome);

    /// Handles a failed memory access of the instruction at the pc.
    ///
    /// @param address the guest address that was accessed, its top byte cleared
    /// @param write whether it was a store
    void memoryFault(Vcpu vcpu, MemoryFault fault, long address, boolean write);

    /// Handles what made the vCPU's poll word negative: a signal, or a request of another thread.
    void interrupt(Vcpu vcpu);
}
