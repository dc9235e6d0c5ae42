package jqemu.tcg.a64;

import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of Advanced SIMD integer instructions on scalars.
///
/// `size` is the log2 of the element bytes. A scalar is a vector whose other lanes are 0, so the vector ops serve here
/// too: they give 0 for those lanes and never saturate there.
final class SimdScalarTranslator implements SimdScalar {
    private final TranslationContext ir;
    private final VectorShapes shapes;

    SimdScalarTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
    }

    private static final int DOUBLEWORD = 3;

    // ---- shapes

    private boolean write(int size, int value, int rd) {
        return shapes.writeScalar(size, value, rd);
    }

    private boolean unary(Opcode op, int size, int rn, int rd) {
        return write(size, ir.unary(op, Type.I64, shapes.scalar(rn, size), size), rd);
    }

    private boolean binary(Opcode op, int size, int rm, int rn, int rd) {
        return binaryValues(op, size, rn, shapes.scalar(rm, size), rd);
    }

    private boolean binaryValues(Opcode op, int size, int rn, int other, int rd) {
        return write(size, ir.binary(op, Type.I64, shapes.scalar(rn, size), other, size), rd);
    }

    private boolean accumulate(Opcode op, int size, int rn, int other, int rd) {
        return write(size, ir.ternary(op, Type.I64, shapes.scalar(rn, size), other, shapes.scalar(rd, size), size), rd);
    }

    private boolean compare(Opcode op, int a, int b, int rd) {
        return write(DOUBLEWORD, ir.binary(op, Type.I64, a, b, DOUBLEWORD), rd);
    }

    private int doublingProduct(int size, int rn, int other) {
        return ir.binary(Opcode.VSQDMULL, Type.I64, shapes.scalar(rn, size), other, size);
    }

    private boolean multiplyLong(int size, int rn, int other, int rd) {
        return write(size + 1, doublingProduct(size, rn, other), rd);
    }

    private boolean accumulateLong(Opcode combine, int size, int rn, int other, int rd) {
        int product = doublingProduct(size, rn, other);
        return write(size + 1, ir.binary(combine, Type.I64, shapes.scalar(rd, size + 1), product, size + 1), rd);
    }

    private boolean narrow(Opcode op, int size, int value, int rd) {
        return write(size, ir.binary(op, Type.I64, value, shapes.constant(0), size), rd);
    }

    private boolean narrowShifted(Opcode narrow, Opcode shift, int imm, int rn, int rd) {
        int size = VectorOperands.shiftSize(imm);
        int count = shapes.constant(VectorOperands.rightShift(imm));
        return narrow(narrow, size, ir.binary(shift, Type.I64, shapes.scalar(rn, size + 1), count, size + 1), rd);
    }

    private int shiftedRight(Opcode op, int imm, int rn) {
        int count = shapes.constant(VectorOperands.rightShift(imm));
        return ir.binary(op, Type.I64, shapes.low(rn), count, DOUBLEWORD);
    }

    private boolean accumulateShifted(Opcode op, int imm, int rn, int rd) {
        return write(DOUBLEWORD, ir.add(Type.I64, shapes.low(rd), shiftedRight(op, imm, rn)), rd);
    }

    // ---- instructions

    /// `SQADD (scalar)`.
    @Override
    public boolean sqaddSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VSQADD, size, rm, rn, rd);
    }

    /// `UQADD (scalar)`.
    @Override
    public boolean uqaddSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VUQADD, size, rm, rn, rd);
    }

    /// `SQSUB (scalar)`.
    @Override
    public boolean sqsubSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VSQSUB, size, rm, rn, rd);
    }

    /// `UQSUB (scalar)`.
    @Override
    public boolean uqsubSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VUQSUB, size, rm, rn, rd);
    }

    /// `SQSHL (scalar)`.
    @Override
    public boolean sqshlSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VSQSHL, size, rm, rn, rd);
    }

    /// `UQSHL (scalar)`.
    @Override
    public boolean uqshlSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VUQSHL, size, rm, rn, rd);
    }

    /// `SQRSHL (scalar)`.
    @Override
    public boolean sqrshlSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VSQRSHL, size, rm, rn, rd);
    }

    /// `UQRSHL (scalar)`.
    @Override
    public boolean uqrshlSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VUQRSHL, size, rm, rn, rd);
    }

    /// `SQDMULH (scalar)`.
    @Override
    public boolean sqdmulhSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VSQDMULH, size, rm, rn, rd);
    }

    /// `SQRDMULH (scalar)`.
    @Override
    public boolean sqrdmulhSimdScalar(int size, int rm, int rn, int rd) {
        return binary(Opcode.VSQRDMULH, size, rm, rn, rd);
    }

    /// `SQRDMLAH (scalar)`.
    @Override
    public boolean sqrdmlahSimdScalar(int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VSQRDMLAH, size, rn, shapes.scalar(rm, size), rd);
    }

    /// `SQRDMLSH (scalar)`.
    @Override
    public boolean sqrdmlshSimdScalar(int size, int rm, int rn, int rd) {
        return accumulate(Opcode.VSQRDMLSH, size, rn, shapes.scalar(rm, size), rd);
    }

    /// `CMGT (scalar)`.
    @Override
    public boolean cmgtSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VCMPGT, DOUBLEWORD, rm, rn, rd);
    }

    /// `CMHI (scalar)`.
    @Override
    public boolean cmhiSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VCMPHI, DOUBLEWORD, rm, rn, rd);
    }

    /// `CMGE (scalar)`.
    @Override
    public boolean cmgeSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VCMPGE, DOUBLEWORD, rm, rn, rd);
    }

    /// `CMHS (scalar)`.
    @Override
    public boolean cmhsSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VCMPHS, DOUBLEWORD, rm, rn, rd);
    }

    /// `SSHL (scalar)`.
    @Override
    public boolean sshlSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VSSHL, DOUBLEWORD, rm, rn, rd);
    }

    /// `USHL (scalar)`.
    @Override
    public boolean ushlSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VUSHL, DOUBLEWORD, rm, rn, rd);
    }

    /// `SRSHL (scalar)`.
    @Override
    public boolean srshlSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VSRSHL, DOUBLEWORD, rm, rn, rd);
    }

    /// `URSHL (scalar)`.
    @Override
    public boolean urshlSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VURSHL, DOUBLEWORD, rm, rn, rd);
    }

    /// `ADD (scalar)`.
    @Override
    public boolean addSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VADD, DOUBLEWORD, rm, rn, rd);
    }

    /// `SUB (scalar)`.
    @Override
    public boolean subSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VSUB, DOUBLEWORD, rm, rn, rd);
    }

    /// `CMTST (scalar)`.
    @Override
    public boolean cmtstSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VCMPTST, DOUBLEWORD, rm, rn, rd);
    }

    /// `CMEQ (scalar)`.
    @Override
    public boolean cmeqSimdScalar(int rm, int rn, int rd) {
        return binary(Opcode.VCMPEQ, DOUBLEWORD, rm, rn, rd);
    }

    /// `SQDMLAL (scalar)`.
    @Override
    public boolean sqdmlalSimdScalar(int size, int rm, int rn, int rd) {
        return accumulateLong(Opcode.VSQADD, size, rn, shapes.scalar(rm, size), rd);
    }

    /// `SQDMLSL (scalar)`.
    @Override
    public boolean sqdmlslSimdScalar(int size, int rm, int rn, int rd) {
        return accumulateLong(Opcode.VSQSUB, size, rn, shapes.scalar(rm, size), rd);
    }

    /// `SQDMULL (scalar)`.
    @Override
    public boolean sqdmullSimdScalar(int size, int rm, int rn, int rd) {
        return multiplyLong(size, rn, shapes.scalar(rm, size), rd);
    }

    /// `SUQADD (scalar)`.
    @Override
    public boolean suqaddSimdScalar(int size, int rn, int rd) {
        return binary(Opcode.VSUQADD, size, rn, rd, rd);
    }

    /// `USQADD (scalar)`.
    @Override
    public boolean usqaddSimdScalar(int size, int rn, int rd) {
        return binary(Opcode.VUSQADD, size, rn, rd, rd);
    }

    /// `SQABS (scalar)`.
    @Override
    public boolean sqabsSimdScalar(int size, int rn, int rd) {
        return unary(Opcode.VSQABS, size, rn, rd);
    }

    /// `SQNEG (scalar)`.
    @Override
    public boolean sqnegSimdScalar(int size, int rn, int rd) {
        return unary(Opcode.VSQNEG, size, rn, rd);
    }

    /// `ABS (scalar)`.
    @Override
    public boolean absSimdScalar(int rn, int rd) {
        return unary(Opcode.VABS, DOUBLEWORD, rn, rd);
    }

    /// `NEG (scalar)`.
    @Override
    public boolean negSimdScalar(int rn, int rd) {
        return write(DOUBLEWORD, ir.neg(Type.I64, shapes.low(rn)), rd);
    }

    /// `CMGT (scalar, zero)`.
    @Override
    public boolean cmgtZeroSimdScalar(int rn, int rd) {
        return compare(Opcode.VCMPGT, shapes.low(rn), shapes.constant(0), rd);
    }

    /// `CMEQ (scalar, zero)`.
    @Override
    public boolean cmeqZeroSimdScalar(int rn, int rd) {
        return compare(Opcode.VCMPEQ, shapes.low(rn), shapes.constant(0), rd);
    }

    /// `CMLT (scalar, zero)`.
    @Override
    public boolean cmltZeroSimdScalar(int rn, int rd) {
        return compare(Opcode.VCMPGT, shapes.constant(0), shapes.low(rn), rd);
    }

    /// `CMGE (scalar, zero)`.
    @Override
    public boolean cmgeZeroSimdScalar(int rn, int rd) {
        return compare(Opcode.VCMPGE, shapes.low(rn), shapes.constant(0), rd);
    }

    /// `CMLE (scalar, zero)`.
    @Override
    public boolean cmleZeroSimdScalar(int rn, int rd) {
        return compare(Opcode.VCMPGE, shapes.constant(0), shapes.low(rn), rd);
    }

    /// `SQXTUN (scalar)`.
    @Override
    public boolean sqxtunSimdScalar(int size, int rn, int rd) {
        return narrow(Opcode.VSQXTUN, size, shapes.scalar(rn, size + 1), rd);
    }

    /// `SQXTN (scalar)`.
    @Override
    public boolean sqxtnSimdScalar(int size, int rn, int rd) {
        return narrow(Opcode.VSQXTN, size, shapes.scalar(rn, size + 1), rd);
    }

    /// `UQXTN (scalar)`.
    @Override
    public boolean uqxtnSimdScalar(int size, int rn, int rd) {
        return narrow(Opcode.VUQXTN, size, shapes.scalar(rn, size + 1), rd);
    }

    /// `ADDP (scalar)`.
    @Override
    public boolean addpSimdScalar(int rn, int rd) {
        return write(DOUBLEWORD, ir.add(Type.I64, shapes.low(rn), shapes.high(rn)), rd);
    }

    /// `DUP (scalar, element)`.
    @Override
    public boolean dupElementSimdScalar(int imm, int rn, int rd) {
        int size = VectorOperands.copySize(imm);
        return write(size, shapes.lane(rn, VectorOperands.copyIndex(imm), size), rd);
    }

    /// `SQDMLAL (scalar, by element)`.
    @Override
    public boolean sqdmlalByElementSimdScalar(int size, int l, int m, int rm, int h, int rn, int rd) {
        return accumulateLong(Opcode.VSQADD, size, rn, ElementOperand.scalar(shapes, size, rm, h, l, m), rd);
    }

    /// `SQDMLSL (scalar, by element)`.
    @Override
    public boolean sqdmlslByElementSimdScalar(int size, int l, int m, int rm, int h, int rn, int rd) {
        return accumulateLong(Opcode.VSQSUB, size, rn, ElementOperand.scalar(shapes, size, rm, h, l, m), rd);
    }

    /// `SQDMULL (scalar, by element)`.
    @Override
    public boolean sqdmullByElementSimdScalar(int size, int l, int m, int rm, int h, int rn, int rd) {
        return multiplyLong(size, rn, ElementOperand.scalar(shapes, size, rm, h, l, m), rd);
    }

    /// `SQDMULH (scalar, by element)`.
    @Override
    public boolean sqdmulhByElementSimdScalar(int size, int l, int m, int rm, int h, int rn, int rd) {
        return binaryValues(Opcode.VSQDMULH, size, rn, ElementOperand.scalar(shapes, size, rm, h, l, m), rd);
    }

    /// `SQRDMULH (scalar, by element)`.
    @Override
    public boolean sqrdmulhByElementSimdScalar(int size, int l, int m, int rm, int h, int rn, int rd) {
        return binaryValues(Opcode.VSQRDMULH, size, rn, ElementOperand.scalar(shapes, size, rm, h, l, m), rd);
    }

    /// `SQRDMLAH (scalar, by element)`.
    @Override
    public boolean sqrdmlahByElementSimdScalar(int size, int l, int m, int rm, int h, int rn, int rd) {
        return accumulate(Opcode.VSQRDMLAH, size, rn, ElementOperand.scalar(shapes, size, rm, h, l, m), rd);
    }

    /// `SQRDMLSH (scalar, by element)`.
    @Override
    public boolean sqrdmlshByElementSimdScalar(int size, int l, int m, int rm, int h, int rn, int rd) {
        return accumulate(Opcode.VSQRDMLSH, size, rn, ElementOperand.scalar(shapes, size, rm, h, l, m), rd);
    }

    /// `SSHR (scalar, immediate)`.
    @Override
    public boolean sshrSimdScalarImmediate(int imm, int rn, int rd) {
        return write(DOUBLEWORD, shiftedRight(Opcode.VSARI, imm, rn), rd);
    }

    /// `USHR (scalar, immediate)`.
    @Override
    public boolean ushrSimdScalarImmediate(int imm, int rn, int rd) {
        return write(DOUBLEWORD, shiftedRight(Opcode.VSHRI, imm, rn), rd);
    }

    /// `SSRA (scalar, immediate)`.
    @Override
    public boolean ssraSimdScalarImmediate(int imm, int rn, int rd) {
        return accumulateShifted(Opcode.VSARI, imm, rn, rd);
    }

    /// `USRA (scalar, immediate)`.
    @Override
    public boolean usraSimdScalarImmediate(int imm, int rn, int rd) {
        return accumulateShifted(Opcode.VSHRI, imm, rn, rd);
    }

    /// `SRSHR (scalar, immediate)`.
    @Override
    public boolean srshrSimdScalarImmediate(int imm, int rn, int rd) {
        return write(DOUBLEWORD, shiftedRight(Opcode.VRSARI, imm, rn), rd);
    }

    /// `URSHR (scalar, immediate)`.
    @Override
    public boolean urshrSimdScalarImmediate(int imm, int rn, int rd) {
        return write(DOUBLEWORD, shiftedRight(Opcode.VRSHRI, imm, rn), rd);
    }

    /// `SRSRA (scalar, immediate)`.
    @Override
    public boolean srsraSimdScalarImmediate(int imm, int rn, int rd) {
        return accumulateShifted(Opcode.VRSARI, imm, rn, rd);
    }

    /// `URSRA (scalar, immediate)`.
    @Override
    public boolean ursraSimdScalarImmediate(int imm, int rn, int rd) {
        return accumulateShifted(Opcode.VRSHRI, imm, rn, rd);
    }

    /// `SRI (scalar, immediate)`.
    @Override
    public boolean sriSimdScalarImmediate(int imm, int rn, int rd) {
        int count = VectorOperands.rightShift(imm);
        if (count == Long.SIZE) {
            return write(DOUBLEWORD, shapes.low(rd), rd);
        }
        int shifted = shiftedRight(Opcode.VSHRI, imm, rn);
        return write(DOUBLEWORD, ir.deposit(Type.I64, shapes.low(rd), shifted, 0, Long.SIZE - count), rd);
    }

    /// `SHL (scalar, immediate)`.
    @Override
    public boolean shlSimdScalarImmediate(int imm, int rn, int rd) {
        return write(DOUBLEWORD, ir.shlImmediate(Type.I64, shapes.low(rn), VectorOperands.leftShift(imm)), rd);
    }

    /// `SLI (scalar, immediate)`.
    @Override
    public boolean sliSimdScalarImmediate(int imm, int rn, int rd) {
        int count = VectorOperands.leftShift(imm);
        return write(DOUBLEWORD, ir.deposit(Type.I64, shapes.low(rd), shapes.low(rn), count, Long.SIZE - count), rd);
    }

    /// `SQSHLU (scalar, immediate)`.
    @Override
    public boolean sqshluSimdScalarImmediate(int imm, int rn, int rd) {
        int count = shapes.constant(VectorOperands.leftShift(imm));
        return binaryValues(Opcode.VSQSHLU, VectorOperands.shiftSize(imm), rn, count, rd);
    }

    /// `SQSHL (scalar, immediate)`.
    @Override
    public boolean sqshlSimdScalarImmediate(int imm, int rn, int rd) {
        int count = shapes.constant(VectorOperands.leftShift(imm));
        return binaryValues(Opcode.VSQSHL, VectorOperands.shiftSize(imm), rn, count, rd);
    }

    /// `UQSHL (scalar, immediate)`.
    @Override
    public boolean uqshlSimdScalarImmediate(int imm, int rn, int rd) {
        int count = shapes.constant(VectorOperands.leftShift(imm));
        return binaryValues(Opcode.VUQSHL, VectorOperands.shiftSize(imm), rn, count, rd);
    }

    /// `SQSHRUN (scalar, immediate)`.
    @Override
    public boolean sqshrunSimdScalarImmediate(int imm, int rn, int rd) {
        return narrowShifted(Opcode.VSQXTUN, Opcode.VSARI, imm, rn, rd);
    }

    /// `SQRSHRUN (scalar, immediate)`.
    @Override
    public boolean sqrshrunSimdScalarImmediate(int imm, int rn, int rd) {
        return narrowShifted(Opcode.VSQXTUN, Opcode.VRSARI, imm, rn, rd);
    }

    /// `SQSHRN (scalar, immediate)`.
    @Override
    public boolean sqshrnSimdScalarImmediate(int imm, int rn, int rd) {
        return narrowShifted(Opcode.VSQXTN, Opcode.VSARI, imm, rn, rd);
    }

    /// `UQSHRN (scalar, immediate)`.
    @Override
    public boolean uqshrnSimdScalarImmediate(int imm, int rn, int rd) {
        return narrowShifted(Opcode.VUQXTN, Opcode.VSHRI, imm, rn, rd);
    }

    /// `SQRSHRN (scalar, immediate)`.
    @Override
    public boolean sqrshrnSimdScalarImmediate(int imm, int rn, int rd) {
        return narrowShifted(Opcode.VSQXTN, Opcode.VRSARI, imm, rn, rd);
    }

    /// `UQRSHRN (scalar, immediate)`.
    @Override
    public boolean uqrshrnSimdScalarImmediate(int imm, int rn, int rd) {
        return narrowShifted(Opcode.VUQXTN, Opcode.VRSHRI, imm, rn, rd);
    }
}
