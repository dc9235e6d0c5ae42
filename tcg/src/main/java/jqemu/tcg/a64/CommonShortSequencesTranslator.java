package jqemu.tcg.a64;

import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of the common short sequences: minimum, maximum, absolute value and bit counts of general registers.
final class CommonShortSequencesTranslator implements CommonShortSequences {
    private static final long BYTES_OF_ONE = 0x0101_0101_0101_0101L;

    private final TranslationContext ir;

    CommonShortSequencesTranslator(TranslationContext ir) {
        this.ir = ir;
    }

    /// `CTZ`: counts trailing zero bits.
    @Override
    public boolean ctz(int sf, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int reversed = ir.unary(Opcode.RBIT, type, ir.readX(type, rn));
        ir.writeX(type, rd, ir.unary(Opcode.CLZ, type, reversed));
        return true;
    }

    /// `CNT`: counts one bits, those of each byte first.
    @Override
    public boolean cnt(int sf, int rn, int rd) {
        int value = sf == 1 ? ir.readX(Type.I64, rn) : ir.zeroExtend(ir.readX(Type.I32, rn));
        int counts = ir.unary(Opcode.VCNT, Type.I64, value);
        int sums = ir.binary(Opcode.MUL, Type.I64, counts, ir.movi(Type.I64, BYTES_OF_ONE));
        ir.writeX(Type.I64, rd, ir.extract(Type.I64, sums, 56, 8));
        return true;
    }

    /// `ABS`: the least integer stays.
    @Override
    public boolean absGeneral(int sf, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int value = ir.readX(type, rn);
        int negated = ir.neg(type, value);
        ir.writeX(type, rd, ir.movcond(type, Condition.LT, type, value, ir.movi(type, 0), negated, value));
        return true;
    }

    /// `SMAX (register)`.
    @Override
    public boolean smaxGeneral(int sf, int rm, int rn, int rd) {
        return choose(Condition.GT, sf, rn, ir.readX(Type.ofSf(sf), rm), rd);
    }

    /// `UMAX (register)`.
    @Override
    public boolean umaxGeneral(int sf, int rm, int rn, int rd) {
        return choose(Condition.GTU, sf, rn, ir.readX(Type.ofSf(sf), rm), rd);
    }

    /// `SMIN (register)`.
    @Override
    public boolean sminGeneral(int sf, int rm, int rn, int rd) {
        return choose(Condition.LT, sf, rn, ir.readX(Type.ofSf(sf), rm), rd);
    }

    /// `UMIN (register)`.
    @Override
    public boolean uminGeneral(int sf, int rm, int rn, int rd) {
        return choose(Condition.LTU, sf, rn, ir.readX(Type.ofSf(sf), rm), rd);
    }

    /// `SMAX (immediate)`.
    @Override
    public boolean smaxImmediate(int sf, int imm, int rn, int rd) {
        return choose(Condition.GT, sf, rn, ir.movi(Type.ofSf(sf), imm), rd);
    }

    /// `UMAX (immediate)`.
    @Override
    public boolean umaxImmediate(int sf, int imm, int rn, int rd) {
        return choose(Condition.GTU, sf, rn, ir.movi(Type.ofSf(sf), imm), rd);
    }

    /// `SMIN (immediate)`.
    @Override
    public boolean sminImmediate(int sf, int imm, int rn, int rd) {
        return choose(Condition.LT, sf, rn, ir.movi(Type.ofSf(sf), imm), rd);
    }

    /// `UMIN (immediate)`.
    @Override
    public boolean uminImmediate(int sf, int imm, int rn, int rd) {
        return choose(Condition.LTU, sf, rn, ir.movi(Type.ofSf(sf), imm), rd);
    }

    /// `Rd = Rn condition other ? Rn : other`.
    private boolean choose(Condition condition, int sf, int rn, int other, int rd) {
        Type type = Type.ofSf(sf);
        int value = ir.readX(type, rn);
        ir.writeX(type, rd, ir.movcond(type, condition, type, value, other, value, other));
        return true;
    }
}
