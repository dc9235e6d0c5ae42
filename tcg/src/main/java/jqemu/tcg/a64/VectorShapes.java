package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Lanes;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// The shapes that Advanced SIMD instructions come in: same width, long, wide, narrow, pairwise, across lanes. Each
/// takes the lane op as a parameter, does it on both 64-bit halves of the registers, and returns true.
///
/// `q` is 1 for 128 bits; in long and narrow shapes it selects the upper half of the narrow registers. `type` is I64
/// for integer lanes, else the type of half a register (F32X2, F64). `element` is the log2 of a lane's bytes, in long
/// and narrow shapes of a narrow lane's. All operands are read before the destination is written.
final class VectorShapes {
    private final TranslationContext ir;

    VectorShapes(TranslationContext ir) {
        this.ir = ir;
    }

    // ---- halves of registers

    int low(Type type, int register) {
        return ir.loadEnv(type, Slot.vLow(register));
    }

    int high(Type type, int register) {
        return ir.loadEnv(type, Slot.vHigh(register));
    }

    int low(int register) {
        return low(Type.I64, register);
    }

    int high(int register) {
        return high(Type.I64, register);
    }

    /// The lower half of `register` when `half` is 0, else the upper.
    int half(int register, int half) {
        return half == 0 ? low(register) : high(register);
    }

    int constant(long value) {
        return ir.movi(Type.I64, value);
    }

    /// Writes `low` and, when `q` is 1, `high`; else the upper half becomes 0.
    boolean write(Type type, int q, int low, int high, int rd) {
        ir.storeEnv(type, Slot.vLow(rd), low);
        if (q == 1) {
            ir.storeEnv(type, Slot.vHigh(rd), high);
        } else {
            ir.storeEnv(Type.I64, Slot.vHigh(rd), constant(0));
        }
        return true;
    }

    /// Writes a narrowed result: to the lower half with the upper one zeroed, or to the upper half alone.
    boolean writeNarrow(int q, int value, int rd) {
        if (q == 1) {
            ir.storeEnv(Type.I64, Slot.vHigh(rd), value);
            return true;
        }
        return write(Type.I64, 0, value, value, rd);
    }

    /// The lane `index` of `register`, zero-extended.
    int lane(int register, int index, int element) {
        int width = Lanes.width(element);
        int position = index * width;
        int half = half(register, position / 64);
        return width == 64 ? half : ir.extract(Type.I64, half, position % 64, width);
    }

    /// 64 bits filled with copies of lane `index` of `register`, as a value of `type`.
    int broadcast(Type type, int register, int index, int element) {
        int lane = lane(register, index, element);
        return ofType(type, element == 3 ? lane : ir.unary(Opcode.VDUP, Type.I64, lane, element));
    }

    /// An I64 value's bits as `type`, which is as wide.
    int ofType(Type type, int value) {
        return type == Type.I64 ? value : ir.bitcast(type, value);
    }

    // ---- same width

    /// `rd = op(rn)`.
    boolean unary(Opcode op, Type type, int aux, int q, int rn, int rd) {
        int low = ir.unary(op, type, low(type, rn), aux);
        int high = q == 1 ? ir.unary(op, type, high(type, rn), aux) : low;
        return write(type, q, low, high, rd);
    }

    /// `rd = op(rn, rm)`.
    boolean binary(Opcode op, Type type, int aux, int q, int rm, int rn, int rd) {
        return binary(op, type, aux, q, rn, low(type, rm), high(type, rm), rd);
    }

    /// `rd = op(rn, other)`, the other operand given as values.
    boolean binary(Opcode op, Type type, int aux, int q, int rn, int otherLow, int otherHigh, int rd) {
        int low = ir.binary(op, type, low(type, rn), otherLow, aux);
        int high = q == 1 ? ir.binary(op, type, high(type, rn), otherHigh, aux) : low;
        return write(type, q, low, high, rd);
    }

    /// `rd = op(other, rn)`.
    boolean binaryReversed(Opcode op, Type type, int aux, int q, int other, int rn, int rd) {
        int low = ir.binary(op, type, other, low(type, rn), aux);
        int high = q == 1 ? ir.binary(op, type, other, high(type, rn), aux) : low;
        return write(type, q, low, high, rd);
    }

    /// `rd = op(rn, other, rd)`.
    boolean ternary(Opcode op, Type type, int aux, int q, int rn, int otherLow, int otherHigh, int rd) {
        int low = ir.ternary(op, type, low(type, rn), otherLow, low(type, rd), aux);
        int high = q == 1 ? ir.ternary(op, type, high(type, rn), otherHigh, high(type, rd), aux) : low;
        return write(type, q, low, high, rd);
    }

    /// `rd = combine(rd, op(rn, other))`, integer lanes.
    boolean accumulate(Opcode combine, Opcode op, int element, int q, int rn, int otherLow, int otherHigh, int rd) {
        int low = ir.binary(op, Type.I64, low(rn), otherLow, element);
        int sumLow = ir.binary(combine, Type.I64, low(rd), low, element);
        if (q == 0) {
            return write(Type.I64, q, sumLow, sumLow, rd);
        }
        int high = ir.binary(op, Type.I64, high(rn), otherHigh, element);
        return write(Type.I64, q, sumLow, ir.binary(combine, Type.I64, high(rd), high, element), rd);
    }

    /// `rd = op(pairs of rn, pairs of rm)`: neighbouring lanes of both registers, one after the other.
    boolean pairwise(Opcode op, Type type, int element, int aux, int q, int rm, int rn, int rd) {
        int low = pairs(op, type, element, aux, low(rn), q == 1 ? high(rn) : low(rm));
        int high = q == 1 ? pairs(op, type, element, aux, low(rm), high(rm)) : low;
        return write(type, q, low, high, rd);
    }

    /// `op` on the neighbouring lanes of `a`, then of `b`.
    int pairs(Opcode op, Type type, int element, int aux, int a, int b) {
        int even = ofType(type, ir.binary(Opcode.VUZP1, Type.I64, a, b, element));
        int odd = ofType(type, ir.binary(Opcode.VUZP2, Type.I64, a, b, element));
        return ir.binary(op, type, even, odd, aux);
    }

    // ---- long: narrow lanes to lanes of twice the width

    /// The lanes of the 64 bits `narrow` extended by `extend`: those of its low half when `half` is 0, else of its
    /// high one.
    int extend(Opcode extend, int narrow, int half, int element) {
        int source = half == 0 ? narrow : ir.extract(Type.I64, narrow, 32, 32);
        return ir.unary(extend, Type.I64, source, element);
    }

    /// `rd = op(extend(rn), extend(other))`; `other` is 64 bits of narrow lanes.
    boolean lengthen(Opcode extend, Opcode op, int element, int q, int rn, int other, int rd) {
        int narrow = half(rn, q);
        int low = lengthenedHalf(extend, op, element, narrow, other, 0);
        return write(Type.I64, 1, low, lengthenedHalf(extend, op, element, narrow, other, 1), rd);
    }

    /// `rd = combine(rd, op(extend(rn), extend(other)))`.
    boolean accumulateLong(Opcode combine, Opcode extend, Opcode op, int element, int q, int rn, int other, int rd) {
        int narrow = half(rn, q);
        int low = lengthenedHalf(extend, op, element, narrow, other, 0);
        int high = lengthenedHalf(extend, op, element, narrow, other, 1);
        int sumLow = ir.binary(combine, Type.I64, low(rd), low, element + 1);
        return write(Type.I64, 1, sumLow, ir.binary(combine, Type.I64, high(rd), high, element + 1), rd);
    }

    private int lengthenedHalf(Opcode extend, Opcode op, int element, int a, int b, int half) {
        return ir.binary(op, Type.I64, extend(extend, a, half, element), extend(extend, b, half, element), element + 1);
    }

    /// `rd = op(rn, extend(rm))`, rn having wide lanes.
    boolean widen(Opcode extend, Opcode op, int element, int q, int rm, int rn, int rd) {
        int narrow = half(rm, q);
        int low = ir.binary(op, Type.I64, low(rn), extend(extend, narrow, 0, element), element + 1);
        int high = ir.binary(op, Type.I64, high(rn), extend(extend, narrow, 1, element), element + 1);
        return write(Type.I64, 1, low, high, rd);
    }

    /// `rd = 2 * rn * other`, saturating; `other` is 64 bits of narrow lanes.
    boolean doublingLong(int element, int q, int rn, int other, int rd) {
        int narrow = half(rn, q);
        int low = doublingProduct(element, narrow, other, 0);
        return write(Type.I64, 1, low, doublingProduct(element, narrow, other, 1), rd);
    }

    /// `rd = combine(rd, 2 * rn * other)`, both saturating.
    boolean accumulateDoublingLong(Opcode combine, int element, int q, int rn, int other, int rd) {
        int narrow = half(rn, q);
        int low = ir.binary(combine, Type.I64, low(rd), doublingProduct(element, narrow, other, 0), element + 1);
        int high = ir.binary(combine, Type.I64, high(rd), doublingProduct(element, narrow, other, 1), element + 1);
        return write(Type.I64, 1, low, high, rd);
    }

    private int doublingProduct(int element, int a, int b, int half) {
        int left = half == 0 ? a : ir.extract(Type.I64, a, 32, 32);
        int right = half == 0 ? b : ir.extract(Type.I64, b, 32, 32);
        return ir.binary(Opcode.VSQDMULL, Type.I64, left, right, element);
    }

    // ---- narrow

    /// The high halves of the lanes of `op(rn, rm)`, after adding half a unit when `rounding`.
    boolean narrowHigh(Opcode op, boolean rounding, int element, int q, int rm, int rn, int rd) {
        int low = ir.binary(op, Type.I64, low(rn), low(rm), element + 1);
        int high = ir.binary(op, Type.I64, high(rn), high(rm), element + 1);
        if (rounding) {
            int width = Lanes.width(element);
            int half = constant(Bits.replicate(1L << (width - 1), 2 * width));
            low = ir.binary(Opcode.VADD, Type.I64, low, half, element + 1);
            high = ir.binary(Opcode.VADD, Type.I64, high, half, element + 1);
        }
        return writeNarrow(q, ir.binary(Opcode.VUZP2, Type.I64, low, high, element), rd);
    }

    /// `rd = narrow(rn)`.
    boolean narrow(Opcode narrow, int element, int q, int rn, int rd) {
        return writeNarrow(q, ir.binary(narrow, Type.I64, low(rn), high(rn), element), rd);
    }

    /// `rd = narrow(shift(rn, count))`.
    boolean narrowShifted(Opcode narrow, Opcode shift, int count, int element, int q, int rn, int rd) {
        int amount = constant(count);
        int low = ir.binary(shift, Type.I64, low(rn), amount, element + 1);
        int high = ir.binary(shift, Type.I64, high(rn), amount, element + 1);
        return writeNarrow(q, ir.binary(narrow, Type.I64, low, high, element), rd);
    }

    // ---- pairs to long lanes, across lanes

    /// The sums of neighbouring lanes of `value`, in lanes of twice the width.
    int longPairs(boolean signed, int value, int element) {
        int wide = element + 1;
        int width = constant(Lanes.width(element));
        Opcode shiftRight = signed ? Opcode.VSARI : Opcode.VSHRI;
        int raised = ir.binary(Opcode.VSHLI, Type.I64, value, width, wide);
        int even = ir.binary(shiftRight, Type.I64, raised, width, wide);
        int odd = ir.binary(shiftRight, Type.I64, value, width, wide);
        return ir.binary(Opcode.VADD, Type.I64, even, odd, wide);
    }

    /// `op` over all lanes of 64 or 128 bits; writes it as a scalar of one lane. `high` counts when `q` is 1.
    boolean across(Opcode op, int element, int q, int low, int high, int rd) {
        int result = q == 1 ? ir.binary(op, Type.I64, low, high, element) : low;
        for (int shift = 32; shift >= Lanes.width(element); shift /= 2) {
            int upper = ir.extract(Type.I64, result, shift, Long.SIZE - shift);
            result = ir.binary(op, Type.I64, result, upper, element);
        }
        return writeScalar(element, result, rd);
    }

    // ---- scalars

    /// Writes the low lane of `value`; all bits above it become 0.
    boolean writeScalar(int element, int value, int rd) {
        int scalar = element == 3 ? value : ir.extract(Type.I64, value, 0, Lanes.width(element));
        ir.writeV(Type.I64, rd, scalar);
        return true;
    }

    /// The scalar in the low lane of `register`, the other lanes 0.
    int scalar(int register, int element) {
        return lane(register, 0, element);
    }
}
