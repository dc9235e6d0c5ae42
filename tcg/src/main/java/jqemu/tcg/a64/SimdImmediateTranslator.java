package jqemu.tcg.a64;

import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Lanes;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;

/// Semantics of Advanced SIMD modified immediates and shifts by immediate.
///
/// `q` is 1 for 128 bits, or selects the upper half in the long and narrow forms; `imm` of a shift says element size
/// and count.
final class SimdImmediateTranslator implements SimdImmediate {
    private static final int HALF = 3;

    private final TranslationContext ir;
    private final VectorShapes shapes;
    private final FpShapes fp;

    SimdImmediateTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
        this.fp = new FpShapes(ir, shapes);
    }

    // ---- shapes

    private boolean writeConstant(int q, long value, int rd) {
        int constant = shapes.constant(value);
        return shapes.write(Type.I64, q, constant, constant, rd);
    }

    private boolean combineConstant(Opcode op, int q, long value, int rd) {
        int constant = shapes.constant(value);
        return shapes.binary(op, Type.I64, 0, q, rd, constant, constant, rd);
    }

    private boolean shiftRight(Opcode op, int q, int imm, int rn, int rd) {
        int count = shapes.constant(VectorOperands.rightShift(imm));
        return shapes.binary(op, Type.I64, VectorOperands.shiftSize(imm), q, rn, count, count, rd);
    }

    private boolean accumulateShifted(Opcode op, int q, int imm, int rn, int rd) {
        int count = shapes.constant(VectorOperands.rightShift(imm));
        return shapes.accumulate(Opcode.VADD, op, VectorOperands.shiftSize(imm), q, rn, count, count, rd);
    }

    /// `SRI`, `SLI`: the bits that the shift leaves open keep the destination's value.
    private boolean insertShifted(Opcode op, int count, int q, int imm, int rn, int rd) {
        int size = VectorOperands.shiftSize(imm);
        int low = insertShifted(op, count, size, shapes.low(rn), shapes.low(rd));
        int high = insertShifted(op, count, size, shapes.high(rn), shapes.high(rd));
        return shapes.write(Type.I64, q, low, high, rd);
    }

    private int insertShifted(Opcode op, int count, int size, int source, int destination) {
        int width = Lanes.width(size);
        long ones = Bits.mask(width);
        long inserted = op == Opcode.VSHLI ? ones << count : count == width ? 0 : ones >>> count;
        int kept = shapes.constant(~Bits.replicate(inserted, width));
        int shifted = ir.binary(op, Type.I64, source, shapes.constant(count), size);
        return ir.or(Type.I64, ir.and(Type.I64, destination, kept), shifted);
    }

    private boolean saturatingShiftLeft(Opcode op, int q, int imm, int rn, int rd) {
        int size = VectorOperands.shiftSize(imm);
        int counts = shapes.constant(Bits.replicate(VectorOperands.leftShift(imm), Lanes.width(size)));
        return shapes.binary(op, Type.I64, size, q, rn, counts, counts, rd);
    }

    private boolean narrowShifted(Opcode narrow, Opcode shift, int q, int imm, int rn, int rd) {
        int size = VectorOperands.shiftSize(imm);
        return shapes.narrowShifted(narrow, shift, VectorOperands.rightShift(imm), size, q, rn, rd);
    }

    private boolean shiftLeftLong(Opcode extend, int q, int imm, int rn, int rd) {
        int size = VectorOperands.shiftSize(imm);
        int count = shapes.constant(VectorOperands.leftShift(imm));
        int narrow = shapes.half(rn, q);
        int low = ir.binary(Opcode.VSHLI, Type.I64, shapes.extend(extend, narrow, 0, size), count, size + 1);
        int high = ir.binary(Opcode.VSHLI, Type.I64, shapes.extend(extend, narrow, 1, size), count, size + 1);
        return shapes.write(Type.I64, 1, low, high, rd);
    }

    // ---- instructions

    /// `FMOV (vector, immediate)`.
    @Override
    public boolean fmovVectorImmediate(int q, int op, int imm, int rd) {
        return writeConstant(q, ModifiedImmediate.floatingPoint(op, imm), rd);
    }

    /// `FMOV (vector, immediate)` of half precision.
    @Override
    public boolean fmovVectorImmediateHalf(int q, int imm, int rd) {
        return writeConstant(q, ModifiedImmediate.floatingPoint(HALF, imm), rd);
    }

    /// `ORR (vector, immediate)`.
    @Override
    public boolean orrVectorImmediate(int q, int imm, int cmode, int rd) {
        return combineConstant(Opcode.OR, q, ModifiedImmediate.integer(cmode << 1, imm), rd);
    }

    /// `BIC (vector, immediate)`.
    @Override
    public boolean bicVectorImmediate(int q, int imm, int cmode, int rd) {
        return combineConstant(Opcode.ANDC, q, ModifiedImmediate.integer(cmode << 1, imm), rd);
    }

    /// `MVNI`.
    @Override
    public boolean mvni(int q, int imm, int cmode, int rd) {
        return writeConstant(q, ~ModifiedImmediate.integer(cmode, imm), rd);
    }

    /// `MOVI`.
    @Override
    public boolean movi(int q, int op, int imm, int cmode, int rd) {
        long value = op == 1 ? ModifiedImmediate.byteMask(imm) : ModifiedImmediate.integer(cmode, imm);
        return writeConstant(q, value, rd);
    }

    /// `SSHR`.
    @Override
    public boolean sshrVectorImmediate(int q, int imm, int rn, int rd) {
        return shiftRight(Opcode.VSARI, q, imm, rn, rd);
    }

    /// `USHR`.
    @Override
    public boolean ushrVectorImmediate(int q, int imm, int rn, int rd) {
        return shiftRight(Opcode.VSHRI, q, imm, rn, rd);
    }

    /// `SSRA`.
    @Override
    public boolean ssraVectorImmediate(int q, int imm, int rn, int rd) {
        return accumulateShifted(Opcode.VSARI, q, imm, rn, rd);
    }

    /// `USRA`.
    @Override
    public boolean usraVectorImmediate(int q, int imm, int rn, int rd) {
        return accumulateShifted(Opcode.VSHRI, q, imm, rn, rd);
    }

    /// `SRSHR`.
    @Override
    public boolean srshrVectorImmediate(int q, int imm, int rn, int rd) {
        return shiftRight(Opcode.VRSARI, q, imm, rn, rd);
    }

    /// `URSHR`.
    @Override
    public boolean urshrVectorImmediate(int q, int imm, int rn, int rd) {
        return shiftRight(Opcode.VRSHRI, q, imm, rn, rd);
    }

    /// `SRSRA`.
    @Override
    public boolean srsraVectorImmediate(int q, int imm, int rn, int rd) {
        return accumulateShifted(Opcode.VRSARI, q, imm, rn, rd);
    }

    /// `URSRA`.
    @Override
    public boolean ursraVectorImmediate(int q, int imm, int rn, int rd) {
        return accumulateShifted(Opcode.VRSHRI, q, imm, rn, rd);
    }

    /// `SRI`.
    @Override
    public boolean sriVectorImmediate(int q, int imm, int rn, int rd) {
        return insertShifted(Opcode.VSHRI, VectorOperands.rightShift(imm), q, imm, rn, rd);
    }

    /// `SHL`.
    @Override
    public boolean shlVectorImmediate(int q, int imm, int rn, int rd) {
        int count = shapes.constant(VectorOperands.leftShift(imm));
        return shapes.binary(Opcode.VSHLI, Type.I64, VectorOperands.shiftSize(imm), q, rn, count, count, rd);
    }

    /// `SLI`.
    @Override
    public boolean sliVectorImmediate(int q, int imm, int rn, int rd) {
        return insertShifted(Opcode.VSHLI, VectorOperands.leftShift(imm), q, imm, rn, rd);
    }

    /// `SQSHLU`.
    @Override
    public boolean sqshluVectorImmediate(int q, int imm, int rn, int rd) {
        return saturatingShiftLeft(Opcode.VSQSHLU, q, imm, rn, rd);
    }

    /// `SQSHL`.
    @Override
    public boolean sqshlVectorImmediate(int q, int imm, int rn, int rd) {
        return saturatingShiftLeft(Opcode.VSQSHL, q, imm, rn, rd);
    }

    /// `UQSHL`.
    @Override
    public boolean uqshlVectorImmediate(int q, int imm, int rn, int rd) {
        return saturatingShiftLeft(Opcode.VUQSHL, q, imm, rn, rd);
    }

    /// `SHRN`.
    @Override
    public boolean shrnVector(int q, int imm, int rn, int rd) {
        return narrowShifted(Opcode.VUZP1, Opcode.VSHRI, q, imm, rn, rd);
    }

    /// `RSHRN`.
    @Override
    public boolean rshrnVector(int q, int imm, int rn, int rd) {
        return narrowShifted(Opcode.VUZP1, Opcode.VRSHRI, q, imm, rn, rd);
    }

    /// `SQSHRUN`.
    @Override
    public boolean sqshrunVector(int q, int imm, int rn, int rd) {
        return narrowShifted(Opcode.VSQXTUN, Opcode.VSARI, q, imm, rn, rd);
    }

    /// `SQRSHRUN`.
    @Override
    public boolean sqrshrunVector(int q, int imm, int rn, int rd) {
        return narrowShifted(Opcode.VSQXTUN, Opcode.VRSARI, q, imm, rn, rd);
    }

    /// `SQSHRN`.
    @Override
    public boolean sqshrnVector(int q, int imm, int rn, int rd) {
        return narrowShifted(Opcode.VSQXTN, Opcode.VSARI, q, imm, rn, rd);
    }

    /// `UQSHRN`.
    @Override
    public boolean uqshrnVector(int q, int imm, int rn, int rd) {
        return narrowShifted(Opcode.VUQXTN, Opcode.VSHRI, q, imm, rn, rd);
    }

    /// `SQRSHRN`.
    @Override
    public boolean sqrshrnVector(int q, int imm, int rn, int rd) {
        return narrowShifted(Opcode.VSQXTN, Opcode.VRSARI, q, imm, rn, rd);
    }

    /// `UQRSHRN`.
    @Override
    public boolean uqrshrnVector(int q, int imm, int rn, int rd) {
        return narrowShifted(Opcode.VUQXTN, Opcode.VRSHRI, q, imm, rn, rd);
    }

    /// `SSHLL`.
    @Override
    public boolean sshll(int q, int imm, int rn, int rd) {
        return shiftLeftLong(Opcode.VSXTL, q, imm, rn, rd);
    }

    /// `USHLL`.
    @Override
    public boolean ushll(int q, int imm, int rn, int rd) {
        return shiftLeftLong(Opcode.VUXTL, q, imm, rn, rd);
    }

    /// `SCVTF`, `UCVTF (vector, fixed-point)`.
    @Override
    public boolean cvtfFixedPointVector(int q, int u, int imm, int rn, int rd) {
        int sz = FpShapes.ofShift(imm);
        int conversion = fp.fromInteger(sz, u, VectorOperands.rightShift(imm));
        return shapes.unary(Opcode.ITOF, FpShapes.lanes(sz), conversion, q, rn, rd);
    }

    /// `SCVTF`, `UCVTF (vector, fixed-point)` of halfwords.
    @Override
    public boolean cvtfFixedPointVectorHalf(int q, int u, int imm, int rn, int rd) {
        return cvtfFixedPointVector(q, u, imm, rn, rd);
    }

    /// `FCVTZS`, `FCVTZU (vector, fixed-point)` to halfwords.
    @Override
    public boolean fcvtzToFixedPointVectorHalf(int q, int u, int imm, int rn, int rd) {
        return fcvtzToFixedPointVector(q, u, imm, rn, rd);
    }

    /// `FCVTZS`, `FCVTZU (vector, fixed-point)`.
    @Override
    public boolean fcvtzToFixedPointVector(int q, int u, int imm, int rn, int rd) {
        int sz = FpShapes.ofShift(imm);
        int conversion = fp.toInteger(sz, Rounding.ZERO, u, VectorOperands.rightShift(imm));
        return shapes.unary(Opcode.FTOI, FpShapes.lanes(sz), conversion, q, rn, rd);
    }
}
