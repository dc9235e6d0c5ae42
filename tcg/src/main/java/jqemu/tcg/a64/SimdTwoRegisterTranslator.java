package jqemu.tcg.a64;

import jqemu.tcg.ir.Lanes;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of Advanced SIMD integer instructions on one source register, reductions across lanes included.
///
/// `size` is the log2 of the element bytes (the narrow element's, where there are two), `q` is 1 for 128 bits.
final class SimdTwoRegisterTranslator implements SimdTwoRegister {
    private final TranslationContext ir;
    private final VectorShapes shapes;

    SimdTwoRegisterTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
    }

    // ---- shapes

    private boolean compareWithZero(Opcode op, int q, int size, int rn, int rd) {
        int zero = shapes.constant(0);
        return shapes.binary(op, Type.I64, size, q, rn, zero, zero, rd);
    }

    /// Reverses the elements of `element` bytes within each `container` bytes: all bytes, then those of each
    /// element back.
    private boolean reverse(int container, int element, int q, int rn, int rd) {
        int low = reverse(container, element, shapes.low(rn));
        int high = reverse(container, element, shapes.high(rn));
        return shapes.write(Type.I64, q, low, high, rd);
    }

    private int reverse(int container, int element, int value) {
        int reversed = ir.unary(Opcode.BSWAP, Type.I64, value, container);
        return element == 1 ? reversed : ir.unary(Opcode.BSWAP, Type.I64, reversed, element);
    }

    private boolean longPairs(boolean signed, int q, int size, int rn, int rd) {
        int low = shapes.longPairs(signed, shapes.low(rn), size);
        return shapes.write(Type.I64, q, low, shapes.longPairs(signed, shapes.high(rn), size), rd);
    }

    private boolean accumulateLongPairs(boolean signed, int q, int size, int rn, int rd) {
        int low = shapes.longPairs(signed, shapes.low(rn), size);
        int high = shapes.longPairs(signed, shapes.high(rn), size);
        int sumLow = ir.binary(Opcode.VADD, Type.I64, shapes.low(rd), low, size + 1);
        return shapes.write(Type.I64, q, sumLow, ir.binary(Opcode.VADD, Type.I64, shapes.high(rd), high, size + 1), rd);
    }

    private boolean addLongAcross(boolean signed, int q, int size, int rn, int rd) {
        int low = shapes.longPairs(signed, shapes.low(rn), size);
        int high = shapes.longPairs(signed, shapes.high(rn), size);
        return shapes.across(Opcode.VADD, size + 1, q, low, high, rd);
    }

    // ---- instructions

    /// `REV64`.
    @Override
    public boolean rev64Vector(int q, int size, int rn, int rd) {
        return reverse(8, 1 << size, q, rn, rd);
    }

    /// `REV32`.
    @Override
    public boolean rev32Vector(int q, int size, int rn, int rd) {
        return reverse(4, 1 << size, q, rn, rd);
    }

    /// `REV16`.
    @Override
    public boolean rev16Vector(int q, int size, int rn, int rd) {
        return reverse(2, 1, q, rn, rd);
    }

    /// `SUQADD`.
    @Override
    public boolean suqaddVector(int q, int size, int rn, int rd) {
        return shapes.binary(Opcode.VSUQADD, Type.I64, size, q, rn, rd, rd);
    }

    /// `USQADD`.
    @Override
    public boolean usqaddVector(int q, int size, int rn, int rd) {
        return shapes.binary(Opcode.VUSQADD, Type.I64, size, q, rn, rd, rd);
    }

    /// `CLS`.
    @Override
    public boolean clsVector(int q, int size, int rn, int rd) {
        return shapes.unary(Opcode.VCLS, Type.I64, size, q, rn, rd);
    }

    /// `CLZ`.
    @Override
    public boolean clzVector(int q, int size, int rn, int rd) {
        return shapes.unary(Opcode.VCLZ, Type.I64, size, q, rn, rd);
    }

    /// `CNT`.
    @Override
    public boolean cntVector(int q, int rn, int rd) {
        return shapes.unary(Opcode.VCNT, Type.I64, 0, q, rn, rd);
    }

    /// `NOT`.
    @Override
    public boolean notVector(int q, int rn, int rd) {
        return shapes.binaryReversed(Opcode.ORC, Type.I64, 0, q, shapes.constant(0), rn, rd);
    }

    /// `RBIT`.
    @Override
    public boolean rbitVector(int q, int rn, int rd) {
        return shapes.unary(Opcode.VRBIT, Type.I64, 0, q, rn, rd);
    }

    /// `SQABS`.
    @Override
    public boolean sqabsVector(int q, int size, int rn, int rd) {
        return shapes.unary(Opcode.VSQABS, Type.I64, size, q, rn, rd);
    }

    /// `SQNEG`.
    @Override
    public boolean sqnegVector(int q, int size, int rn, int rd) {
        return shapes.unary(Opcode.VSQNEG, Type.I64, size, q, rn, rd);
    }

    /// `ABS`.
    @Override
    public boolean absVector(int q, int size, int rn, int rd) {
        return shapes.unary(Opcode.VABS, Type.I64, size, q, rn, rd);
    }

    /// `NEG`.
    @Override
    public boolean negVector(int q, int size, int rn, int rd) {
        return shapes.binaryReversed(Opcode.VSUB, Type.I64, size, q, shapes.constant(0), rn, rd);
    }

    /// `CMGT (zero)`.
    @Override
    public boolean cmgtZeroVector(int q, int size, int rn, int rd) {
        return compareWithZero(Opcode.VCMPGT, q, size, rn, rd);
    }

    /// `CMEQ (zero)`.
    @Override
    public boolean cmeqZeroVector(int q, int size, int rn, int rd) {
        return compareWithZero(Opcode.VCMPEQ, q, size, rn, rd);
    }

    /// `CMLT (zero)`.
    @Override
    public boolean cmltZeroVector(int q, int size, int rn, int rd) {
        return shapes.binaryReversed(Opcode.VCMPGT, Type.I64, size, q, shapes.constant(0), rn, rd);
    }

    /// `CMGE (zero)`.
    @Override
    public boolean cmgeZeroVector(int q, int size, int rn, int rd) {
        return compareWithZero(Opcode.VCMPGE, q, size, rn, rd);
    }

    /// `CMLE (zero)`.
    @Override
    public boolean cmleZeroVector(int q, int size, int rn, int rd) {
        return shapes.binaryReversed(Opcode.VCMPGE, Type.I64, size, q, shapes.constant(0), rn, rd);
    }

    /// `SADDLP`.
    @Override
    public boolean saddlp(int q, int size, int rn, int rd) {
        return longPairs(true, q, size, rn, rd);
    }

    /// `UADDLP`.
    @Override
    public boolean uaddlp(int q, int size, int rn, int rd) {
        return longPairs(false, q, size, rn, rd);
    }

    /// `SADALP`.
    @Override
    public boolean sadalp(int q, int size, int rn, int rd) {
        return accumulateLongPairs(true, q, size, rn, rd);
    }

    /// `UADALP`.
    @Override
    public boolean uadalp(int q, int size, int rn, int rd) {
        return accumulateLongPairs(false, q, size, rn, rd);
    }

    /// `XTN`.
    @Override
    public boolean xtnVector(int q, int size, int rn, int rd) {
        return shapes.narrow(Opcode.VUZP1, size, q, rn, rd);
    }

    /// `SQXTUN`.
    @Override
    public boolean sqxtunVector(int q, int size, int rn, int rd) {
        return shapes.narrow(Opcode.VSQXTUN, size, q, rn, rd);
    }

    /// `SQXTN`.
    @Override
    public boolean sqxtnVector(int q, int size, int rn, int rd) {
        return shapes.narrow(Opcode.VSQXTN, size, q, rn, rd);
    }

    /// `UQXTN`.
    @Override
    public boolean uqxtnVector(int q, int size, int rn, int rd) {
        return shapes.narrow(Opcode.VUQXTN, size, q, rn, rd);
    }

    /// `SHLL`.
    @Override
    public boolean shll(int q, int size, int rn, int rd) {
        int narrow = shapes.half(rn, q);
        int count = shapes.constant(Lanes.width(size));
        int low = ir.binary(Opcode.VSHLI, Type.I64, shapes.extend(Opcode.VUXTL, narrow, 0, size), count, size + 1);
        int high = ir.binary(Opcode.VSHLI, Type.I64, shapes.extend(Opcode.VUXTL, narrow, 1, size), count, size + 1);
        return shapes.write(Type.I64, 1, low, high, rd);
    }

    /// `SADDLV`.
    @Override
    public boolean saddlv(int q, int size, int rn, int rd) {
        return addLongAcross(true, q, size, rn, rd);
    }

    /// `UADDLV`.
    @Override
    public boolean uaddlv(int q, int size, int rn, int rd) {
        return addLongAcross(false, q, size, rn, rd);
    }

    /// `SMAXV`.
    @Override
    public boolean smaxv(int q, int size, int rn, int rd) {
        return shapes.across(Opcode.VSMAX, size, q, shapes.low(rn), shapes.high(rn), rd);
    }

    /// `UMAXV`.
    @Override
    public boolean umaxv(int q, int size, int rn, int rd) {
        return shapes.across(Opcode.VUMAX, size, q, shapes.low(rn), shapes.high(rn), rd);
    }

    /// `SMINV`.
    @Override
    public boolean sminv(int q, int size, int rn, int rd) {
        return shapes.across(Opcode.VSMIN, size, q, shapes.low(rn), shapes.high(rn), rd);
    }

    /// `UMINV`.
    @Override
    public boolean uminv(int q, int size, int rn, int rd) {
        return shapes.across(Opcode.VUMIN, size, q, shapes.low(rn), shapes.high(rn), rd);
    }

    /// `ADDV`.
    @Override
    public boolean addv(int q, int size, int rn, int rd) {
        return shapes.across(Opcode.VADD, size, q, shapes.low(rn), shapes.high(rn), rd);
    }
}
