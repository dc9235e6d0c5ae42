package jqemu.tcg.opt;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Aux;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Marks guest accesses whose address certainly has a zero top byte, so that the execution tiers need not mask it.
///
/// ```
/// v0 = ld_env_i64 sp
/// v1 = movi_i64 $16
/// v2 = add_i64 v0, v1
/// v3 = ld_i64 v2, u64   =>   v3 = ld_i64 v2, u64+clean
/// ```
///
/// Guests keep no tag in `sp`. What is near it may leave the address range by at most [#REACH], which is less than the
/// guard bands around the guest's memory. Constants and zero-extended values are short enough by themselves.
public final class CleanAddresses implements Pass {
    private static final int ADDRESS_BITS = 56;

    /// How far from `sp` an address counts as near it.
    private static final long REACH = 1L << 31;

    private static final long NOT_NEAR = Long.MAX_VALUE;

    /// By value, its distance from `sp` at the start of the block, or [#NOT_NEAR].
    private long[] distance = new long[0];

    @Override
    public String name() {
        return "clean-addresses";
    }

    @Override
    public void run(IrBlock block) {
        if (distance.length < block.size()) {
            distance = new long[block.size() * 2];
        }
        for (int n = 0; n < block.size(); n++) {
            distance[n] = distanceOf(block, n);
            if (accessesMemory(block.opcode(n)) && isClean(block, block.a(n))) {
                block.setAux(n, block.aux(n) | MemOp.CLEAN);
            }
        }
    }

    private static boolean accessesMemory(Opcode op) {
        return op.aux() == Aux.MEMOP && op.mayFault();
    }

    private boolean isClean(IrBlock block, int address) {
        return distance[address] != NOT_NEAR || SignificantBits.of(block, address) <= ADDRESS_BITS;
    }

    private long distanceOf(IrBlock block, int n) {
        Opcode op = block.opcode(n);
        if (op == Opcode.LD_ENV) {
            return block.imm(n) == Slot.SP && block.type(n) == Type.I64 ? 0 : NOT_NEAR;
        }
        if (op != Opcode.ADD && op != Opcode.SUB) {
            return NOT_NEAR;
        }
        long base = distance[block.a(n)];
        if (base == NOT_NEAR || block.opcode(block.b(n)) != Opcode.MOVI) {
            return NOT_NEAR;
        }
        long constant = block.imm(block.b(n));
        long sum = op == Opcode.ADD ? base + constant : base - constant;
        boolean near = constant >= -REACH && constant <= REACH && sum >= -REACH && sum <= REACH;
        return near ? sum : NOT_NEAR;
    }
}
