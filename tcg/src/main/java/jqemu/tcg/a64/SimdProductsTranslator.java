package jqemu.tcg.a64;

import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Lanes;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of dot products, matrix products, widening and complex multiplications, and of bfloat16.
///
/// `q` is 1 for 128 bits, or selects the odd lanes of `BFMLALB`, `BFMLALT`; an element's register and index are spread
/// over `h`, `l`, `m` and `rm`.
final class SimdProductsTranslator implements SimdProducts {
    private static final int HALFWORD = 1;
    private static final int WORD = 2;
    private static final int DOUBLEWORD = 3;

    private final TranslationContext ir;
    private final VectorShapes shapes;

    SimdProductsTranslator(TranslationContext ir) {
        this.ir = ir;
        this.shapes = new VectorShapes(ir);
    }

    // ---- elements

    /// 64 bits of copies of 32 bits of a register.
    private int group(int rm, int h, int l, int m) {
        return ElementOperand.broadcast(shapes, Type.I64, WORD, rm, h, l, m);
    }

    private int halfword(int rm, int h, int l, int m) {
        return ElementOperand.broadcast(shapes, Type.I64, HALFWORD, rm, h, l, m);
    }

    // ---- dot and matrix products of bytes

    private boolean dotProduct(Opcode op, int q, int rm, int rn, int rd) {
        int low = ir.binary(op, Type.I64, shapes.low(rn), shapes.low(rm));
        int high = q == 1 ? ir.binary(op, Type.I64, shapes.high(rn), shapes.high(rm)) : low;
        return addWords(q, low, high, rd);
    }

    private boolean dotProductByElement(Opcode op, int q, int rn, int other, int rd) {
        int low = ir.binary(op, Type.I64, shapes.low(rn), other);
        int high = q == 1 ? ir.binary(op, Type.I64, shapes.high(rn), other) : low;
        return addWords(q, low, high, rd);
    }

    /// `rd += low, high`, in words.
    private boolean addWords(int q, int low, int high, int rd) {
        int sumLow = ir.binary(Opcode.VADD, Type.I64, shapes.low(rd), low, WORD);
        int sumHigh = q == 1 ? ir.binary(Opcode.VADD, Type.I64, shapes.high(rd), high, WORD) : sumLow;
        return shapes.write(Type.I64, q, sumLow, sumHigh, rd);
    }

    /// Row `i` of rn times column `j` of rm is lane `2 * i + j`: the sum of the two dot products of four bytes.
    private boolean matrixProduct(Opcode op, int rm, int rn, int rd) {
        int low = matrixRow(op, shapes.low(rn), shapes.low(rm), shapes.high(rm));
        return addWords(1, low, matrixRow(op, shapes.high(rn), shapes.low(rm), shapes.high(rm)), rd);
    }

    private int matrixRow(Opcode op, int row, int firstColumn, int secondColumn) {
        int first = ir.binary(op, Type.I64, row, firstColumn);
        int second = ir.binary(op, Type.I64, row, secondColumn);
        return shapes.pairs(Opcode.VADD, Type.I64, WORD, WORD, first, second);
    }

    /// `SDOT (vector)`.
    @Override
    public boolean sdotVector(int q, int rm, int rn, int rd) {
        return dotProduct(Opcode.VSDOT, q, rm, rn, rd);
    }

    /// `UDOT (vector)`.
    @Override
    public boolean udotVector(int q, int rm, int rn, int rd) {
        return dotProduct(Opcode.VUDOT, q, rm, rn, rd);
    }

    /// `USDOT (vector)`.
    @Override
    public boolean usdotVector(int q, int rm, int rn, int rd) {
        return dotProduct(Opcode.VUSDOT, q, rm, rn, rd);
    }

    /// `SDOT (by element)`.
    @Override
    public boolean sdotByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        return dotProductByElement(Opcode.VSDOT, q, rn, group(rm, h, l, m), rd);
    }

    /// `UDOT (by element)`.
    @Override
    public boolean udotByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        return dotProductByElement(Opcode.VUDOT, q, rn, group(rm, h, l, m), rd);
    }

    /// `USDOT (by element)`.
    @Override
    public boolean usdotByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        return dotProductByElement(Opcode.VUSDOT, q, rn, group(rm, h, l, m), rd);
    }

    /// `SUDOT (by element)`: the element is the unsigned operand.
    @Override
    public boolean sudotByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        int other = group(rm, h, l, m);
        int low = ir.binary(Opcode.VUSDOT, Type.I64, other, shapes.low(rn));
        int high = q == 1 ? ir.binary(Opcode.VUSDOT, Type.I64, other, shapes.high(rn)) : low;
        return addWords(q, low, high, rd);
    }

    /// `SMMLA`.
    @Override
    public boolean smmla(int rm, int rn, int rd) {
        return matrixProduct(Opcode.VSDOT, rm, rn, rd);
    }

    /// `UMMLA`.
    @Override
    public boolean ummla(int rm, int rn, int rd) {
        return matrixProduct(Opcode.VUDOT, rm, rn, rd);
    }

    /// `USMMLA`.
    @Override
    public boolean usmmla(int rm, int rn, int rd) {
        return matrixProduct(Opcode.VUSDOT, rm, rn, rd);
    }

    // ---- half precision added to single precision

    /// `rd += rn * other` or, when `negate`, `rd -= rn * other`, on 64 or (q 0) 32 bits of halfwords of `rn`: the
    /// lower ones of the register when `part` is 0, else the upper ones. `other` are as many.
    private boolean multiplyAddLong(boolean negate, int q, int part, int rn, int other, int rd) {
        int factor = halves(q, part, rn);
        if (negate) {
            factor = ir.bitcast(Type.I64, ir.unary(Opcode.FNEG, Type.F16X4, ir.bitcast(Type.F16X4, factor)));
        }
        int low = multiplyAddLong(factor, other, 0, shapes.low(Type.F32X2, rd));
        int high = q == 1 ? multiplyAddLong(factor, other, 1, shapes.high(Type.F32X2, rd)) : low;
        return shapes.write(Type.F32X2, q, low, high, rd);
    }

    /// The halfwords in the lower or upper half of the 64 or 128 bits of `register`, from bit 0 on.
    private int halves(int q, int part, int register) {
        if (q == 1) {
            return shapes.half(register, part);
        }
        return part == 0 ? shapes.low(register) : ir.extract(Type.I64, shapes.low(register), 32, 32);
    }

    private int multiplyAddLong(int factor, int other, int half, int sum) {
        int left = shapes.extend(Opcode.VUXTL, factor, half, HALFWORD);
        return ir.ternary(Opcode.FMADDL, Type.F32X2, left, shapes.extend(Opcode.VUXTL, other, half, HALFWORD), sum);
    }

    /// `FMLAL (vector)`.
    @Override
    public boolean fmlalVector(int q, int rm, int rn, int rd) {
        return multiplyAddLong(false, q, 0, rn, halves(q, 0, rm), rd);
    }

    /// `FMLSL (vector)`.
    @Override
    public boolean fmlslVector(int q, int rm, int rn, int rd) {
        return multiplyAddLong(true, q, 0, rn, halves(q, 0, rm), rd);
    }

    /// `FMLAL2 (vector)`.
    @Override
    public boolean fmlal2Vector(int q, int rm, int rn, int rd) {
        return multiplyAddLong(false, q, 1, rn, halves(q, 1, rm), rd);
    }

    /// `FMLSL2 (vector)`.
    @Override
    public boolean fmlsl2Vector(int q, int rm, int rn, int rd) {
        return multiplyAddLong(true, q, 1, rn, halves(q, 1, rm), rd);
    }

    /// `FMLAL (by element)`.
    @Override
    public boolean fmlalByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        return multiplyAddLong(false, q, 0, rn, halfword(rm, h, l, m), rd);
    }

    /// `FMLSL (by element)`.
    @Override
    public boolean fmlslByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        return multiplyAddLong(true, q, 0, rn, halfword(rm, h, l, m), rd);
    }

    /// `FMLAL2 (by element)`.
    @Override
    public boolean fmlal2ByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        return multiplyAddLong(false, q, 1, rn, halfword(rm, h, l, m), rd);
    }

    /// `FMLSL2 (by element)`.
    @Override
    public boolean fmlsl2ByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        return multiplyAddLong(true, q, 1, rn, halfword(rm, h, l, m), rd);
    }

    // ---- complex numbers

    private static Type lanes(int size) {
        return switch (size) {
            case HALFWORD -> Type.F16X4;
            case WORD -> Type.F32X2;
            default -> Type.F64;
        };
    }

    /// The half of a register with its real and imaginary lanes exchanged; a half of doubles is the other half.
    private int exchanged(int size, int value, int otherHalf) {
        return switch (size) {
            case HALFWORD -> ir.unary(Opcode.BSWAP, Type.I64, ir.unary(Opcode.BSWAP, Type.I64, value, 4), 2);
            case WORD -> ir.binary(Opcode.ROTR, Type.I64, value, shapes.constant(32));
            default -> otherHalf;
        };
    }

    /// `value`, half `half` of a register, with the signs of its real lanes flipped when `real`, of its imaginary
    /// ones when `imaginary`.
    private int negated(int size, int value, int half, boolean real, boolean imaginary) {
        int width = Lanes.width(size);
        long sign = 1L << (width - 1);
        long mask;
        if (size == DOUBLEWORD) {
            mask = (half == 0 ? real : imaginary) ? sign : 0;
        } else {
            mask = Bits.replicate((real ? sign : 0) | (imaginary ? sign << width : 0), 2 * width);
        }
        return mask == 0 ? value : ir.xor(Type.I64, value, shapes.constant(mask));
    }

    /// `FCADD`: the second operand turned by one or three quarters and added.
    @Override
    public boolean fcaddVector(int q, int size, int rm, int rot, int rn, int rd) {
        Type type = lanes(size);
        int low = exchanged(size, shapes.low(rm), shapes.high(rm));
        int high = exchanged(size, shapes.high(rm), shapes.low(rm));
        int turnedLow = negated(size, low, 0, rot == 0, rot == 1);
        int turnedHigh = negated(size, high, 1, rot == 0, rot == 1);
        return shapes.binary(
                Opcode.FADD, type, 0, q, rn, shapes.ofType(type, turnedLow), shapes.ofType(type, turnedHigh), rd);
    }

    /// `rd += part(rn) * turned(other)`: an even `rot` multiplies the real lanes of `rn`, an odd one the imaginary
    /// ones.
    private boolean complexMultiplyAdd(int q, int size, int rot, int rn, int otherLow, int otherHigh, int rd) {
        Type type = lanes(size);
        boolean imaginaryFactor = (rot & 1) == 1;
        int low = imaginaryFactor ? exchanged(size, otherLow, otherHigh) : otherLow;
        int high = imaginaryFactor ? exchanged(size, otherHigh, otherLow) : otherHigh;
        boolean negateReal = rot == 1 || rot == 2;
        boolean negateImaginary = rot >= 2;
        int turnedLow = shapes.ofType(type, negated(size, low, 0, negateReal, negateImaginary));
        int turnedHigh = shapes.ofType(type, negated(size, high, 1, negateReal, negateImaginary));
        int factorLow = shapes.ofType(type, factor(size, imaginaryFactor, rn, 0));
        int factorHigh = shapes.ofType(type, factor(size, imaginaryFactor, rn, 1));
        int sumLow = ir.ternary(Opcode.FMADD, type, factorLow, turnedLow, shapes.low(type, rd));
        int sumHigh = q == 1 ? ir.ternary(Opcode.FMADD, type, factorHigh, turnedHigh, shapes.high(type, rd)) : sumLow;
        return shapes.write(type, q, sumLow, sumHigh, rd);
    }

    /// Half `half` of `register` with each number's real or imaginary part in both of its lanes.
    private int factor(int size, boolean imaginary, int register, int half) {
        if (size == DOUBLEWORD) {
            return imaginary ? shapes.high(register) : shapes.low(register);
        }
        int value = shapes.half(register, half);
        return ir.binary(imaginary ? Opcode.VTRN2 : Opcode.VTRN1, Type.I64, value, value, size);
    }

    /// `FCMLA`.
    @Override
    public boolean fcmlaVector(int q, int size, int rm, int rot, int rn, int rd) {
        return complexMultiplyAdd(q, size, rot, rn, shapes.low(rm), shapes.high(rm), rd);
    }

    /// `FCMLA (by element)`: the element is a pair of lanes.
    @Override
    public boolean fcmlaByElement(int q, int size, int l, int m, int rm, int rot, int h, int rn, int rd) {
        int register = m << 4 | rm;
        int other = size == HALFWORD ? group(rm, h, l, m) : shapes.half(register, h);
        return complexMultiplyAdd(q, size, rot, rn, other, other, rd);
    }

    // ---- bfloat16

    private int dotProduct(int a, int b, int sum) {
        return ir.ternary(Opcode.VBFDOT, Type.I64, a, b, sum);
    }

    /// `BFDOT (vector)`.
    @Override
    public boolean bfdotVector(int q, int rm, int rn, int rd) {
        return shapes.ternary(Opcode.VBFDOT, Type.I64, 0, q, rn, shapes.low(rm), shapes.high(rm), rd);
    }

    /// `BFDOT (by element)`.
    @Override
    public boolean bfdotByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        int other = group(rm, h, l, m);
        return shapes.ternary(Opcode.VBFDOT, Type.I64, 0, q, rn, other, other, rd);
    }

    /// `BFMMLA`: two rows of four times two columns of four, two products after the other two.
    @Override
    public boolean bfmmla(int rm, int rn, int rd) {
        int first = ir.binary(Opcode.VUZP1, Type.I64, shapes.low(rm), shapes.high(rm), WORD);
        int second = ir.binary(Opcode.VUZP2, Type.I64, shapes.low(rm), shapes.high(rm), WORD);
        int low = matrixRow(shapes.low(rn), first, second, shapes.low(rd));
        return shapes.write(Type.I64, 1, low, matrixRow(shapes.high(rn), first, second, shapes.high(rd)), rd);
    }

    private int matrixRow(int row, int firstPairs, int secondPairs, int sums) {
        int first = ir.unary(Opcode.VDUP, Type.I64, row, WORD);
        int second = ir.binary(Opcode.VUZP2, Type.I64, row, row, WORD);
        return dotProduct(second, secondPairs, dotProduct(first, firstPairs, sums));
    }

    /// The even or odd bfloat16 lanes of `value` as singles, whose upper halves they are.
    private int widened(int odd, int value) {
        int single = odd == 1
                ? ir.and(Type.I64, value, shapes.constant(Bits.replicate(Bits.mask(16) << 16, 32)))
                : ir.binary(Opcode.VSHLI, Type.I64, value, shapes.constant(16), WORD);
        return ir.bitcast(Type.F32X2, single);
    }

    private boolean multiplyAddLong(int odd, int rn, int otherLow, int otherHigh, int rd) {
        int low = ir.ternary(
                Opcode.FMADD, Type.F32X2, widened(odd, shapes.low(rn)), otherLow, shapes.low(Type.F32X2, rd));
        int high = ir.ternary(
                Opcode.FMADD, Type.F32X2, widened(odd, shapes.high(rn)), otherHigh, shapes.high(Type.F32X2, rd));
        return shapes.write(Type.F32X2, 1, low, high, rd);
    }

    /// `BFMLALB`, `BFMLALT (vector)`.
    @Override
    public boolean bfmlalVector(int q, int rm, int rn, int rd) {
        return multiplyAddLong(q, rn, widened(q, shapes.low(rm)), widened(q, shapes.high(rm)), rd);
    }

    /// `BFMLALB`, `BFMLALT (by element)`.
    @Override
    public boolean bfmlalByElement(int q, int l, int m, int rm, int h, int rn, int rd) {
        int other = widened(0, halfword(rm, h, l, m));
        return multiplyAddLong(q, rn, other, other, rd);
    }

    /// `BFCVTN`.
    @Override
    public boolean bfcvtnVector(int q, int rn, int rd) {
        int low = ir.bitcast(Type.I64, ir.unary(Opcode.BFCVT, Type.F32X2, shapes.low(Type.F32X2, rn)));
        int high = ir.bitcast(Type.I64, ir.unary(Opcode.BFCVT, Type.F32X2, shapes.high(Type.F32X2, rn)));
        return shapes.writeNarrow(q, ir.binary(Opcode.VUZP1, Type.I64, low, high, HALFWORD), rd);
    }
}
