package jqemu.tcg.cpu;

/// Slot numbers of [CpuState#slots]: what `ld_env` and `st_env` name.
public final class Slot {
    /// `x0`; `xN` is slot N, up to `x30`.
    public static final int X0 = 0;
    /// The link register, `x30`.
    public static final int LR = 30;
    /// The stack pointer. Register number 31 of an instruction is this slot or the zero register, as the form says.
    public static final int SP = 31;
    /// The guest pc; up to date only between blocks, at faults and in system calls.
    public static final int PC = 32;
    /// The condition flags in bits 3 to 0: N, Z, C, V.
    public static final int NZCV = 33;
    /// The floating-point control register.
    public static final int FPCR = 34;
    /// The floating-point status register.
    public static final int FPSR = 35;
    /// The software thread register `TPIDR_EL0`.
    public static final int TPIDR = 36;
    /// The address of the exclusive monitor, or [#NO_EXCLUSIVE].
    public static final int EXCLUSIVE_ADDRESS = 37;
    /// What a load-exclusive read: the low (or only) 64 bits.
    public static final int EXCLUSIVE_VALUE = 38;
    /// What a load-exclusive of a pair read: the high 64 bits.
    public static final int EXCLUSIVE_HIGH = 39;
    /// The high half of a helper's 128-bit result.
    public static final int RESULT_HIGH = 40;
    /// The fields of PSTATE that programs can set besides the flags, as `DIT` and `SSBS` show them: [#DIT],
    /// [#SSBS].
    public static final int PSTATE = 41;
    /// How the current block was branched to (the manual's PSTATE.BTYPE), 0 to 3: [#BTYPE_JUMP_16], [#BTYPE_CALL],
    /// [#BTYPE_JUMP]; 0 but between an indirect branch and its target, and always while no page is guarded.
    public static final int BTYPE = 42;
    /// What the flags in [#NZCV] and [#FLAG_B] are while compiled code runs: a kind of `jqemu.tcg.jvm.LazyFlags`, 0
    /// when [#NZCV] holds the flags themselves. No register of the guest; 0 wherever anything but compiled code
    /// looks.
    public static final int FLAG_KIND = 46;
    /// The second operand of flags that are not computed yet.
    public static final int FLAG_B = 47;
    /// The low half of `v0`; `vN` is at `V0 + 2 * N` (low) and one above (high).
    public static final int V0 = 48;
    /// In [#PSTATE]: data independent timing.
    public static final int DIT = 1 << 24;
    /// In [#PSTATE]: speculative store bypass safe.
    public static final int SSBS = 1 << 12;

    /// In [#BTYPE]: `BR` by x16 or x17, or from a page that is not guarded.
    public static final int BTYPE_JUMP_16 = 1;
    /// In [#BTYPE]: `BLR`.
    public static final int BTYPE_CALL = 2;
    /// In [#BTYPE]: any other `BR`.
    public static final int BTYPE_JUMP = 3;

    /// The number of slots.
    public static final int COUNT = V0 + 64;

    /// The value of [#EXCLUSIVE_ADDRESS] when the monitor is clear: no clean guest address has its top bits set.
    public static final long NO_EXCLUSIVE = -1L;

    private static final String[] SYSTEM_NAMES = {
        "sp", "pc", "nzcv", "fpcr", "fpsr", "tpidr", "exaddr", "exval", "exhigh", "reshigh", "pstate", "btype"
    };

    private Slot() {}

    /// The slot of the low half of vector register `register`, 0 to 31.
    public static int vLow(int register) {
        return V0 + 2 * register;
    }

    /// The slot of the high half of vector register `register`, 0 to 31.
    public static int vHigh(int register) {
        return V0 + 2 * register + 1;
    }

    /// Whether `slot` names a register.
    public static boolean exists(int slot) {
        return (slot >= 0 && slot < SP + SYSTEM_NAMES.length) || (slot >= V0 && slot < COUNT);
    }

    /// The slot's name in the textual IR: `x7`, `sp`, `nzcv`, `v3.lo`, `v3.hi`.
    public static String name(int slot) {
        if (slot < SP) {
            return "x" + slot;
        }
        if (slot < SP + SYSTEM_NAMES.length) {
            return SYSTEM_NAMES[slot - SP];
        }
        int half = slot - V0;
        return "v" + half / 2 + (half % 2 == 0 ? ".lo" : ".hi");
    }

    /// The slot that [#name] calls `name`; throws [IllegalArgumentException] for anything else.
    public static int parse(String name) {
        for (int slot = 0; slot < COUNT; slot++) {
            if (exists(slot) && name(slot).equals(name)) {
                return slot;
            }
        }
        throw new IllegalArgumentException("no such register: " + name);
    }
}
