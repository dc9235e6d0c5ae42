package jqemu.tcg.a64;

import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of Advanced SIMD integer instructions on three registers of the same arrangement.
///
/// `size` is the log2 of the element bytes, `q` is 1 for 128 bits.
final class SimdThreeSameTranslator implements SimdThreeSame {
    private final TranslationContext ir;
    private final VectorShapes shapes;

    SimdThreeSameTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
    }

    // ---- shapes

    private boolean lanewise(Opcode op, int q, int size, int rm, int rn, int rd) {
        return shapes.binary(op, Type.I64, size, q, rm, rn, rd);
    }

    private boolean accumulate(Opcode combine, Opcode op, int q, int size, int rm, int rn, int rd) {
        return shapes.accumulate(combine, op, size, q, rn, shapes.low(rm), shapes.high(rm), rd);
    }

    private boolean bitwise(Opcode op, int q, int rm, int rn, int rd) {
        return shapes.binary(op, Type.I64, 0, q, rm, rn, rd);
    }

    /// Bits of `ifOne` where the mask has ones, of `ifZero` elsewhere; all three are registers.
    private boolean select(int q, int mask, int ifOne, int ifZero, int rd) {
        int low = select(shapes.low(mask), shapes.low(ifOne), shapes.low(ifZero));
        int high = select(shapes.high(mask), shapes.high(ifOne), shapes.high(ifZero));
        return shapes.write(Type.I64, q, low, high, rd);
    }

    private int select(int mask, int ifOne, int ifZero) {
        int different = ir.and(Type.I64, ir.xor(Type.I64, ifOne, ifZero), mask);
        return ir.xor(Type.I64, different, ifZero);
    }

    // ---- instructions

    /// `SHADD (vector)`.
    @Override
    public boolean shaddVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSHADD, q, size, rm, rn, rd);
    }

    /// `UHADD (vector)`.
    @Override
    public boolean uhaddVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUHADD, q, size, rm, rn, rd);
    }

    /// `SQADD (vector)`.
    @Override
    public boolean sqaddVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSQADD, q, size, rm, rn, rd);
    }

    /// `UQADD (vector)`.
    @Override
    public boolean uqaddVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUQADD, q, size, rm, rn, rd);
    }

    /// `SRHADD (vector)`.
    @Override
    public boolean srhaddVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSRHADD, q, size, rm, rn, rd);
    }

    /// `URHADD (vector)`.
    @Override
    public boolean urhaddVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VURHADD, q, size, rm, rn, rd);
    }

    /// `SHSUB (vector)`.
    @Override
    public boolean shsubVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSHSUB, q, size, rm, rn, rd);
    }

    /// `UHSUB (vector)`.
    @Override
    public boolean uhsubVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUHSUB, q, size, rm, rn, rd);
    }

    /// `SQSUB (vector)`.
    @Override
    public boolean sqsubVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSQSUB, q, size, rm, rn, rd);
    }

    /// `UQSUB (vector)`.
    @Override
    public boolean uqsubVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUQSUB, q, size, rm, rn, rd);
    }

    /// `CMGT (vector)`.
    @Override
    public boolean cmgtVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VCMPGT, q, size, rm, rn, rd);
    }

    /// `CMHI (vector)`.
    @Override
    public boolean cmhiVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VCMPHI, q, size, rm, rn, rd);
    }

    /// `CMGE (vector)`.
    @Override
    public boolean cmgeVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VCMPGE, q, size, rm, rn, rd);
    }

    /// `CMHS (vector)`.
    @Override
    public boolean cmhsVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VCMPHS, q, size, rm, rn, rd);
    }

    /// `SSHL (vector)`.
    @Override
    public boolean sshlVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSSHL, q, size, rm, rn, rd);
    }

    /// `USHL (vector)`.
    @Override
    public boolean ushlVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUSHL, q, size, rm, rn, rd);
    }

    /// `SQSHL (vector)`.
    @Override
    public boolean sqshlVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSQSHL, q, size, rm, rn, rd);
    }

    /// `UQSHL (vector)`.
    @Override
    public boolean uqshlVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUQSHL, q, size, rm, rn, rd);
    }

    /// `SRSHL (vector)`.
    @Override
    public boolean srshlVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSRSHL, q, size, rm, rn, rd);
    }

    /// `URSHL (vector)`.
    @Override
    public boolean urshlVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VURSHL, q, size, rm, rn, rd);
    }

    /// `SQRSHL (vector)`.
    @Override
    public boolean sqrshlVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSQRSHL, q, size, rm, rn, rd);
    }

    /// `UQRSHL (vector)`.
    @Override
    public boolean uqrshlVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUQRSHL, q, size, rm, rn, rd);
    }

    /// `SMAX (vector)`.
    @Override
    public boolean smaxVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSMAX, q, size, rm, rn, rd);
    }

    /// `UMAX (vector)`.
    @Override
    public boolean umaxVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUMAX, q, size, rm, rn, rd);
    }

    /// `SMIN (vector)`.
    @Override
    public boolean sminVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSMIN, q, size, rm, rn, rd);
    }

    /// `UMIN (vector)`.
    @Override
    public boolean uminVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUMIN, q, size, rm, rn, rd);
    }

    /// `SABD (vector)`.
    @Override
    public boolean sabdVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSABD, q, size, rm, rn, rd);
    }

    /// `UABD (vector)`.
    @Override
    public boolean uabdVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VUABD, q, size, rm, rn, rd);
    }

    /// `SABA (vector)`.
    @Override
    public boolean sabaVector(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VADD, Opcode.VSABD, q, size, rm, rn, rd);
    }

    /// `UABA (vector)`.
    @Override
    public boolean uabaVector(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VADD, Opcode.VUABD, q, size, rm, rn, rd);
    }

    /// `ADD (vector)`.
    @Override
    public boolean addVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VADD, q, size, rm, rn, rd);
    }

    /// `SUB (vector)`.
    @Override
    public boolean subVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSUB, q, size, rm, rn, rd);
    }

    /// `CMTST (vector)`.
    @Override
    public boolean cmtstVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VCMPTST, q, size, rm, rn, rd);
    }

    /// `CMEQ (vector)`.
    @Override
    public boolean cmeqVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VCMPEQ, q, size, rm, rn, rd);
    }

    /// `MLA (vector)`.
    @Override
    public boolean mlaVector(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VADD, Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `MLS (vector)`.
    @Override
    public boolean mlsVector(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VSUB, Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `MUL (vector)`.
    @Override
    public boolean mulVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `SMAXP (vector)`.
    @Override
    public boolean smaxpVector(int q, int size, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.VSMAX, Type.I64, size, size, q, rm, rn, rd);
    }

    /// `UMAXP (vector)`.
    @Override
    public boolean umaxpVector(int q, int size, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.VUMAX, Type.I64, size, size, q, rm, rn, rd);
    }

    /// `SMINP (vector)`.
    @Override
    public boolean sminpVector(int q, int size, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.VSMIN, Type.I64, size, size, q, rm, rn, rd);
    }

    /// `UMINP (vector)`.
    @Override
    public boolean uminpVector(int q, int size, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.VUMIN, Type.I64, size, size, q, rm, rn, rd);
    }

    /// `SQDMULH (vector)`.
    @Override
    public boolean sqdmulhVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSQDMULH, q, size, rm, rn, rd);
    }

    /// `SQRDMULH (vector)`.
    @Override
    public boolean sqrdmulhVector(int q, int size, int rm, int rn, int rd) {
        return lanewise(Opcode.VSQRDMULH, q, size, rm, rn, rd);
    }

    /// `SQRDMLAH (vector)`.
    @Override
    public boolean sqrdmlahVector(int q, int size, int rm, int rn, int rd) {
        return shapes.ternary(Opcode.VSQRDMLAH, Type.I64, size, q, rn, shapes.low(rm), shapes.high(rm), rd);
    }

    /// `SQRDMLSH (vector)`.
    @Override
    public boolean sqrdmlshVector(int q, int size, int rm, int rn, int rd) {
        return shapes.ternary(Opcode.VSQRDMLSH, Type.I64, size, q, rn, shapes.low(rm), shapes.high(rm), rd);
    }

    /// `ADDP (vector)`.
    @Override
    public boolean addpVector(int q, int size, int rm, int rn, int rd) {
        return shapes.pairwise(Opcode.VADD, Type.I64, size, size, q, rm, rn, rd);
    }

    /// `PMUL (vector)`.
    @Override
    public boolean pmulVector(int q, int rm, int rn, int rd) {
        return lanewise(Opcode.VPMUL, q, 0, rm, rn, rd);
    }

    /// `AND (vector)`.
    @Override
    public boolean andVector(int q, int rm, int rn, int rd) {
        return bitwise(Opcode.AND, q, rm, rn, rd);
    }

    /// `BIC (vector)`.
    @Override
    public boolean bicVector(int q, int rm, int rn, int rd) {
        return bitwise(Opcode.ANDC, q, rm, rn, rd);
    }

    /// `ORR (vector)`.
    @Override
    public boolean orrVector(int q, int rm, int rn, int rd) {
        return bitwise(Opcode.OR, q, rm, rn, rd);
    }

    /// `ORN (vector)`.
    @Override
    public boolean ornVector(int q, int rm, int rn, int rd) {
        return bitwise(Opcode.ORC, q, rm, rn, rd);
    }

    /// `EOR (vector)`.
    @Override
    public boolean eorVector(int q, int rm, int rn, int rd) {
        return bitwise(Opcode.XOR, q, rm, rn, rd);
    }

    /// `BSL`: the mask is the destination.
    @Override
    public boolean bslVector(int q, int rm, int rn, int rd) {
        return select(q, rd, rn, rm, rd);
    }

    /// `BIT`: inserts where the mask is one.
    @Override
    public boolean bitVector(int q, int rm, int rn, int rd) {
        return select(q, rm, rn, rd, rd);
    }

    /// `BIF`: inserts where the mask is zero.
    @Override
    public boolean bifVector(int q, int rm, int rn, int rd) {
        return select(q, rm, rd, rn, rd);
    }
}
