package jqemu.tcg.a64;

import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Type;

/// Semantics of loads and stores of general register pairs: two accesses here, one of twice the size for plugins.
///
/// Both loads come before the first register is written, so that a fault of the second leaves all registers alone.
final class LoadsStoresPairTranslator implements LoadsStoresPair {
    private final TranslationContext ir;
    private final Addressing addressing;

    LoadsStoresPairTranslator(TranslationContext ir) {
        this.ir = ir;
        this.addressing = new Addressing(ir);
    }

    private boolean store(int sf, int address, int rt, int rt2) {
        Type type = Type.ofSf(sf);
        int size = MemOp.SIZE_32 + sf;
        int first = ir.readX(type, rt);
        int second = ir.readX(type, rt2);
        ir.storePart(type, address, first, size);
        ir.storePart(type, addressing.plus(address, MemOp.bytes(size)), second, size);
        mark(address, size, MemOp.STORE, first, second);
        return true;
    }

    private boolean load(int sf, int address, int rt, int rt2) {
        return load(Type.ofSf(sf), MemOp.SIZE_32 + sf, 0, address, rt, rt2);
    }

    private boolean loadSigned(int address, int rt, int rt2) {
        return load(Type.I64, MemOp.SIZE_32, MemOp.SIGNED, address, rt, rt2);
    }

    private boolean load(Type type, int size, int signed, int address, int rt, int rt2) {
        int first = ir.loadPart(type, address, size | signed);
        int second = ir.loadPart(type, addressing.plus(address, MemOp.bytes(size)), size | signed);
        mark(address, size, 0, first, second);
        ir.writeX(type, rt, first);
        ir.writeX(type, rt2, second);
        return true;
    }

    private void mark(int address, int size, int store, int first, int second) {
        if (ir.options().instrumented()) {
            if (size == MemOp.SIZE_64) {
                ir.markAccess(address, MemOp.SIZE_128 | store, first, second);
            } else {
                int both = ir.deposit(Type.I64, first, second, 32, 32);
                ir.markAccess(address, MemOp.SIZE_64 | store, both, both);
            }
        }
    }

    private boolean writeBack(int rn, int address) {
        addressing.writeBack(rn, address);
        return true;
    }

    private int scaled(int sf, int rn, int imm) {
        return addressing.offset(rn, (long) imm << (2 + sf));
    }

    // ---- Signed offset

    /// `STP`, signed offset.
    @Override
    public boolean stpOffset(int sf, int imm, int rt2, int rn, int rt) {
        return store(sf, scaled(sf, rn, imm), rt, rt2);
    }

    /// `LDP`, signed offset.
    @Override
    public boolean ldpOffset(int sf, int imm, int rt2, int rn, int rt) {
        return load(sf, scaled(sf, rn, imm), rt, rt2);
    }

    /// `LDPSW`, signed offset.
    @Override
    public boolean ldpswOffset(int imm, int rt2, int rn, int rt) {
        return loadSigned(scaled(0, rn, imm), rt, rt2);
    }

    // ---- Post-indexed

    /// `STP`, post-index.
    @Override
    public boolean stpPostIndex(int sf, int imm, int rt2, int rn, int rt) {
        int address = addressing.base(rn);
        return store(sf, address, rt, rt2) && writeBack(rn, addressing.plus(address, (long) imm << (2 + sf)));
    }

    /// `LDP`, post-index.
    @Override
    public boolean ldpPostIndex(int sf, int imm, int rt2, int rn, int rt) {
        int address = addressing.base(rn);
        return load(sf, address, rt, rt2) && writeBack(rn, addressing.plus(address, (long) imm << (2 + sf)));
    }

    /// `LDPSW`, post-index.
    @Override
    public boolean ldpswPostIndex(int imm, int rt2, int rn, int rt) {
        int address = addressing.base(rn);
        return loadSigned(address, rt, rt2) && writeBack(rn, addressing.plus(address, (long) imm << 2));
    }

    // ---- Pre-indexed

    /// `STP`, pre-index.
    @Override
    public boolean stpPreIndex(int sf, int imm, int rt2, int rn, int rt) {
        int address = scaled(sf, rn, imm);
        return store(sf, address, rt, rt2) && writeBack(rn, address);
    }

    /// `LDP`, pre-index.
    @Override
    public boolean ldpPreIndex(int sf, int imm, int rt2, int rn, int rt) {
        int address = scaled(sf, rn, imm);
        return load(sf, address, rt, rt2) && writeBack(rn, address);
    }

    /// `LDPSW`, pre-index.
    @Override
    public boolean ldpswPreIndex(int imm, int rt2, int rn, int rt) {
        int address = scaled(0, rn, imm);
        return loadSigned(address, rt, rt2) && writeBack(rn, address);
    }

    // ---- No-allocate: a hint to the caches only

    /// `STNP`.
    @Override
    public boolean stnp(int sf, int imm, int rt2, int rn, int rt) {
        return stpOffset(sf, imm, rt2, rn, rt);
    }

    /// `LDNP`.
    @Override
    public boolean ldnp(int sf, int imm, int rt2, int rn, int rt) {
        return ldpOffset(sf, imm, rt2, rn, rt);
    }
}
