package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of the atomic memory operations (Large System Extensions).
///
/// All are sequentially consistent here, stronger than the `a` and `r` bits ask for. For plugins each is a read and
/// then a write, a failing compare-and-swap included.
final class AtomicsTranslator implements Atomics {
    private final TranslationContext ir;
    private final Addressing addressing;

    AtomicsTranslator(TranslationContext ir) {
        this.ir = ir;
        this.addressing = new Addressing(ir);
    }

    /// `LDADD`.
    @Override
    public boolean ldadd(int size, int a, int r, int rs, int rn, int rt) {
        return fetch(Opcode.ATOMIC_ADD, size, read(size, rs), rn, rt);
    }

    /// `LDCLR`: memory and not `Rs`.
    @Override
    public boolean ldclr(int size, int a, int r, int rs, int rn, int rt) {
        int inverted = ir.not(LoadsStoresTranslator.registerType(size), read(size, rs));
        return fetch(Opcode.ATOMIC_AND, size, inverted, rn, rt);
    }

    /// `LDEOR`.
    @Override
    public boolean ldeor(int size, int a, int r, int rs, int rn, int rt) {
        return fetch(Opcode.ATOMIC_XOR, size, read(size, rs), rn, rt);
    }

    /// `LDSET`: memory or `Rs`.
    @Override
    public boolean ldset(int size, int a, int r, int rs, int rn, int rt) {
        return fetch(Opcode.ATOMIC_OR, size, read(size, rs), rn, rt);
    }

    /// `LDSMAX`.
    @Override
    public boolean ldsmax(int size, int a, int r, int rs, int rn, int rt) {
        return fetch(Opcode.ATOMIC_SMAX, size, read(size, rs), rn, rt);
    }

    /// `LDSMIN`.
    @Override
    public boolean ldsmin(int size, int a, int r, int rs, int rn, int rt) {
        return fetch(Opcode.ATOMIC_SMIN, size, read(size, rs), rn, rt);
    }

    /// `LDUMAX`.
    @Override
    public boolean ldumax(int size, int a, int r, int rs, int rn, int rt) {
        return fetch(Opcode.ATOMIC_UMAX, size, read(size, rs), rn, rt);
    }

    /// `LDUMIN`.
    @Override
    public boolean ldumin(int size, int a, int r, int rs, int rn, int rt) {
        return fetch(Opcode.ATOMIC_UMIN, size, read(size, rs), rn, rt);
    }

    /// `SWP`.
    @Override
    public boolean swp(int size, int a, int r, int rs, int rn, int rt) {
        return fetch(Opcode.ATOMIC_XCHG, size, read(size, rs), rn, rt);
    }

    private int read(int size, int register) {
        return ir.readX(LoadsStoresTranslator.registerType(size), register);
    }

    private boolean fetch(Opcode op, int size, int operand, int rn, int rt) {
        Type type = LoadsStoresTranslator.registerType(size);
        int address = prepare(rn, size);
        int old = ir.binary(op, type, address, operand, size | MemOp.SEQUENTIAL);
        if (ir.options().instrumented()) {
            mark(address, size, old, stored(op, type, size, old, operand));
        }
        ir.writeX(type, rt, old);
        return true;
    }

    /// What the operation left in memory, recomputed for plugins; bits above the access's size may be wrong.
    private int stored(Opcode op, Type type, int size, int old, int operand) {
        return switch (op) {
            case ATOMIC_ADD -> ir.add(type, old, operand);
            case ATOMIC_AND -> ir.and(type, old, operand);
            case ATOMIC_OR -> ir.or(type, old, operand);
            case ATOMIC_XOR -> ir.xor(type, old, operand);
            case ATOMIC_SMAX -> extreme(Condition.GT, true, type, size, old, operand);
            case ATOMIC_SMIN -> extreme(Condition.LT, true, type, size, old, operand);
            case ATOMIC_UMAX -> extreme(Condition.GTU, false, type, size, old, operand);
            case ATOMIC_UMIN -> extreme(Condition.LTU, false, type, size, old, operand);
            default -> operand;
        };
    }

    private int extreme(Condition condition, boolean signed, Type type, int size, int old, int operand) {
        int bits = 8 * MemOp.bytes(size);
        int left = signed ? ir.sextract(type, old, 0, bits) : ir.extract(type, old, 0, bits);
        int right = signed ? ir.sextract(type, operand, 0, bits) : ir.extract(type, operand, 0, bits);
        return ir.movcond(type, condition, type, left, right, left, right);
    }

    /// `CAS`: `Rs` is the expected value and receives the old one.
    @Override
    public boolean cas(int size, int a, int rs, int r, int rn, int rt) {
        Type type = LoadsStoresTranslator.registerType(size);
        int address = prepare(rn, size);
        int bits = 8 * MemOp.bytes(size);
        int expected = read(size, rs);
        if (bits < type.bits()) {
            expected = ir.extract(type, expected, 0, bits);
        }
        int value = read(size, rt);
        int old = ir.block().append(Opcode.ATOMIC_CAS, type, address, expected, value, 0, size | MemOp.SEQUENTIAL, 0);
        if (ir.options().instrumented()) {
            mark(address, size, old, ir.movcond(type, Condition.EQ, type, old, expected, value, old));
        }
        ir.writeX(type, rs, old);
        return true;
    }

    /// `CASP`: pairs of registers, the first of each pair even.
    @Override
    public boolean casp(int sz, int a, int rs, int r, int rn, int rt) {
        int size = MemOp.SIZE_64 + sz;
        int address = prepare(rn, size);
        if (sz == 0) {
            int expected = pairOfWords(rs);
            int value = pairOfWords(rt);
            int old = ir.block()
                    .append(Opcode.ATOMIC_CAS, Type.I64, address, expected, value, 0, size | MemOp.SEQUENTIAL, 0);
            mark(address, size, old, value);
            ir.writeX(Type.I32, rs, ir.low(old));
            ir.writeX(Type.I64, rs + 1, ir.extract(Type.I64, old, 32, 32));
            return true;
        }
        int low = ir.readX(Type.I64, rt);
        int high = ir.readX(Type.I64, rt + 1);
        int old = ir.call(Type.I64, Helper.COMPARE_AND_SWAP_PAIR, address, low, high, address, rs);
        int oldHigh = ir.loadEnv(Type.I64, Slot.RESULT_HIGH);
        ir.markAccess(address, size, old, oldHigh);
        ir.markAccess(address, size | MemOp.STORE, low, high);
        ir.writeX(Type.I64, rs, old);
        ir.writeX(Type.I64, rs + 1, oldHigh);
        return true;
    }

    private int pairOfWords(int register) {
        int low = ir.readX(Type.I64, register);
        return ir.deposit(Type.I64, low, ir.readX(Type.I64, register + 1), 32, 32);
    }

    private int prepare(int rn, int size) {
        int address = addressing.base(rn);
        ir.checkAlignment(address, size);
        ir.probe(address, size | MemOp.STORE);
        return address;
    }

    private void mark(int address, int size, int old, int stored) {
        ir.markAccess(address, size, old, old);
        ir.markAccess(address, size | MemOp.STORE, stored, stored);
    }
}
