package jqemu.tcg.a64;

import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Type;

/// Semantics of load-acquire with processor consistency and of store-release with an offset.
///
/// All need aligned addresses (LSE2 is not announced).
final class LoadsStoresRcpcTranslator implements LoadsStoresRcpc {
    private final TranslationContext ir;
    private final Addressing addressing;

    LoadsStoresRcpcTranslator(TranslationContext ir) {
        this.ir = ir;
        this.addressing = new Addressing(ir);
    }

    /// `LDAPR` and its byte and halfword forms.
    @Override
    public boolean ldapr(int size, int rn, int rt) {
        return ldapur(size, 0, rn, rt);
    }

    /// `STLUR` and its byte and halfword forms.
    @Override
    public boolean stlur(int size, int imm, int rn, int rt) {
        Type type = LoadsStoresTranslator.registerType(size);
        ir.guestStore(type, aligned(rn, imm, size), ir.readX(type, rt), size | MemOp.SEQUENTIAL);
        return true;
    }

    /// `LDAPUR` and its byte and halfword forms.
    @Override
    public boolean ldapur(int size, int imm, int rn, int rt) {
        Type type = LoadsStoresTranslator.registerType(size);
        ir.writeX(type, rt, ir.guestLoad(type, aligned(rn, imm, size), size | MemOp.ACQUIRE));
        return true;
    }

    /// `LDAPURSB`, `LDAPURSH`, `LDAPURSW`; `w` is 1 where the destination is a W register.
    @Override
    public boolean ldapurs(int size, int w, int imm, int rn, int rt) {
        Type type = Type.ofSf(1 - w);
        ir.writeX(type, rt, ir.guestLoad(type, aligned(rn, imm, size), size | MemOp.SIGNED | MemOp.ACQUIRE));
        return true;
    }

    private int aligned(int rn, int offset, int size) {
        int address = addressing.offset(rn, offset);
        ir.checkAlignment(address, size);
        return address;
    }
}
