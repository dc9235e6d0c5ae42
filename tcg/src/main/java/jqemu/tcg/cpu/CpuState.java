package jqemu.tcg.cpu;

import jqemu.loader.memory.GuestMemory;
import org.jspecify.annotations.Nullable;

/// The registers of one guest vCPU, QEMU's "env".
///
/// One flat array: translated code addresses it by constant slot numbers (see [Slot]), and HotSpot checks its length
/// once per method. Fields beside it hold what translated code does not name by slot.
public final class CpuState {
    private final long[] slots = new long[Slot.COUNT];
    private final int index;
    private final @Nullable GuestMemory memory;
    private final long threadSlot;
    /// The host address of guest address 0. Translated code takes it from here, not as a constant: in a machine
    /// register it costs less than 64 bits in every instruction, and offsets from it fit into the instruction.
    ///
    /// What translated code reads are public fields: each getter would be code and counts of its own to C1.
    public final long guestBase;

    /// [GuestMemory#ADDRESS_MASK], for translated code, for the same reason.
    public final long addressMask;

    /// Zero, which translated code cannot know to be that.
    public final long zero;

    private PointerKeys pointerKeys = PointerKeys.NONE;

    /// What the plugin callback that runs may do with registers, a constant of `jqemu.tcg.instrument.Access`.
    private int pluginAccess;

    /// A vCPU in reset state without memory, for evaluating register operations.
    ///
    /// @param index the vCPU index that plugins see, from 0
    public CpuState(int index) {
        this(index, null, 0);
    }

    /// A vCPU in reset state: all registers zero, the exclusive monitor clear.
    ///
    /// @param index the vCPU index that plugins see, from 0
    /// @param memory the guest's memory
    /// @param threadSlot the slot of the host thread that executes this vCPU, see [jqemu.loader.host.ThreadSlot]
    public CpuState(int index, @Nullable GuestMemory memory, long threadSlot) {
        this.index = index;
        this.memory = memory;
        this.threadSlot = threadSlot;
        this.guestBase = memory == null ? 0 : memory.base();
        this.addressMask = GuestMemory.ADDRESS_MASK;
        this.zero = 0;
        slots[Slot.EXCLUSIVE_ADDRESS] = Slot.NO_EXCLUSIVE;
    }

    /// The live register file, indexed by [Slot]; translated code works on it.
    public long[] slots() {
        return slots;
    }

    /// The vCPU index that plugins see.
    public int index() {
        return index;
    }

    /// The guest's memory; throws when this state was made without.
    public GuestMemory memory() {
        if (memory == null) {
            throw new IllegalStateException("a vCPU without memory");
        }
        return memory;
    }

    /// The slot of the host thread that executes this vCPU, where signal handlers leave faults and interrupts.
    public long threadSlot() {
        return threadSlot;
    }

    /// What the plugin callback that this vCPU runs may do with registers: a constant of
    /// `jqemu.tcg.instrument.Access`.
    public int pluginAccess() {
        return pluginAccess;
    }

    /// Says what the plugin callback that this vCPU runs may do with registers.
    public void setPluginAccess(int access) {
        pluginAccess = access;
    }

    /// The keys of pointer authentication.
    public PointerKeys pointerKeys() {
        return pointerKeys;
    }

    /// Sets the keys of pointer authentication.
    public void setPointerKeys(PointerKeys keys) {
        pointerKeys = keys;
    }

    /// The value in `slot`.
    public long get(int slot) {
        return slots[slot];
    }

    /// Sets `slot` to `value`.
    public void set(int slot, long value) {
        slots[slot] = value;
    }

    /// General register `register`, 0 to 30.
    public long x(int register) {
        return slots[register];
    }

    /// Sets general register `register`, 0 to 30.
    public void setX(int register, long value) {
        slots[register] = value;
    }

    /// The guest pc; see [Slot#PC] for when it is up to date.
    public long pc() {
        return slots[Slot.PC];
    }

    /// Sets the guest pc.
    public void setPc(long pc) {
        slots[Slot.PC] = pc;
    }

    /// The stack pointer.
    public long sp() {
        return slots[Slot.SP];
    }

    /// Sets the stack pointer.
    public void setSp(long sp) {
        slots[Slot.SP] = sp;
    }

    /// Copies all registers and keys from `other`, as `clone` and `fork` do.
    public void copyFrom(CpuState other) {
        System.arraycopy(other.slots, 0, slots, 0, slots.length);
        pointerKeys = other.pointerKeys;
    }
}
