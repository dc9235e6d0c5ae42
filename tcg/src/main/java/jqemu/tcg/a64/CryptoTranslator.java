package jqemu.tcg.a64;

import jqemu.tcg.helper.Cryptography;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of the cryptographic extension: AES, 64-bit polynomial multiply, SHA-1, SHA-256.
///
/// Most are calls of helpers that work on vector registers by number.
final class CryptoTranslator implements Crypto {
    private final TranslationContext ir;
    private final VectorShapes shapes;

    CryptoTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
    }

    private boolean call(Helper helper, int rm, int rn, int rd) {
        int unused = shapes.constant(0);
        ir.call(Type.I64, helper, unused, unused, unused, unused, Cryptography.registers(rd, rn, rm));
        return true;
    }

    /// `AESE`.
    @Override
    public boolean aese(int rn, int rd) {
        return call(Helper.AESE, 0, rn, rd);
    }

    /// `AESD`.
    @Override
    public boolean aesd(int rn, int rd) {
        return call(Helper.AESD, 0, rn, rd);
    }

    /// `AESMC`.
    @Override
    public boolean aesmc(int rn, int rd) {
        return call(Helper.AESMC, 0, rn, rd);
    }

    /// `AESIMC`.
    @Override
    public boolean aesimc(int rn, int rd) {
        return call(Helper.AESIMC, 0, rn, rd);
    }

    /// `PMULL`, `PMULL2` of doublewords.
    @Override
    public boolean pmull64(int q, int rm, int rn, int rd) {
        int left = shapes.half(rn, q);
        int right = shapes.half(rm, q);
        int low = ir.binary(Opcode.VPMUL, Type.I64, left, right, 3);
        return shapes.write(Type.I64, 1, low, ir.binary(Opcode.VPMULH64, Type.I64, left, right), rd);
    }

    /// `SHA1C`.
    @Override
    public boolean sha1c(int rm, int rn, int rd) {
        return call(Helper.SHA1_CHOOSE, rm, rn, rd);
    }

    /// `SHA1P`.
    @Override
    public boolean sha1p(int rm, int rn, int rd) {
        return call(Helper.SHA1_PARITY, rm, rn, rd);
    }

    /// `SHA1M`.
    @Override
    public boolean sha1m(int rm, int rn, int rd) {
        return call(Helper.SHA1_MAJORITY, rm, rn, rd);
    }

    /// `SHA1SU0`.
    @Override
    public boolean sha1su0(int rm, int rn, int rd) {
        return call(Helper.SHA1_SCHEDULE_0, rm, rn, rd);
    }

    /// `SHA256H`.
    @Override
    public boolean sha256h(int rm, int rn, int rd) {
        return call(Helper.SHA256_HASH_1, rm, rn, rd);
    }

    /// `SHA256H2`.
    @Override
    public boolean sha256h2(int rm, int rn, int rd) {
        return call(Helper.SHA256_HASH_2, rm, rn, rd);
    }

    /// `SHA256SU1`.
    @Override
    public boolean sha256su1(int rm, int rn, int rd) {
        return call(Helper.SHA256_SCHEDULE_1, rm, rn, rd);
    }

    /// `SHA1H`.
    @Override
    public boolean sha1h(int rn, int rd) {
        int rotated = ir.binary(Opcode.ROTR, Type.I32, ir.readV(Type.I32, rn), ir.movi(Type.I32, 2));
        ir.writeV(Type.I32, rd, rotated);
        return true;
    }

    /// `SHA1SU1`.
    @Override
    public boolean sha1su1(int rn, int rd) {
        return call(Helper.SHA1_SCHEDULE_1, 0, rn, rd);
    }

    /// `SHA256SU0`.
    @Override
    public boolean sha256su0(int rn, int rd) {
        return call(Helper.SHA256_SCHEDULE_0, 0, rn, rd);
    }
}
