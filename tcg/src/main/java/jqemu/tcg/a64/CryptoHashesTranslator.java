package jqemu.tcg.a64;

import jqemu.tcg.helper.Cryptography;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of the instructions for SHA-3, SHA-512, SM3 and SM4.
///
/// Those for SHA-3 are bitwise operations, the others calls of helpers that work on vector registers by number.
final class CryptoHashesTranslator implements CryptoHashes {
    private final TranslationContext ir;
    private final VectorShapes shapes;

    CryptoHashesTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
    }

    // ---- shapes

    /// `rd = rn ^ inner(rm, ra)`.
    private boolean exclusiveOr(Opcode inner, int rm, int ra, int rn, int rd) {
        int low = ir.binary(inner, Type.I64, shapes.low(rm), shapes.low(ra));
        int high = ir.binary(inner, Type.I64, shapes.high(rm), shapes.high(ra));
        int resultLow = ir.xor(Type.I64, shapes.low(rn), low);
        return shapes.write(Type.I64, 1, resultLow, ir.xor(Type.I64, shapes.high(rn), high), rd);
    }

    private int rotateRight(int value, int count) {
        return ir.binary(Opcode.ROTR, Type.I64, value, shapes.constant(count));
    }

    private boolean call(Helper helper, int ra, int rm, int rn, int rd) {
        int unused = shapes.constant(0);
        ir.call(Type.I64, helper, unused, unused, unused, unused, Cryptography.registers(rd, rn, rm, ra));
        return true;
    }

    // ---- instructions

    /// `EOR3`.
    @Override
    public boolean eor3(int rm, int ra, int rn, int rd) {
        return exclusiveOr(Opcode.XOR, rm, ra, rn, rd);
    }

    /// `BCAX`.
    @Override
    public boolean bcax(int rm, int ra, int rn, int rd) {
        return exclusiveOr(Opcode.ANDC, rm, ra, rn, rd);
    }

    /// `XAR`.
    @Override
    public boolean xar(int rm, int imm, int rn, int rd) {
        int low = rotateRight(ir.xor(Type.I64, shapes.low(rn), shapes.low(rm)), imm);
        int high = rotateRight(ir.xor(Type.I64, shapes.high(rn), shapes.high(rm)), imm);
        return shapes.write(Type.I64, 1, low, high, rd);
    }

    /// `RAX1`.
    @Override
    public boolean rax1(int rm, int rn, int rd) {
        int low = ir.xor(Type.I64, shapes.low(rn), rotateRight(shapes.low(rm), Long.SIZE - 1));
        int high = ir.xor(Type.I64, shapes.high(rn), rotateRight(shapes.high(rm), Long.SIZE - 1));
        return shapes.write(Type.I64, 1, low, high, rd);
    }

    /// `SHA512H`.
    @Override
    public boolean sha512h(int rm, int rn, int rd) {
        return call(Helper.SHA512_HASH_1, 0, rm, rn, rd);
    }

    /// `SHA512H2`.
    @Override
    public boolean sha512h2(int rm, int rn, int rd) {
        return call(Helper.SHA512_HASH_2, 0, rm, rn, rd);
    }

    /// `SHA512SU1`.
    @Override
    public boolean sha512su1(int rm, int rn, int rd) {
        return call(Helper.SHA512_SCHEDULE_1, 0, rm, rn, rd);
    }

    /// `SHA512SU0`.
    @Override
    public boolean sha512su0(int rn, int rd) {
        return call(Helper.SHA512_SCHEDULE_0, 0, 0, rn, rd);
    }

    /// `SM3SS1`.
    @Override
    public boolean sm3ss1(int rm, int ra, int rn, int rd) {
        return call(Helper.SM3_ROTATED_SUM, ra, rm, rn, rd);
    }

    /// `SM3TT1A`.
    @Override
    public boolean sm3tt1a(int rm, int imm, int rn, int rd) {
        return call(Helper.SM3_ROUND_1A, imm, rm, rn, rd);
    }

    /// `SM3TT1B`.
    @Override
    public boolean sm3tt1b(int rm, int imm, int rn, int rd) {
        return call(Helper.SM3_ROUND_1B, imm, rm, rn, rd);
    }

    /// `SM3TT2A`.
    @Override
    public boolean sm3tt2a(int rm, int imm, int rn, int rd) {
        return call(Helper.SM3_ROUND_2A, imm, rm, rn, rd);
    }

    /// `SM3TT2B`.
    @Override
    public boolean sm3tt2b(int rm, int imm, int rn, int rd) {
        return call(Helper.SM3_ROUND_2B, imm, rm, rn, rd);
    }

    /// `SM3PARTW1`.
    @Override
    public boolean sm3partw1(int rm, int rn, int rd) {
        return call(Helper.SM3_SCHEDULE_1, 0, rm, rn, rd);
    }

    /// `SM3PARTW2`.
    @Override
    public boolean sm3partw2(int rm, int rn, int rd) {
        return call(Helper.SM3_SCHEDULE_2, 0, rm, rn, rd);
    }

    /// `SM4EKEY`.
    @Override
    public boolean sm4ekey(int rm, int rn, int rd) {
        return call(Helper.SM4_KEY, 0, rm, rn, rd);
    }

    /// `SM4E`.
    @Override
    public boolean sm4e(int rn, int rd) {
        return call(Helper.SM4_ENCRYPT, 0, 0, rn, rd);
    }
}
