package jqemu.tcg.opt;

import java.util.Arrays;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;

/// Drops stores to guest registers that are overwritten before anybody can look.
///
/// ```
/// st_env_i64 v3, nzcv
/// v5 = nzcv_sub_i64 v1, v4    =>   v5 = nzcv_sub_i64 v1, v4
/// st_env_i64 v5, nzcv              st_env_i64 v5, nzcv
/// ```
///
/// A backward walk. Env is looked at by loads of the slot, at exits, by helpers and plugin callbacks, and by the
/// handler of a fault: at a guest memory access it has to be what it was before the instruction. Floating-point ops
/// read FPCR and update FPSR in place.
public final class DeadEnvStores implements Pass {
    private final Removal removal = new Removal();

    /// By slot, whether it is stored to further down before anybody looks.
    private final boolean[] overwritten = new boolean[Slot.COUNT];

    @Override
    public String name() {
        return "dead-env-stores";
    }

    @Override
    public void run(IrBlock block) {
        removal.reset(block);
        Arrays.fill(overwritten, false);
        for (int n = block.size() - 1; n >= 0; n--) {
            visit(block, n);
        }
        removal.apply(block);
    }

    private void visit(IrBlock block, int n) {
        Opcode op = block.opcode(n);
        switch (op.effect()) {
            case READ_ENV -> overwritten[(int) block.imm(n)] = false;
            case WRITE_ENV -> store(n, (int) block.imm(n));
            case FP -> {
                overwritten[Slot.FPCR] = false;
                overwritten[Slot.FPSR] = false;
            }
            default -> {
                if (op.observesEnv()) {
                    Arrays.fill(overwritten, false);
                }
            }
        }
    }

    private void store(int n, int slot) {
        if (overwritten[slot]) {
            removal.remove(n);
        }
        overwritten[slot] = true;
    }
}
