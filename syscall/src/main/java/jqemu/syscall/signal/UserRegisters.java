package jqemu.syscall.signal;

import java.nio.ByteBuffer;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;

/// Registers in the layouts in which Linux on AArch64 shows them: `struct user_pt_regs` and the vector registers of
/// `struct user_fpsimd_state` (uapi/asm/ptrace.h). Signal frames and core files contain both.
public final class UserRegisters {
    /// The size of `struct user_pt_regs`: x0 to x30, sp, pc and pstate.
    public static final int GENERAL_SIZE = 34 * 8;
    /// The size of the vector registers v0 to v31.
    public static final int VECTOR_SIZE = 32 * 16;

    private static final int SP = 31 * 8;
    private static final int PC = SP + 8;
    private static final int PSTATE = PC + 8;
    private static final int NZCV_SHIFT = 28;
    private static final int BTYPE_SHIFT = 10;

    private UserRegisters() {}

    /// Writes `struct user_pt_regs`.
    ///
    /// @param at its offset in `target`, which is little-endian
    public static void putGeneral(ByteBuffer target, int at, CpuState env) {
        for (int register = 0; register < 31; register++) {
            target.putLong(at + 8 * register, env.x(register));
        }
        target.putLong(at + SP, env.sp());
        target.putLong(at + PC, env.pc());
        target.putLong(
                at + PSTATE,
                env.get(Slot.NZCV) << NZCV_SHIFT | env.get(Slot.PSTATE) | env.get(Slot.BTYPE) << BTYPE_SHIFT);
    }

    /// Reads `struct user_pt_regs`; of pstate what a program may change.
    static void getGeneral(ByteBuffer source, int at, CpuState env, boolean hasGuardedPages) {
        for (int register = 0; register < 31; register++) {
            env.setX(register, source.getLong(at + 8 * register));
        }
        env.setSp(source.getLong(at + SP));
        env.setPc(source.getLong(at + PC));
        long pstate = source.getLong(at + PSTATE);
        env.set(Slot.NZCV, pstate >>> NZCV_SHIFT & 15);
        env.set(Slot.PSTATE, pstate & (Slot.DIT | Slot.SSBS));
        env.set(Slot.BTYPE, hasGuardedPages ? pstate >>> BTYPE_SHIFT & 3 : 0);
    }

    /// Writes the vector registers.
    ///
    /// @param at their offset in `target`, which is little-endian
    public static void putVectors(ByteBuffer target, int at, CpuState env) {
        for (int half = 0; half < 64; half++) {
            target.putLong(at + 8 * half, env.get(Slot.V0 + half));
        }
    }

    /// Reads the vector registers.
    static void getVectors(ByteBuffer source, int at, CpuState env) {
        for (int half = 0; half < 64; half++) {
            env.set(Slot.V0 + half, source.getLong(at + 8 * half));
        }
    }
}
