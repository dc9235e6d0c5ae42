package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.ir.Type;

/// Semantics of branches and exception generation (the manual's "Branches, exception generating and system
/// instructions").
final class BranchTranslator implements Branches {
    private final TranslationContext ir;
    private final BranchTargets targets;

    BranchTranslator(TranslationContext ir) {
        this.ir = ir;
        this.targets = ir.branchTargets();
    }

    /// `B.cond`: codes 14 and 15 are both "always".
    @Override
    public boolean bCond(int imm, int cond) {
        if (cond >= 14) {
            return b(imm);
        }
        int holds = ir.testcc(cond, ir.readNzcv());
        return branchIf(Type.I64, Condition.NE, holds, imm);
    }

    /// `CBZ`: branches when `Rt` is zero.
    @Override
    public boolean cbz(int sf, int imm, int rt) {
        Type type = Type.ofSf(sf);
        return branchIf(type, Condition.EQ, ir.readX(type, rt), imm);
    }

    /// `CBNZ`: branches when `Rt` is not zero.
    @Override
    public boolean cbnz(int sf, int imm, int rt) {
        Type type = Type.ofSf(sf);
        return branchIf(type, Condition.NE, ir.readX(type, rt), imm);
    }

    /// `TBZ`: branches when a bit of `Rt` is 0.
    @Override
    public boolean tbz(int bit, int imm, int rt) {
        return branchIf(Type.I64, Condition.EQ, ir.extract(Type.I64, ir.readX(Type.I64, rt), bit, 1), imm);
    }

    /// `TBNZ`: branches when a bit of `Rt` is 1.
    @Override
    public boolean tbnz(int bit, int imm, int rt) {
        return branchIf(Type.I64, Condition.NE, ir.extract(Type.I64, ir.readX(Type.I64, rt), bit, 1), imm);
    }

    private boolean branchIf(Type type, Condition condition, int value, int imm) {
        ir.brcond(type, condition, value, ir.movi(type, 0), target(imm));
        ir.jump(ir.nextPc(), ExitHint.JUMP);
        return true;
    }

    private long target(int imm) {
        return ir.pc() + 4L * imm;
    }

    /// `B`.
    @Override
    public boolean b(int imm) {
        ir.jump(target(imm), ExitHint.JUMP);
        return true;
    }

    /// `BL`.
    @Override
    public boolean bl(int imm) {
        link();
        ir.jump(target(imm), ExitHint.CALL);
        return true;
    }

    /// `BR`.
    @Override
    public boolean br(int rn) {
        targets.jump(rn);
        ir.jumpTo(ir.readX(Type.I64, rn), ExitHint.JUMP);
        return true;
    }

    /// `BLR`: the target is read before the link register is written, they may be the same.
    @Override
    public boolean blr(int rn) {
        int target = ir.readX(Type.I64, rn);
        targets.call();
        link();
        ir.jumpTo(target, ExitHint.CALL);
        return true;
    }

    /// `RET`.
    @Override
    public boolean ret(int rn) {
        ir.jumpTo(ir.readX(Type.I64, rn), ExitHint.RETURN);
        return true;
    }

    private void link() {
        ir.writeX(Type.I64, Slot.LR, ir.movi(Type.I64, ir.nextPc()));
    }

    /// `SVC`: the environment serves it with the pc behind it.
    @Override
    public boolean svc(int imm) {
        ir.storeEnv(Type.I64, Slot.PC, ir.movi(Type.I64, ir.nextPc()));
        ir.svc(imm);
        ir.endByException();
        return true;
    }

    /// `BRK`.
    @Override
    public boolean brk(int imm) {
        ir.raise(GuestException.BREAKPOINT, imm);
        ir.endByException();
        return true;
    }

    /// `HVC` is undefined at EL0.
    @Override
    public boolean hvc(int imm) {
        return false;
    }

    /// `SMC` is undefined at EL0.
    @Override
    public boolean smc(int imm) {
        return false;
    }

    /// `HLT` is undefined at EL0 without a debugger.
    @Override
    public boolean hlt(int imm) {
        return false;
    }

    /// `UDF` is undefined by design.
    @Override
    public boolean udf(int imm) {
        return false;
    }
}
