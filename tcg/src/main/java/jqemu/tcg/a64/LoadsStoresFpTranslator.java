package jqemu.tcg.a64;

import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Type;

/// Semantics of loads and stores of SIMD and floating-point registers.
///
/// `scale` is the log2 of the bytes accessed, 0 to 4; `opc` of a pair is `scale - 2`. A load clears the rest of its
/// register.
/// Sixteen bytes are one access for plugins, and each register of a pair is one. Both registers of a pair are loaded
/// before the first is written, so that a fault leaves all registers alone.
final class LoadsStoresFpTranslator implements LoadsStoresFp {
    private final TranslationContext ir;
    private final Addressing addressing;

    LoadsStoresFpTranslator(TranslationContext ir) {
        this.ir = ir;
        this.addressing = new Addressing(ir);
    }

    // ---- one register

    private static Type registerType(int scale) {
        return scale == MemOp.SIZE_64 ? Type.I64 : Type.I32;
    }

    private boolean store(int scale, int address, int rt) {
        if (scale == MemOp.SIZE_128) {
            storeQuad(address, ir.readVLow(rt), ir.readVHigh(rt));
        } else {
            ir.guestStore(registerType(scale), address, ir.readV(registerType(scale), rt), scale);
        }
        return true;
    }

    private void storeQuad(int address, int low, int high) {
        ir.storePart(Type.I64, address, low, MemOp.SIZE_64);
        ir.storePart(Type.I64, addressing.plus(address, 8), high, MemOp.SIZE_64);
        ir.markAccess(address, MemOp.SIZE_128 | MemOp.STORE, low, high);
    }

    private boolean load(int scale, int address, int rt) {
        if (scale == MemOp.SIZE_128) {
            int low = ir.loadPart(Type.I64, address, MemOp.SIZE_64);
            int high = ir.loadPart(Type.I64, addressing.plus(address, 8), MemOp.SIZE_64);
            ir.markAccess(address, MemOp.SIZE_128, low, high);
            ir.writeV128(rt, low, high);
        } else {
            ir.writeV(registerType(scale), rt, ir.guestLoad(registerType(scale), address, scale));
        }
        return true;
    }

    // ---- pairs

    private int scaled(int opc, int rn, int imm) {
        return addressing.offset(rn, (long) imm << (2 + opc));
    }

    private boolean storePair(int scale, int address, int rt, int rt2) {
        return store(scale, address, rt) && store(scale, addressing.plus(address, 1L << scale), rt2);
    }

    private boolean loadPair(int scale, int address, int rt, int rt2) {
        return scale == MemOp.SIZE_128 ? loadQuads(address, rt, rt2) : loadScalars(scale, address, rt, rt2);
    }

    private boolean loadScalars(int scale, int address, int rt, int rt2) {
        Type type = registerType(scale);
        int first = ir.guestLoad(type, address, scale);
        int second = ir.guestLoad(type, addressing.plus(address, 1L << scale), scale);
        ir.writeV(type, rt, first);
        ir.writeV(type, rt2, second);
        return true;
    }

    private boolean loadQuads(int address, int rt, int rt2) {
        int upper = addressing.plus(address, 16);
        int firstLow = ir.loadPart(Type.I64, address, MemOp.SIZE_64);
        int firstHigh = ir.loadPart(Type.I64, addressing.plus(address, 8), MemOp.SIZE_64);
        ir.markAccess(address, MemOp.SIZE_128, firstLow, firstHigh);
        int secondLow = ir.loadPart(Type.I64, upper, MemOp.SIZE_64);
        int secondHigh = ir.loadPart(Type.I64, addressing.plus(address, 24), MemOp.SIZE_64);
        ir.markAccess(upper, MemOp.SIZE_128, secondLow, secondHigh);
        ir.writeV128(rt, firstLow, firstHigh);
        ir.writeV128(rt2, secondLow, secondHigh);
        return true;
    }

    private boolean writeBack(int rn, int address) {
        addressing.writeBack(rn, address);
        return true;
    }

    // ---- instructions

    /// `STR (SIMD&FP)`, unsigned offset.
    @Override
    public boolean strFpUnsignedOffset(int scale, int imm, int rn, int rt) {
        return store(scale, addressing.offset(rn, (long) imm << scale), rt);
    }

    /// `LDR (SIMD&FP)`, unsigned offset.
    @Override
    public boolean ldrFpUnsignedOffset(int scale, int imm, int rn, int rt) {
        return load(scale, addressing.offset(rn, (long) imm << scale), rt);
    }

    /// `STUR (SIMD&FP)`.
    @Override
    public boolean sturFp(int scale, int imm, int rn, int rt) {
        return store(scale, addressing.offset(rn, imm), rt);
    }

    /// `LDUR (SIMD&FP)`.
    @Override
    public boolean ldurFp(int scale, int imm, int rn, int rt) {
        return load(scale, addressing.offset(rn, imm), rt);
    }

    /// `STR (SIMD&FP)`, post-index.
    @Override
    public boolean strFpPostIndex(int scale, int imm, int rn, int rt) {
        int address = addressing.base(rn);
        return store(scale, address, rt) && writeBack(rn, addressing.plus(address, imm));
    }

    /// `LDR (SIMD&FP)`, post-index.
    @Override
    public boolean ldrFpPostIndex(int scale, int imm, int rn, int rt) {
        int address = addressing.base(rn);
        return load(scale, address, rt) && writeBack(rn, addressing.plus(address, imm));
    }

    /// `STR (SIMD&FP)`, pre-index.
    @Override
    public boolean strFpPreIndex(int scale, int imm, int rn, int rt) {
        int address = addressing.offset(rn, imm);
        return store(scale, address, rt) && writeBack(rn, address);
    }

    /// `LDR (SIMD&FP)`, pre-index.
    @Override
    public boolean ldrFpPreIndex(int scale, int imm, int rn, int rt) {
        int address = addressing.offset(rn, imm);
        return load(scale, address, rt) && writeBack(rn, address);
    }

    /// `STR (SIMD&FP)`, register offset.
    @Override
    public boolean strFpRegister(int scale, int rm, int option, int s, int rn, int rt) {
        return store(scale, addressing.index(rn, rm, option, s, scale), rt);
    }

    /// `LDR (SIMD&FP)`, register offset.
    @Override
    public boolean ldrFpRegister(int scale, int rm, int option, int s, int rn, int rt) {
        return load(scale, addressing.index(rn, rm, option, s, scale), rt);
    }

    /// `LDR (SIMD&FP)`, literal.
    @Override
    public boolean ldrFpLiteral(int opc, int imm, int rt) {
        return load(opc + 2, addressing.literal(imm), rt);
    }

    /// `STP (SIMD&FP)`, signed offset.
    @Override
    public boolean stpFpOffset(int opc, int imm, int rt2, int rn, int rt) {
        return storePair(opc + 2, scaled(opc, rn, imm), rt, rt2);
    }

    /// `LDP (SIMD&FP)`, signed offset.
    @Override
    public boolean ldpFpOffset(int opc, int imm, int rt2, int rn, int rt) {
        return loadPair(opc + 2, scaled(opc, rn, imm), rt, rt2);
    }

    /// `STP (SIMD&FP)`, post-index.
    @Override
    public boolean stpFpPostIndex(int opc, int imm, int rt2, int rn, int rt) {
        int address = addressing.base(rn);
        return storePair(opc + 2, address, rt, rt2) && writeBack(rn, addressing.plus(address, (long) imm << (2 + opc)));
    }

    /// `LDP (SIMD&FP)`, post-index.
    @Override
    public boolean ldpFpPostIndex(int opc, int imm, int rt2, int rn, int rt) {
        int address = addressing.base(rn);
        return loadPair(opc + 2, address, rt, rt2) && writeBack(rn, addressing.plus(address, (long) imm << (2 + opc)));
    }

    /// `STP (SIMD&FP)`, pre-index.
    @Override
    public boolean stpFpPreIndex(int opc, int imm, int rt2, int rn, int rt) {
        int address = scaled(opc, rn, imm);
        return storePair(opc + 2, address, rt, rt2) && writeBack(rn, address);
    }

    /// `LDP (SIMD&FP)`, pre-index.
    @Override
    public boolean ldpFpPreIndex(int opc, int imm, int rt2, int rn, int rt) {
        int address = scaled(opc, rn, imm);
        return loadPair(opc + 2, address, rt, rt2) && writeBack(rn, address);
    }

    /// `STNP (SIMD&FP)`.
    @Override
    public boolean stnpFp(int opc, int imm, int rt2, int rn, int rt) {
        return stpFpOffset(opc, imm, rt2, rn, rt);
    }

    /// `LDNP (SIMD&FP)`.
    @Override
    public boolean ldnpFp(int opc, int imm, int rt2, int rn, int rt) {
        return ldpFpOffset(opc, imm, rt2, rn, rt);
    }
}
