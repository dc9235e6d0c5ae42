package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// The check of branch targets (FEAT_BTI): an indirect branch leaves its kind in `btype`, and the block that it leads
/// to looks whether its first instruction is a landing pad for that kind.
///
/// As long as no page is guarded nothing of this is generated. With the first guarded page all translations are
/// dropped, and from then on every block begins by clearing `btype`, after it was checked in a guarded page.
final class BranchTargets {
    /// Kinds of branches that an instruction refuses, a bit for each value of `btype`.
    private static final int ALL = 1 << Slot.BTYPE_JUMP_16 | 1 << Slot.BTYPE_CALL | 1 << Slot.BTYPE_JUMP;

    private static final int PACIASP = 0xd503_233f;
    private static final int PACIBSP = 0xd503_237f;
    private static final int BTI_C = 0xd503_245f;
    private static final int BTI_J = 0xd503_249f;
    private static final int BTI_JC = 0xd503_24df;
    /// The first eleven bits of `BRK` and `HLT`.
    private static final int BRK = 0b11010100_001;
    private static final int HLT = 0b11010100_010;

    private final TranslationContext ir;
    private boolean checked;
    private boolean guarded;

    BranchTargets(TranslationContext ir) {
        this.ir = ir;
    }

    /// Starts a block.
    ///
    /// @param anyGuarded whether there are guarded pages
    /// @param pageGuarded whether the block's page is one
    void startBlock(boolean anyGuarded, boolean pageGuarded) {
        checked = anyGuarded;
        guarded = pageGuarded;
    }

    /// Looks whether the branch to here may land on `insn`, the first instruction of the block; if not, it is
    /// undefined.
    void land(int insn) {
        if (!checked) {
            return;
        }
        int refused = guarded ? refused(insn) : 0;
        if (refused != 0) {
            int type = ir.loadEnv(Type.I64, Slot.BTYPE);
            int refuses = ir.binary(Opcode.SHR, Type.I64, ir.movi(Type.I64, refused), type);
            int bit = ir.extract(Type.I64, refuses, 0, 1);
            ir.unary(Opcode.RAISE_IF, Type.I64, bit, GuestException.UNDEFINED.ordinal());
        }
        set(0);
    }

    /// The kinds of branches for which `insn` is no landing pad ("Effect of entering a guarded page").
    ///
    /// Linux has SCTLR_EL1.BT0 set, so that `PACIASP` and `PACIBSP` refuse what `BTI c` refuses. The exceptions of
    /// `BRK` and `HLT` come first.
    private static int refused(int insn) {
        int opcode = Bits.field(insn, 21, 11);
        if (opcode == BRK || opcode == HLT) {
            return 0;
        }
        return switch (insn) {
            case BTI_C, PACIASP, PACIBSP -> 1 << Slot.BTYPE_JUMP;
            case BTI_J -> 1 << Slot.BTYPE_CALL;
            case BTI_JC -> 0;
            default -> ALL;
        };
    }

    /// `BR` by register `rn`.
    void jump(int rn) {
        if (checked) {
            set(!guarded || rn == 16 || rn == 17 ? Slot.BTYPE_JUMP_16 : Slot.BTYPE_JUMP);
        }
    }

    /// `BLR`.
    void call() {
        if (checked) {
            set(Slot.BTYPE_CALL);
        }
    }

    private void set(int type) {
        ir.storeEnv(Type.I64, Slot.BTYPE, ir.movi(Type.I64, type));
    }
}
