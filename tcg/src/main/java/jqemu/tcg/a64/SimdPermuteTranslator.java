package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Lanes;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of Advanced SIMD permutations, table lookups and copies of elements.
///
/// `size` is the log2 of the element bytes, `q` is 1 for 128 bits; `imm` of a copy says element size and index.
final class SimdPermuteTranslator implements SimdPermute {
    private final TranslationContext ir;
    private final VectorShapes shapes;

    SimdPermuteTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
    }

    // ---- shapes

    private int permute(Opcode op, int size, int a, int b) {
        return ir.binary(op, Type.I64, a, b, size);
    }

    private boolean unzip(Opcode op, int q, int size, int rm, int rn, int rd) {
        int low = permute(op, size, shapes.low(rn), q == 1 ? shapes.high(rn) : shapes.low(rm));
        int high = q == 1 ? permute(op, size, shapes.low(rm), shapes.high(rm)) : low;
        return shapes.write(Type.I64, q, low, high, rd);
    }

    /// `TRN1`, `TRN2`; doublewords are taken from the halves that `part` names.
    private boolean transpose(Opcode op, int part, int q, int size, int rm, int rn, int rd) {
        if (size == 3) {
            return shapes.write(Type.I64, 1, shapes.half(rn, part), shapes.half(rm, part), rd);
        }
        return shapes.binary(op, Type.I64, size, q, rm, rn, rd);
    }

    /// `ZIP1`, `ZIP2`: `part` names the half that is zipped.
    private boolean zip(int part, int q, int size, int rm, int rn, int rd) {
        if (q == 0) {
            int result = permute(part == 0 ? Opcode.VZIP1 : Opcode.VZIP2, size, shapes.low(rn), shapes.low(rm));
            return shapes.write(Type.I64, 0, result, result, rd);
        }
        int first = shapes.half(rn, part);
        int second = shapes.half(rm, part);
        int low = permute(Opcode.VZIP1, size, first, second);
        return shapes.write(Type.I64, 1, low, permute(Opcode.VZIP2, size, first, second), rd);
    }

    /// Eight bytes from byte `position` (0 to 23) of the 32 bytes rm:rn.
    private int extract(int position, int rn, int rm) {
        int word = position / 8;
        int first = word < 2 ? shapes.half(rn, word) : shapes.half(rm, word - 2);
        int bits = position % 8 * 8;
        if (bits == 0) {
            return first;
        }
        int second = word == 0 ? shapes.high(rn) : shapes.half(rm, word - 1);
        return ir.binary(Opcode.EXTRACT2, Type.I64, first, second, bits);
    }

    /// Looks the bytes of rm up in `len + 1` registers from rn on; out of range gives the bytes of `fallback`.
    private boolean lookUp(int q, int rm, int len, int rn, int fallbackLow, int fallbackHigh, int rd) {
        int low = fallbackLow;
        int high = fallbackHigh;
        for (int i = 0; i <= len; i++) {
            int table = (rn + i) % 32;
            low = lookUp(shapes.low(rm), table, low, 16 * i);
            high = q == 1 ? lookUp(shapes.high(rm), table, high, 16 * i) : low;
        }
        return shapes.write(Type.I64, q, low, high, rd);
    }

    private int lookUp(int indexes, int table, int fallback, int base) {
        return ir.block()
                .append(Opcode.VTBX, Type.I64, indexes, shapes.low(table), shapes.high(table), fallback, base, 0);
    }

    private void writeGeneral(int q, int value, int rd) {
        ir.writeX(Type.ofSf(q), rd, q == 1 ? value : ir.low(value));
    }

    private boolean insert(int size, int index, int value, int rd) {
        int width = Lanes.width(size);
        int position = index * width;
        int half = position / 64;
        int slot = half == 0 ? Slot.vLow(rd) : Slot.vHigh(rd);
        int result = size == 3 ? value : ir.deposit(Type.I64, shapes.half(rd, half), value, position % 64, width);
        ir.storeEnv(Type.I64, slot, result);
        return true;
    }

    // ---- instructions

    /// `UZP1`.
    @Override
    public boolean uzp1(int q, int size, int rm, int rn, int rd) {
        return unzip(Opcode.VUZP1, q, size, rm, rn, rd);
    }

    /// `TRN1`.
    @Override
    public boolean trn1(int q, int size, int rm, int rn, int rd) {
        return transpose(Opcode.VTRN1, 0, q, size, rm, rn, rd);
    }

    /// `ZIP1`.
    @Override
    public boolean zip1(int q, int size, int rm, int rn, int rd) {
        return zip(0, q, size, rm, rn, rd);
    }

    /// `UZP2`.
    @Override
    public boolean uzp2(int q, int size, int rm, int rn, int rd) {
        return unzip(Opcode.VUZP2, q, size, rm, rn, rd);
    }

    /// `TRN2`.
    @Override
    public boolean trn2(int q, int size, int rm, int rn, int rd) {
        return transpose(Opcode.VTRN2, 1, q, size, rm, rn, rd);
    }

    /// `ZIP2`.
    @Override
    public boolean zip2(int q, int size, int rm, int rn, int rd) {
        return zip(1, q, size, rm, rn, rd);
    }

    /// `EXT`.
    @Override
    public boolean ext(int q, int rm, int imm, int rn, int rd) {
        if (q == 0) {
            int low = ir.binary(Opcode.EXTRACT2, Type.I64, shapes.low(rn), shapes.low(rm), 8 * imm);
            return shapes.write(Type.I64, 0, low, low, rd);
        }
        int low = extract(imm, rn, rm);
        return shapes.write(Type.I64, 1, low, extract(imm + 8, rn, rm), rd);
    }

    /// `TBL`.
    @Override
    public boolean tbl(int q, int rm, int len, int rn, int rd) {
        int zero = shapes.constant(0);
        return lookUp(q, rm, len, rn, zero, zero, rd);
    }

    /// `TBX`.
    @Override
    public boolean tbx(int q, int rm, int len, int rn, int rd) {
        return lookUp(q, rm, len, rn, shapes.low(rd), shapes.high(rd), rd);
    }

    /// `DUP (element)`.
    @Override
    public boolean dupElement(int q, int imm, int rn, int rd) {
        int size = VectorOperands.copySize(imm);
        int value = shapes.broadcast(Type.I64, rn, VectorOperands.copyIndex(imm), size);
        return shapes.write(Type.I64, q, value, value, rd);
    }

    /// `DUP (general)`.
    @Override
    public boolean dupGeneral(int q, int imm, int rn, int rd) {
        int size = VectorOperands.copySize(imm);
        int source = ir.readX(Type.I64, rn);
        int value = size == 3 ? source : ir.unary(Opcode.VDUP, Type.I64, source, size);
        return shapes.write(Type.I64, q, value, value, rd);
    }

    /// `SMOV`.
    @Override
    public boolean smov(int q, int imm, int rn, int rd) {
        int size = VectorOperands.copySize(imm);
        int lane = shapes.lane(rn, VectorOperands.copyIndex(imm), size);
        int extended = ir.sextract(Type.I64, lane, 0, Lanes.width(size));
        writeGeneral(q, extended, rd);
        return true;
    }

    /// `UMOV`.
    @Override
    public boolean umov(int q, int imm, int rn, int rd) {
        writeGeneral(q, shapes.lane(rn, VectorOperands.copyIndex(imm), VectorOperands.copySize(imm)), rd);
        return true;
    }

    /// `INS (general)`.
    @Override
    public boolean insGeneral(int imm, int rn, int rd) {
        return insert(VectorOperands.copySize(imm), VectorOperands.copyIndex(imm), ir.readX(Type.I64, rn), rd);
    }

    /// `INS (element)`.
    @Override
    public boolean insElement(int imm5, int imm4, int rn, int rd) {
        int size = VectorOperands.copySize(imm5);
        int lane = shapes.lane(rn, imm4 >> size, size);
        return insert(size, VectorOperands.copyIndex(imm5), lane, rd);
    }
}
