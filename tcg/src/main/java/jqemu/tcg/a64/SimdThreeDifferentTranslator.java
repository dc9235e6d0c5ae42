package jqemu.tcg.a64;

import jqemu.tcg.ir.Opcode;

/// Semantics of Advanced SIMD instructions that widen or narrow: long, wide and high-narrow operations.
///
/// `size` is the log2 of the bytes of a narrow element, `q` selects the upper half of the narrow registers.
final class SimdThreeDifferentTranslator implements SimdThreeDifferent {
    private final VectorShapes shapes;

    SimdThreeDifferentTranslator(TranslationContext ir) {
        this.shapes = new VectorShapes(ir);
    }

    private boolean lengthen(Opcode extend, Opcode op, int q, int size, int rm, int rn, int rd) {
        return shapes.lengthen(extend, op, size, q, rn, shapes.half(rm, q), rd);
    }

    private boolean accumulate(Opcode combine, Opcode extend, Opcode op, int q, int size, int rm, int rn, int rd) {
        return shapes.accumulateLong(combine, extend, op, size, q, rn, shapes.half(rm, q), rd);
    }

    /// `SADDL`.
    @Override
    public boolean saddl(int q, int size, int rm, int rn, int rd) {
        return lengthen(Opcode.VSXTL, Opcode.VADD, q, size, rm, rn, rd);
    }

    /// `UADDL`.
    @Override
    public boolean uaddl(int q, int size, int rm, int rn, int rd) {
        return lengthen(Opcode.VUXTL, Opcode.VADD, q, size, rm, rn, rd);
    }

    /// `SADDW`.
    @Override
    public boolean saddw(int q, int size, int rm, int rn, int rd) {
        return shapes.widen(Opcode.VSXTL, Opcode.VADD, size, q, rm, rn, rd);
    }

    /// `UADDW`.
    @Override
    public boolean uaddw(int q, int size, int rm, int rn, int rd) {
        return shapes.widen(Opcode.VUXTL, Opcode.VADD, size, q, rm, rn, rd);
    }

    /// `SSUBL`.
    @Override
    public boolean ssubl(int q, int size, int rm, int rn, int rd) {
        return lengthen(Opcode.VSXTL, Opcode.VSUB, q, size, rm, rn, rd);
    }

    /// `USUBL`.
    @Override
    public boolean usubl(int q, int size, int rm, int rn, int rd) {
        return lengthen(Opcode.VUXTL, Opcode.VSUB, q, size, rm, rn, rd);
    }

    /// `SSUBW`.
    @Override
    public boolean ssubw(int q, int size, int rm, int rn, int rd) {
        return shapes.widen(Opcode.VSXTL, Opcode.VSUB, size, q, rm, rn, rd);
    }

    /// `USUBW`.
    @Override
    public boolean usubw(int q, int size, int rm, int rn, int rd) {
        return shapes.widen(Opcode.VUXTL, Opcode.VSUB, size, q, rm, rn, rd);
    }

    /// `ADDHN`.
    @Override
    public boolean addhn(int q, int size, int rm, int rn, int rd) {
        return shapes.narrowHigh(Opcode.VADD, false, size, q, rm, rn, rd);
    }

    /// `RADDHN`.
    @Override
    public boolean raddhn(int q, int size, int rm, int rn, int rd) {
        return shapes.narrowHigh(Opcode.VADD, true, size, q, rm, rn, rd);
    }

    /// `SUBHN`.
    @Override
    public boolean subhn(int q, int size, int rm, int rn, int rd) {
        return shapes.narrowHigh(Opcode.VSUB, false, size, q, rm, rn, rd);
    }

    /// `RSUBHN`.
    @Override
    public boolean rsubhn(int q, int size, int rm, int rn, int rd) {
        return shapes.narrowHigh(Opcode.VSUB, true, size, q, rm, rn, rd);
    }

    /// `SABAL`.
    @Override
    public boolean sabal(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VADD, Opcode.VSXTL, Opcode.VSABD, q, size, rm, rn, rd);
    }

    /// `UABAL`.
    @Override
    public boolean uabal(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VADD, Opcode.VUXTL, Opcode.VUABD, q, size, rm, rn, rd);
    }

    /// `SABDL`.
    @Override
    public boolean sabdl(int q, int size, int rm, int rn, int rd) {
        return lengthen(Opcode.VSXTL, Opcode.VSABD, q, size, rm, rn, rd);
    }

    /// `UABDL`.
    @Override
    public boolean uabdl(int q, int size, int rm, int rn, int rd) {
        return lengthen(Opcode.VUXTL, Opcode.VUABD, q, size, rm, rn, rd);
    }

    /// `SMLAL`.
    @Override
    public boolean smlalVector(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VADD, Opcode.VSXTL, Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `UMLAL`.
    @Override
    public boolean umlalVector(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VADD, Opcode.VUXTL, Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `SMLSL`.
    @Override
    public boolean smlslVector(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VSUB, Opcode.VSXTL, Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `UMLSL`.
    @Override
    public boolean umlslVector(int q, int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VSUB, Opcode.VUXTL, Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `SMULL`.
    @Override
    public boolean smullVector(int q, int size, int rm, int rn, int rd) {
        return lengthen(Opcode.VSXTL, Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `UMULL`.
    @Override
    public boolean umullVector(int q, int size, int rm, int rn, int rd) {
        return lengthen(Opcode.VUXTL, Opcode.VMUL, q, size, rm, rn, rd);
    }

    /// `SQDMLAL`.
    @Override
    public boolean sqdmlalVector(int q, int size, int rm, int rn, int rd) {
        return shapes.accumulateDoublingLong(Opcode.VSQADD, size, q, rn, shapes.half(rm, q), rd);
    }

    /// `SQDMLSL`.
    @Override
    public boolean sqdmlslVector(int q, int size, int rm, int rn, int rd) {
        return shapes.accumulateDoublingLong(Opcode.VSQSUB, size, q, rn, shapes.half(rm, q), rd);
    }

    /// `SQDMULL`.
    @Override
    public boolean sqdmullVector(int q, int size, int rm, int rn, int rd) {
        return shapes.doublingLong(size, q, rn, shapes.half(rm, q), rd);
    }

    /// `PMULL` of bytes.
    @Override
    public boolean pmull(int q, int rm, int rn, int rd) {
        return lengthen(Opcode.VUXTL, Opcode.VPMUL, q, 0, rm, rn, rd);
    }
}
