package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of exclusives and of load-acquire and store-release.
///
/// The exclusive monitor is what QEMU's is: a load-exclusive remembers address and value, a store-exclusive succeeds
/// when a compare-and-swap with that value does. All of them need aligned addresses (LSE2 is not announced).
final class LoadsStoresExclusiveTranslator implements LoadsStoresExclusive {
    private final TranslationContext ir;
    private final Addressing addressing;

    LoadsStoresExclusiveTranslator(TranslationContext ir) {
        this.ir = ir;
        this.addressing = new Addressing(ir);
    }

    /// `LDXR`, `LDAXR` and their byte and halfword forms.
    @Override
    public boolean ldxr(int size, int o0, int rn, int rt) {
        Type type = LoadsStoresTranslator.registerType(size);
        int address = aligned(rn, size);
        int value = ir.guestLoad(type, address, size | order(o0));
        ir.storeEnv(Type.I64, Slot.EXCLUSIVE_ADDRESS, address);
        ir.storeEnv(type, Slot.EXCLUSIVE_VALUE, value);
        ir.writeX(type, rt, value);
        return true;
    }

    /// `STXR`, `STLXR` and their byte and halfword forms: `Ws` is 0 on success.
    @Override
    public boolean stxr(int size, int rs, int o0, int rn, int rt) {
        Type type = LoadsStoresTranslator.registerType(size);
        int address = aligned(rn, size);
        ir.probe(address, size | MemOp.STORE);
        int expected = ir.loadEnv(type, Slot.EXCLUSIVE_VALUE);
        int value = ir.readX(type, rt);
        int failed = ir.block()
                .append(
                        Opcode.STORE_EXCLUSIVE,
                        type,
                        address,
                        ir.loadEnv(Type.I64, Slot.EXCLUSIVE_ADDRESS),
                        expected,
                        value,
                        size | MemOp.SEQUENTIAL,
                        0);
        ir.markAccessUnless(failed, address, size, expected, expected);
        ir.markAccessUnless(failed, address, size | MemOp.STORE, value, value);
        finishStore(rs, failed);
        return true;
    }

    /// `LDXP`, `LDAXP`: both registers are one access.
    @Override
    public boolean ldxp(int sz, int o0, int rt2, int rn, int rt) {
        int address = aligned(rn, MemOp.SIZE_64 + sz);
        if (sz == 0) {
            int both = ir.guestLoad(Type.I64, address, MemOp.SIZE_64 | order(o0));
            remember(address, both, ir.movi(Type.I64, 0));
            ir.writeX(Type.I32, rt, ir.low(both));
            ir.writeX(Type.I64, rt2, ir.extract(Type.I64, both, 32, 32));
            return true;
        }
        int low = ir.loadPart(Type.I64, address, MemOp.SIZE_64 | order(o0));
        int high = ir.loadPart(Type.I64, addressing.plus(address, 8), MemOp.SIZE_64 | order(o0));
        ir.markAccess(address, MemOp.SIZE_128, low, high);
        remember(address, low, high);
        ir.writeX(Type.I64, rt, low);
        ir.writeX(Type.I64, rt2, high);
        return true;
    }

    private void remember(int address, int low, int high) {
        ir.storeEnv(Type.I64, Slot.EXCLUSIVE_ADDRESS, address);
        ir.storeEnv(Type.I64, Slot.EXCLUSIVE_VALUE, low);
        ir.storeEnv(Type.I64, Slot.EXCLUSIVE_HIGH, high);
    }

    /// `STXP`, `STLXP`.
    @Override
    public boolean stxp(int sz, int rs, int o0, int rt2, int rn, int rt) {
        int size = MemOp.SIZE_64 + sz;
        int address = aligned(rn, size);
        ir.probe(address, size | MemOp.STORE);
        int monitor = ir.loadEnv(Type.I64, Slot.EXCLUSIVE_ADDRESS);
        int expected = ir.loadEnv(Type.I64, Slot.EXCLUSIVE_VALUE);
        int low = ir.readX(Type.I64, rt);
        int high = ir.readX(Type.I64, rt2);
        int failed;
        if (sz == 0) {
            low = ir.deposit(Type.I64, low, high, 32, 32);
            failed = ir.block()
                    .append(
                            Opcode.STORE_EXCLUSIVE,
                            Type.I64,
                            address,
                            monitor,
                            expected,
                            low,
                            MemOp.SIZE_64 | MemOp.SEQUENTIAL,
                            0);
        } else {
            failed = ir.call(Type.I64, Helper.STORE_EXCLUSIVE_PAIR, address, low, high, monitor, 0);
        }
        int expectedHigh = ir.loadEnv(Type.I64, Slot.EXCLUSIVE_HIGH);
        ir.markAccessUnless(failed, address, size, expected, expectedHigh);
        ir.markAccessUnless(failed, address, size | MemOp.STORE, low, high);
        finishStore(rs, failed);
        return true;
    }

    private void finishStore(int rs, int failed) {
        ir.storeEnv(Type.I64, Slot.EXCLUSIVE_ADDRESS, ir.movi(Type.I64, Slot.NO_EXCLUSIVE));
        ir.writeX(Type.I64, rs, failed);
    }

    /// `LDAR` and its byte and halfword forms.
    @Override
    public boolean ldar(int size, int rn, int rt) {
        Type type = LoadsStoresTranslator.registerType(size);
        ir.writeX(type, rt, ir.guestLoad(type, aligned(rn, size), size | MemOp.SEQUENTIAL));
        return true;
    }

    /// `STLR` and its byte and halfword forms.
    @Override
    public boolean stlr(int size, int rn, int rt) {
        Type type = LoadsStoresTranslator.registerType(size);
        ir.guestStore(type, aligned(rn, size), ir.readX(type, rt), size | MemOp.SEQUENTIAL);
        return true;
    }

    private int aligned(int rn, int size) {
        int address = addressing.base(rn);
        ir.checkAlignment(address, size);
        return address;
    }

    private static int order(int o0) {
        return o0 == 1 ? MemOp.SEQUENTIAL : 0;
    }
}
