package jqemu.tcg.jvm;

import jqemu.tcg.exec.GuestEnvironment;
import jqemu.tcg.exec.MemoryFault;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.ir.GuestException;

/// Ends a test's guest program at its first system call, and expects nothing else.
final class StopAtSystemCall implements GuestEnvironment {
    @Override
    public void systemCall(Vcpu vcpu) {
        vcpu.stop();
    }

    @Override
    public void exception(Vcpu vcpu, GuestException exception, long syndrome) {
        throw new IllegalStateException("an exception: " + exception);
    }

    @Override
    public void memoryFault(Vcpu vcpu, MemoryFault fault, long address, boolean write) {
        throw new IllegalStateException("a fault: " + fault);
    }

    @Override
    public void interrupt(Vcpu vcpu) {
        throw new IllegalStateException("nobody interrupts this vCPU");
    }
}
