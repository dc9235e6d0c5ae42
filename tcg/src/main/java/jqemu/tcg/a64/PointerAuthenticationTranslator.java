package jqemu.tcg.a64;

import jqemu.tcg.cpu.PointerKeys;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.ExitHint;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Type;

/// Semantics of pointer authentication outside the hint space.
///
/// `data` is 1 for a data key, `b` for the B key; forms with "Zero" have the modifier 0.
final class PointerAuthenticationTranslator implements PointerAuthenticationInstructions {
    private final TranslationContext ir;
    private final Addressing addressing;
    private final Pointers pointers;

    PointerAuthenticationTranslator(TranslationContext ir) {
        this.ir = ir;
        this.addressing = new Addressing(ir);
        this.pointers = new Pointers(ir);
    }

    private static int key(int data, int b) {
        return data << 1 | b;
    }

    private int zero() {
        return ir.movi(Type.I64, 0);
    }

    /// `PACIA` to `PACDB`.
    @Override
    public boolean pac(int data, int b, int rn, int rd) {
        pointers.apply(0, key(data, b), rd, ir.readXsp(Type.I64, rn));
        return true;
    }

    /// `PACIZA` to `PACDZB`.
    @Override
    public boolean pacZero(int data, int b, int rd) {
        pointers.apply(0, key(data, b), rd, zero());
        return true;
    }

    /// `AUTIA` to `AUTDB`.
    @Override
    public boolean aut(int data, int b, int rn, int rd) {
        pointers.apply(1, key(data, b), rd, ir.readXsp(Type.I64, rn));
        return true;
    }

    /// `AUTIZA` to `AUTDZB`.
    @Override
    public boolean autZero(int data, int b, int rd) {
        pointers.apply(1, key(data, b), rd, zero());
        return true;
    }

    /// `XPACI`, `XPACD`: both halves of the address space have the same codes for instructions and data.
    @Override
    public boolean xpac(int data, int rd) {
        ir.writeX(Type.I64, rd, pointers.strip(ir.readX(Type.I64, rd)));
        return true;
    }

    /// `PACGA`.
    @Override
    public boolean pacga(int rm, int rn, int rd) {
        int value = ir.readX(Type.I64, rn);
        int modifier = ir.readXsp(Type.I64, rm);
        ir.writeX(Type.I64, rd, ir.call(Type.I64, Helper.SIGN_GENERIC, value, modifier, zero(), zero(), 0));
        return true;
    }

    // ---- branches

    /// `BRAA`, `BRAB`.
    @Override
    public boolean braa(int b, int rn, int rm) {
        return branch(b, rn, ir.readXsp(Type.I64, rm), ExitHint.JUMP);
    }

    /// `BRAAZ`, `BRABZ`.
    @Override
    public boolean braaZero(int b, int rn) {
        return branch(b, rn, zero(), ExitHint.JUMP);
    }

    /// `BLRAA`, `BLRAB`.
    @Override
    public boolean blraa(int b, int rn, int rm) {
        return branch(b, rn, ir.readXsp(Type.I64, rm), ExitHint.CALL);
    }

    /// `BLRAAZ`, `BLRABZ`.
    @Override
    public boolean blraaZero(int b, int rn) {
        return branch(b, rn, zero(), ExitHint.CALL);
    }

    /// `RETAA`, `RETAB`.
    @Override
    public boolean retaa(int b) {
        return branch(b, Slot.LR, ir.readXsp(Type.I64, Slot.SP), ExitHint.RETURN);
    }

    private boolean branch(int b, int rn, int modifier, ExitHint hint) {
        int target = pointers.authenticate(PointerKeys.IA + b, ir.readX(Type.I64, rn), modifier);
        if (hint == ExitHint.JUMP) {
            ir.branchTargets().jump(rn);
        } else if (hint == ExitHint.CALL) {
            ir.branchTargets().call();
            ir.writeX(Type.I64, Slot.LR, ir.movi(Type.I64, ir.nextPc()));
        }
        ir.jumpTo(target, hint);
        return true;
    }

    // ---- loads

    /// `LDRAA`, `LDRAB`: the base register keeps its code.
    @Override
    public boolean ldraa(int b, int imm, int rn, int rt) {
        ir.writeX(Type.I64, rt, ir.guestLoad(Type.I64, address(b, imm, rn), MemOp.SIZE_64));
        return true;
    }

    /// `LDRAA`, `LDRAB`, pre-indexed: the base register becomes the authenticated address.
    @Override
    public boolean ldraaPreIndex(int b, int imm, int rn, int rt) {
        int address = address(b, imm, rn);
        int value = ir.guestLoad(Type.I64, address, MemOp.SIZE_64);
        addressing.writeBack(rn, address);
        ir.writeX(Type.I64, rt, value);
        return true;
    }

    private int address(int b, int imm, int rn) {
        int base = pointers.authenticate(PointerKeys.DA + b, addressing.base(rn), zero());
        return addressing.plus(base, (long) imm << 3);
    }
}
