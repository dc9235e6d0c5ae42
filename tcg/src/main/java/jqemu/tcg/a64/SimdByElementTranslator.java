package jqemu.tcg.a64;

import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of Advanced SIMD instructions that multiply a vector by one element.
///
/// `size` is the log2 of the element bytes; the element's register and index are spread over `h`, `l`, `m` and `rm`.
final class SimdByElementTranslator implements SimdByElement {
    private final VectorShapes shapes;
    private final FpShapes fp;

    SimdByElementTranslator(TranslationContext ir) {
        this.shapes = new VectorShapes(ir);
        this.fp = new FpShapes(ir, shapes);
    }

    /// 64 bits of copies of the element.
    private int element(Type type, int size, int rm, int h, int l, int m) {
        return ElementOperand.broadcast(shapes, type, size, rm, h, l, m);
    }

    /// `MLA (by element)`.
    @Override
    public boolean mlaByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.accumulate(Opcode.VADD, Opcode.VMUL, size, q, rn, other, other, rd);
    }

    /// `MLS (by element)`.
    @Override
    public boolean mlsByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.accumulate(Opcode.VSUB, Opcode.VMUL, size, q, rn, other, other, rd);
    }

    /// `MUL (by element)`.
    @Override
    public boolean mulByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.binary(Opcode.VMUL, Type.I64, size, q, rn, other, other, rd);
    }

    /// `SQDMULH (by element)`.
    @Override
    public boolean sqdmulhByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.binary(Opcode.VSQDMULH, Type.I64, size, q, rn, other, other, rd);
    }

    /// `SQRDMULH (by element)`.
    @Override
    public boolean sqrdmulhByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.binary(Opcode.VSQRDMULH, Type.I64, size, q, rn, other, other, rd);
    }

    /// `SQRDMLAH (by element)`.
    @Override
    public boolean sqrdmlahByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.ternary(Opcode.VSQRDMLAH, Type.I64, size, q, rn, other, other, rd);
    }

    /// `SQRDMLSH (by element)`.
    @Override
    public boolean sqrdmlshByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.ternary(Opcode.VSQRDMLSH, Type.I64, size, q, rn, other, other, rd);
    }

    /// `SMLAL (by element)`.
    @Override
    public boolean smlalByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.accumulateLong(Opcode.VADD, Opcode.VSXTL, Opcode.VMUL, size, q, rn, other, rd);
    }

    /// `UMLAL (by element)`.
    @Override
    public boolean umlalByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.accumulateLong(Opcode.VADD, Opcode.VUXTL, Opcode.VMUL, size, q, rn, other, rd);
    }

    /// `SMLSL (by element)`.
    @Override
    public boolean smlslByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.accumulateLong(Opcode.VSUB, Opcode.VSXTL, Opcode.VMUL, size, q, rn, other, rd);
    }

    /// `UMLSL (by element)`.
    @Override
    public boolean umlslByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.accumulateLong(Opcode.VSUB, Opcode.VUXTL, Opcode.VMUL, size, q, rn, other, rd);
    }

    /// `SMULL (by element)`.
    @Override
    public boolean smullByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.lengthen(Opcode.VSXTL, Opcode.VMUL, size, q, rn, other, rd);
    }

    /// `UMULL (by element)`.
    @Override
    public boolean umullByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.lengthen(Opcode.VUXTL, Opcode.VMUL, size, q, rn, other, rd);
    }

    /// `SQDMLAL (by element)`.
    @Override
    public boolean sqdmlalByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.accumulateDoublingLong(Opcode.VSQADD, size, q, rn, other, rd);
    }

    /// `SQDMLSL (by element)`.
    @Override
    public boolean sqdmlslByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(Type.I64, size, rm, h, l, m);
        return shapes.accumulateDoublingLong(Opcode.VSQSUB, size, q, rn, other, rd);
    }

    /// `SQDMULL (by element)`.
    @Override
    public boolean sqdmullByElement(int q, int size, int l, int m, int rm, int h, int rn, int rd) {
        return shapes.doublingLong(size, q, rn, element(Type.I64, size, rm, h, l, m), rd);
    }

    /// `FMLA (by element)`.
    @Override
    public boolean fmlaByElement(int q, int sz, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(FpShapes.lanes(sz), FpShapes.element(sz), rm, h, l, m);
        return fp.multiplyAdd(FpShapes.lanes(sz), false, q, rn, other, other, rd);
    }

    /// `FMLS (by element)`.
    @Override
    public boolean fmlsByElement(int q, int sz, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(FpShapes.lanes(sz), FpShapes.element(sz), rm, h, l, m);
        return fp.multiplyAdd(FpShapes.lanes(sz), true, q, rn, other, other, rd);
    }

    /// `FMUL (by element)`.
    @Override
    public boolean fmulByElement(int q, int sz, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(FpShapes.lanes(sz), FpShapes.element(sz), rm, h, l, m);
        return shapes.binary(Opcode.FMUL, FpShapes.lanes(sz), 0, q, rn, other, other, rd);
    }

    /// `FMULX (by element)`.
    @Override
    public boolean fmulxByElement(int q, int sz, int l, int m, int rm, int h, int rn, int rd) {
        int other = element(FpShapes.lanes(sz), FpShapes.element(sz), rm, h, l, m);
        return shapes.binary(Opcode.FMULX, FpShapes.lanes(sz), 0, q, rn, other, other, rd);
    }
}
