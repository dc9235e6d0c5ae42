package jqemu.tcg.a64;

import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Type;

/// Semantics of loads and stores of one general register, in all addressing modes; `size` is the log2 of the bytes
/// accessed, offsets are in bytes except where scaled by it.
final class LoadsStoresTranslator implements LoadsStores {
    private final TranslationContext ir;
    private final Addressing addressing;

    LoadsStoresTranslator(TranslationContext ir) {
        this.ir = ir;
        this.addressing = new Addressing(ir);
    }

    // ---- the three kinds of access

    private boolean store(int size, int address, int rt) {
        Type type = registerType(size);
        ir.guestStore(type, address, ir.readX(type, rt), size);
        return true;
    }

    private boolean load(int size, int address, int rt) {
        Type type = registerType(size);
        ir.writeX(type, rt, ir.guestLoad(type, address, size));
        return true;
    }

    /// A sign-extending load; `w` is 1 where the destination is a W register.
    private boolean loadSigned(int size, int w, int address, int rt) {
        Type type = Type.ofSf(1 - w);
        ir.writeX(type, rt, ir.guestLoad(type, address, size | MemOp.SIGNED));
        return true;
    }

    static Type registerType(int size) {
        return size == MemOp.SIZE_64 ? Type.I64 : Type.I32;
    }

    private boolean writeBack(int rn, int address) {
        addressing.writeBack(rn, address);
        return true;
    }

    // ---- Unsigned offset

    /// `STR (immediate)`, unsigned offset.
    @Override
    public boolean strUnsignedOffset(int size, int imm, int rn, int rt) {
        return store(size, addressing.offset(rn, (long) imm << size), rt);
    }

    /// `LDR (immediate)`, unsigned offset.
    @Override
    public boolean ldrUnsignedOffset(int size, int imm, int rn, int rt) {
        return load(size, addressing.offset(rn, (long) imm << size), rt);
    }

    /// `LDRSB`, `LDRSH`, `LDRSW (immediate)`, unsigned offset.
    @Override
    public boolean ldrsUnsignedOffset(int size, int w, int imm, int rn, int rt) {
        return loadSigned(size, w, addressing.offset(rn, (long) imm << size), rt);
    }

    /// `PRFM (immediate)`: a hint.
    @Override
    public boolean prfmUnsignedOffset(int imm, int rn, int rt) {
        return true;
    }

    // ---- Unscaled offset

    /// `STUR`.
    @Override
    public boolean stur(int size, int imm, int rn, int rt) {
        return store(size, addressing.offset(rn, imm), rt);
    }

    /// `LDUR`.
    @Override
    public boolean ldur(int size, int imm, int rn, int rt) {
        return load(size, addressing.offset(rn, imm), rt);
    }

    /// `LDURSB`, `LDURSH`, `LDURSW`.
    @Override
    public boolean ldurs(int size, int w, int imm, int rn, int rt) {
        return loadSigned(size, w, addressing.offset(rn, imm), rt);
    }

    /// `PRFUM`: a hint.
    @Override
    public boolean prfum(int imm, int rn, int rt) {
        return true;
    }

    // ---- Immediate post-indexed

    /// `STR (immediate)`, post-index.
    @Override
    public boolean strPostIndex(int size, int imm, int rn, int rt) {
        int address = addressing.base(rn);
        return store(size, address, rt) && writeBack(rn, addressing.plus(address, imm));
    }

    /// `LDR (immediate)`, post-index.
    @Override
    public boolean ldrPostIndex(int size, int imm, int rn, int rt) {
        int address = addressing.base(rn);
        return load(size, address, rt) && writeBack(rn, addressing.plus(address, imm));
    }

    /// `LDRSB`, `LDRSH`, `LDRSW (immediate)`, post-index.
    @Override
    public boolean ldrsPostIndex(int size, int w, int imm, int rn, int rt) {
        int address = addressing.base(rn);
        return loadSigned(size, w, address, rt) && writeBack(rn, addressing.plus(address, imm));
    }

    // ---- Immediate pre-indexed

    /// `STR (immediate)`, pre-index.
    @Override
    public boolean strPreIndex(int size, int imm, int rn, int rt) {
        int address = addressing.offset(rn, imm);
        return store(size, address, rt) && writeBack(rn, address);
    }

    /// `LDR (immediate)`, pre-index.
    @Override
    public boolean ldrPreIndex(int size, int imm, int rn, int rt) {
        int address = addressing.offset(rn, imm);
        return load(size, address, rt) && writeBack(rn, address);
    }

    /// `LDRSB`, `LDRSH`, `LDRSW (immediate)`, pre-index.
    @Override
    public boolean ldrsPreIndex(int size, int w, int imm, int rn, int rt) {
        int address = addressing.offset(rn, imm);
        return loadSigned(size, w, address, rt) && writeBack(rn, address);
    }

    // ---- Unprivileged: at EL0 the same as the unscaled forms

    /// `STTR`.
    @Override
    public boolean sttr(int size, int imm, int rn, int rt) {
        return stur(size, imm, rn, rt);
    }

    /// `LDTR`.
    @Override
    public boolean ldtr(int size, int imm, int rn, int rt) {
        return ldur(size, imm, rn, rt);
    }

    /// `LDTRSB`, `LDTRSH`, `LDTRSW`.
    @Override
    public boolean ldtrs(int size, int w, int imm, int rn, int rt) {
        return ldurs(size, w, imm, rn, rt);
    }

    // ---- Register offset

    /// `STR (register)`.
    @Override
    public boolean strRegister(int size, int rm, int option, int s, int rn, int rt) {
        return store(size, addressing.index(rn, rm, option, s, size), rt);
    }

    /// `LDR (register)`.
    @Override
    public boolean ldrRegister(int size, int rm, int option, int s, int rn, int rt) {
        return load(size, addressing.index(rn, rm, option, s, size), rt);
    }

    /// `LDRSB`, `LDRSH`, `LDRSW (register)`.
    @Override
    public boolean ldrsRegister(int size, int w, int rm, int option, int s, int rn, int rt) {
        return loadSigned(size, w, addressing.index(rn, rm, option, s, size), rt);
    }

    /// `PRFM (register)`: a hint.
    @Override
    public boolean prfmRegister(int rm, int option, int s, int rn, int rt) {
        return true;
    }

    // ---- Literal

    /// `LDR (literal)`.
    @Override
    public boolean ldrLiteral(int sf, int imm, int rt) {
        return load(MemOp.SIZE_32 + sf, addressing.literal(imm), rt);
    }

    /// `LDRSW (literal)`.
    @Override
    public boolean ldrswLiteral(int imm, int rt) {
        return loadSigned(MemOp.SIZE_32, 0, addressing.literal(imm), rt);
    }

    /// `PRFM (literal)`: a hint.
    @Override
    public boolean prfmLiteral(int imm, int rt) {
        return true;
    }
}
