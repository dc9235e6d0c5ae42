package jqemu.tcg.opt;

import java.util.Arrays;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Forwards guest registers within a block: a load of what was stored or loaded before becomes that value.
///
/// ```
/// st_env_i64 v3, x0           st_env_i64 v3, x0
/// v5 = ld_env_i64 x0
/// v6 = add_i64 v5, v4    =>   v6 = add_i64 v3, v4
/// v7 = ld_env_i32 x0          v7 = extrl_i32 v3
/// ```
///
/// A store of what the register holds anyway goes too. Slots never overlap. A helper or a plugin callback may change
/// any register, a floating-point op the cumulative flags in FPSR: what is known of those is forgotten there.
public final class EnvForwarding implements Pass {
    private static final int UNKNOWN = -1;

    private final Aliases aliases = new Aliases();
    private final Removal removal = new Removal();

    /// By slot, the value that is equal to the whole slot.
    private final int[] whole = new int[Slot.COUNT];
    /// By slot, a value that was loaded from its low part.
    private final int[] low = new int[Slot.COUNT];

    @Override
    public String name() {
        return "env-forwarding";
    }

    @Override
    public void run(IrBlock block) {
        aliases.reset(block);
        removal.reset(block);
        forgetAll();
        for (int n = 0; n < block.size(); n++) {
            aliases.resolve(block, n);
            visit(block, n);
        }
        removal.apply(block);
    }

    private void forgetAll() {
        Arrays.fill(whole, UNKNOWN);
        Arrays.fill(low, UNKNOWN);
    }

    private void visit(IrBlock block, int n) {
        Opcode op = block.opcode(n);
        switch (op.effect()) {
            case READ_ENV -> load(block, n, (int) block.imm(n));
            case WRITE_ENV -> store(block, n, (int) block.imm(n));
            case FP -> {
                whole[Slot.FPSR] = UNKNOWN;
                low[Slot.FPSR] = UNKNOWN;
            }
            default -> {
                if (op.changesEnv()) {
                    forgetAll();
                }
            }
        }
    }

    private void store(IrBlock block, int n, int slot) {
        int value = block.a(n);
        if (whole[slot] == value) {
            removal.remove(n);
        }
        // a narrow value is kept zero-extended, and so the store extends it: value and slot are equal
        whole[slot] = value;
        low[slot] = UNKNOWN;
    }

    private void load(IrBlock block, int n, int slot) {
        Type type = block.type(n);
        int known = whole[slot];
        if (known != UNKNOWN && forward(block, n, known)) {
            return;
        }
        if (known == UNKNOWN && low[slot] != UNKNOWN && block.valueIs(low[slot], type)) {
            aliases.set(n, low[slot]);
        } else if (type.bits() == Long.SIZE) {
            whole[slot] = n;
        } else {
            low[slot] = n;
        }
    }

    /// Makes load `n` the value `known` of the whole slot, cut to the load's type; false where no single op does
    /// that.
    private boolean forward(IrBlock block, int n, int known) {
        Type type = block.type(n);
        Type from = block.type(known);
        if (block.valueIs(known, type)) {
            aliases.set(n, known);
        } else if (type == Type.I64 && from == Type.I32) {
            block.replace(n, Opcode.EXTU_I32, type, known, 0, 0, 0, 0, 0);
        } else if (type == Type.I32 && from == Type.I64) {
            block.replace(n, Opcode.EXTRL, type, known, 0, 0, 0, 0, 0);
        } else if (type.bits() <= from.bits()) {
            block.replace(n, Opcode.BITCAST, type, known, 0, 0, 0, 0, 0);
        } else {
            return false;
        }
        return true;
    }
}
