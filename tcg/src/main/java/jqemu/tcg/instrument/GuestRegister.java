package jqemu.tcg.instrument;

import java.util.ArrayList;
import java.util.List;
import jqemu.plugin.api.Register;
import jqemu.tcg.a64.SystemRegisterEncoding;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;

/// A register as plugins see it. A record, because HotSpot takes the fields of records for constants: in a callback
/// reading a captured register is a load from env.
///
/// @param slot the place in [CpuState#slots] of all of it, or of its lower half
record GuestRegister(VcpuTable vcpus, String name, String feature, int size, int slot) implements Register {
    private static final String CORE = "org.gnu.gdb.aarch64.core";
    private static final String FPU = "org.gnu.gdb.aarch64.fpu";
    private static final String TLS = "org.gnu.gdb.aarch64.tls";

    /// Where `cpsr` has the flags.
    private static final int FLAGS_SHIFT = 28;

    /// All registers, in gdb's order.
    static List<Register> all(VcpuTable vcpus) {
        List<Register> registers = new ArrayList<>();
        for (int x = 0; x <= Slot.LR; x++) {
            registers.add(new GuestRegister(vcpus, "x" + x, CORE, Long.BYTES, x));
        }
        registers.add(new GuestRegister(vcpus, "sp", CORE, Long.BYTES, Slot.SP));
        registers.add(new GuestRegister(vcpus, "pc", CORE, Long.BYTES, Slot.PC));
        registers.add(new GuestRegister(vcpus, "cpsr", CORE, Integer.BYTES, Slot.NZCV));
        for (int v = 0; v < 32; v++) {
            registers.add(new GuestRegister(vcpus, "v" + v, FPU, 2 * Long.BYTES, Slot.vLow(v)));
        }
        registers.add(new GuestRegister(vcpus, "fpsr", FPU, Integer.BYTES, Slot.FPSR));
        registers.add(new GuestRegister(vcpus, "fpcr", FPU, Integer.BYTES, Slot.FPCR));
        registers.add(new GuestRegister(vcpus, "tpidr", TLS, Long.BYTES, Slot.TPIDR));
        return List.copyOf(registers);
    }

    private CpuState allowed(int vcpu, int access) {
        CpuState env = vcpus.get(vcpu);
        if (env.pluginAccess() < access) {
            throw new IllegalStateException("register " + name + " is " + (access == Access.READ ? "read" : "written")
                    + " by a callback that did not ask for it with RegisterAccess");
        }
        return env;
    }

    private boolean isWide() {
        return size > Long.BYTES;
    }

    @Override
    public long read(int vcpu) {
        CpuState env = allowed(vcpu, Access.READ);
        return slot == Slot.NZCV
                ? env.get(Slot.NZCV) << FLAGS_SHIFT | env.get(Slot.PSTATE)
                : env.get(slot) & Bits.mask(isWide() ? Long.SIZE : 8 * size);
    }

    @Override
    public long readHigh(int vcpu) {
        CpuState env = allowed(vcpu, Access.READ);
        return isWide() ? env.get(slot + 1) : 0;
    }

    @Override
    public void write(int vcpu, long value) {
        CpuState env = allowed(vcpu, Access.WRITE);
        switch (slot) {
            case Slot.PC -> throw new UnsupportedOperationException("the pc is changed by setPc");
            case Slot.NZCV -> {
                env.set(Slot.NZCV, Bits.extract(value, FLAGS_SHIFT, 4));
                env.set(Slot.PSTATE, value & (Slot.DIT | Slot.SSBS));
            }
            case Slot.FPCR -> env.set(slot, value & SystemRegisterEncoding.FPCR_MASK);
            case Slot.FPSR -> env.set(slot, value & SystemRegisterEncoding.FPSR_MASK);
            default -> env.set(slot, value);
        }
    }

    @Override
    public void write(int vcpu, long low, long high) {
        CpuState env = allowed(vcpu, Access.WRITE);
        if (!isWide()) {
            throw new UnsupportedOperationException("register " + name + " has " + size + " bytes");
        }
        env.set(slot, low);
        env.set(slot + 1, high);
    }
}
