package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// What the instructions with pointer authentication share: signing, authenticating and stripping of pointers.
///
/// Keys are numbered as `jqemu.tcg.cpu.PointerKeys` does.
final class Pointers {
    private static final long UPPER_HALF_CODE = 0xff7f_0000_0000_0000L;

    private final TranslationContext ir;

    Pointers(TranslationContext ir) {
        this.ir = ir;
    }

    /// Signs register `register`, or authenticates it when `aut` is 1.
    void apply(int aut, int key, int register, int modifier) {
        int pointer = ir.readX(Type.I64, register);
        ir.writeX(Type.I64, register, aut == 1 ? authenticate(key, pointer, modifier) : sign(key, pointer, modifier));
    }

    private int sign(int key, int pointer, int modifier) {
        int none = ir.movi(Type.I64, 0);
        return ir.call(Type.I64, Helper.SIGN_POINTER, pointer, modifier, none, none, key);
    }

    /// The pointer without its code; a wrong code raises an exception (FEAT_FPACCOMBINE).
    int authenticate(int key, int pointer, int modifier) {
        int none = ir.movi(Type.I64, 0);
        int plain = ir.call(Type.I64, Helper.AUTHENTICATE_POINTER, pointer, modifier, none, none, key);
        raiseIf(ir.loadEnv(Type.I64, Slot.RESULT_HIGH));
        return plain;
    }

    /// Raises the exception for illegal operands when `condition` is not 0.
    private void raiseIf(int condition) {
        ir.unary(Opcode.RAISE_IF, Type.I64, condition, GuestException.ILLEGAL_OPERAND.ordinal());
    }

    /// The pointer without its code, unchecked; bit 55 says to which half of the address space it belongs.
    int strip(int pointer) {
        int none = ir.movi(Type.I64, 0);
        int lower = ir.deposit(Type.I64, pointer, none, 48, 7);
        int upper = ir.or(Type.I64, pointer, ir.movi(Type.I64, UPPER_HALF_CODE));
        int half = ir.extract(Type.I64, pointer, 55, 1);
        return ir.movcond(Type.I64, Condition.EQ, Type.I64, half, none, lower, upper);
    }
}
