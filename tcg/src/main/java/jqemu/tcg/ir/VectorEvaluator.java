package jqemu.tcg.ir;

/// The meaning of the pure vector ops: SIMD within a register, on the 64 bits of half a vector register.
///
/// A lane is `1 << element` bytes wide, lane 0 in the least significant bits. The tricks are the usual ones of SWAR
/// arithmetic: the top bit of each lane is worked on apart, so that no carry crosses a lane. What has no such form goes
/// lane by lane.
public final class VectorEvaluator {
    private VectorEvaluator() {}

    /// The value of the pure vector op `op`; `aux` is for most the element (log2 of a lane's bytes).
    public static long evaluate(Opcode op, long a, long b, long c, long d, int aux) {
        return switch (op) {
            case VADD -> add(a, b, aux);
            case VSUB -> subtract(a, b, aux);
            case VMUL -> multiply(a, b, aux);
            case VPMUL -> multiplyPolynomials(a, b, aux);
            case VPMULH64 -> multiplyPolynomialsHigh(a, b);
            case VABS -> absolute(a, aux);
            case VCMPEQ -> equal(a, b, aux);
            case VCMPTST -> test(a, b, aux);
            case VCMPGT -> signedGreater(a, b, aux);
            case VCMPGE -> signedGreaterOrEqual(a, b, aux);
            case VCMPHI -> unsignedGreater(a, b, aux);
            case VCMPHS -> unsignedGreaterOrEqual(a, b, aux);
            case VSMAX -> signedMaximum(a, b, aux);
            case VSMIN -> signedMinimum(a, b, aux);
            case VUMAX -> unsignedMaximum(a, b, aux);
            case VUMIN -> unsignedMinimum(a, b, aux);
            case VSABD -> absoluteDifference(a, b, signedGreaterOrEqual(a, b, aux), aux);
            case VUABD -> absoluteDifference(a, b, unsignedGreaterOrEqual(a, b, aux), aux);
            case VUHADD -> halvingAdd(a, b, aux);
            case VURHADD -> roundingHalvingAdd(a, b, aux);
            case VUHSUB -> halvingSubtract(a, b, aux);
            case VSHADD -> halvingAdd(a ^ tops(aux), b ^ tops(aux), aux) ^ tops(aux);
            case VSRHADD -> roundingHalvingAdd(a ^ tops(aux), b ^ tops(aux), aux) ^ tops(aux);
            case VSHSUB -> halvingSubtract(a ^ tops(aux), b ^ tops(aux), aux);
            default -> evaluateShiftOrPermute(op, a, b, c, d, aux);
        };
    }

    private static long evaluateShiftOrPermute(Opcode op, long a, long b, long c, long d, int aux) {
        return switch (op) {
            case VSHLI -> shiftLeft(a, (int) b, aux);
            case VSHRI -> shiftRight(a, (int) b, aux);
            case VSARI -> shiftRightSigned(a, (int) b, aux);
            case VRSHRI -> shiftRight(a, (int) b, aux) + lastBitOut(a, (int) b, aux);
            case VRSARI -> add(shiftRightSigned(a, (int) b, aux), lastBitOut(a, (int) b, aux), aux);
            case VSSHL -> shiftByLanes(a, b, aux, true, false);
            case VUSHL -> shiftByLanes(a, b, aux, false, false);
            case VSRSHL -> shiftByLanes(a, b, aux, true, true);
            case VURSHL -> shiftByLanes(a, b, aux, false, true);
            case VCLZ -> countLeadingZeros(a, aux);
            case VCLS -> countSignBits(a, aux);
            case VCNT -> countOnes(a);
            case VRBIT -> Long.reverseBytes(Long.reverse(a));
            case VDUP -> duplicate(a, aux);
            case VSXTL -> signExtend(a, aux);
            case VUXTL -> zeroExtend(a, aux);
            case VZIP1 -> zipLower(a, b, aux);
            case VZIP2 -> zipUpper(a, b, aux);
            case VUZP1 -> unzipEven(a, b, aux);
            case VUZP2 -> unzipOdd(a, b, aux);
            case VTRN1 -> transposeEven(a, b, aux);
            case VTRN2 -> transposeOdd(a, b, aux);
            case VTBX -> lookUp(a, b, c, d, aux);
            case VSDOT -> dotProduct(a, b, true, true);
            case VUDOT -> dotProduct(a, b, false, false);
            case VUSDOT -> dotProduct(a, b, false, true);
            case VBFDOT -> Bfloat16.dotProducts(a, b, c);
            case VURECPE -> mapWords(a, true);
            case VURSQRTE -> mapWords(a, false);
            default -> throw Evaluator.notPure(op);
        };
    }

    // ---- what an op alone means

    /// [Opcode#VDUP].
    public static long duplicate(long a, int element) {
        return Bits.replicate(a, Lanes.width(element));
    }

    /// [Opcode#VCMPTST].
    public static long test(long a, long b, int element) {
        return ~equal(a & b, 0, element);
    }

    /// [Opcode#VCMPGT].
    public static long signedGreater(long a, long b, int element) {
        return ~signedGreaterOrEqual(b, a, element);
    }

    /// [Opcode#VCMPHI].
    public static long unsignedGreater(long a, long b, int element) {
        return ~unsignedGreaterOrEqual(b, a, element);
    }

    /// [Opcode#VSMAX].
    public static long signedMaximum(long a, long b, int element) {
        return select(signedGreaterOrEqual(a, b, element), a, b);
    }

    /// [Opcode#VSMIN].
    public static long signedMinimum(long a, long b, int element) {
        return select(signedGreaterOrEqual(a, b, element), b, a);
    }

    /// [Opcode#VUMAX].
    public static long unsignedMaximum(long a, long b, int element) {
        return select(unsignedGreaterOrEqual(a, b, element), a, b);
    }

    /// [Opcode#VUMIN].
    public static long unsignedMinimum(long a, long b, int element) {
        return select(unsignedGreaterOrEqual(a, b, element), b, a);
    }

    /// [Opcode#VZIP1].
    public static long zipLower(long a, long b, int element) {
        return element == 3 ? a : zeroExtend(a, element) | zeroExtend(b, element) << Lanes.width(element);
    }

    /// [Opcode#VZIP2].
    public static long zipUpper(long a, long b, int element) {
        return element == 3 ? b : zeroExtend(a >>> 32, element) | zeroExtend(b >>> 32, element) << Lanes.width(element);
    }

    /// [Opcode#VUZP1].
    public static long unzipEven(long a, long b, int element) {
        return element == 3 ? a : evens(a, element) | evens(b, element) << 32;
    }

    /// [Opcode#VUZP2].
    public static long unzipOdd(long a, long b, int element) {
        return element == 3
                ? b
                : evens(a >>> Lanes.width(element), element) | evens(b >>> Lanes.width(element), element) << 32;
    }

    /// [Opcode#VTRN1].
    public static long transposeEven(long a, long b, int element) {
        return element == 3 ? a : (a & evenLanes(element)) | (b & evenLanes(element)) << Lanes.width(element);
    }

    /// [Opcode#VTRN2].
    public static long transposeOdd(long a, long b, int element) {
        return element == 3 ? b : (a >>> Lanes.width(element) & evenLanes(element)) | (b & ~evenLanes(element));
    }

    // ---- building blocks

    /// The top bit of every lane.
    private static long tops(int element) {
        return Bits.replicate(1L << (Lanes.width(element) - 1), Lanes.width(element));
    }

    /// All ones in every other lane, from lane 0 on; lanes of at most 32 bits.
    private static long evenLanes(int element) {
        return Bits.replicate(Bits.mask(Lanes.width(element)), 2 * Lanes.width(element));
    }

    /// Fills each lane with its top bit, all other bits of `topBits` being 0.
    private static long spread(long topBits, int element) {
        return (topBits - (topBits >>> (Lanes.width(element) - 1))) | topBits;
    }

    private static long select(long mask, long ifOne, long ifZero) {
        return (ifOne & mask) | (ifZero & ~mask);
    }

    // ---- arithmetic

    /// [Opcode#VADD].
    public static long add(long a, long b, int element) {
        long tops = tops(element);
        return (a & ~tops) + (b & ~tops) ^ ((a ^ b) & tops);
    }

    /// [Opcode#VSUB].
    public static long subtract(long a, long b, int element) {
        long tops = tops(element);
        return (a | tops) - (b & ~tops) ^ ((a ^ ~b) & tops);
    }

    /// [Opcode#VMUL].
    public static long multiply(long a, long b, int element) {
        long result = 0;
        for (int i = 0; i < Lanes.count(element); i++) {
            result |= Lanes.place(Lanes.unsigned(a, i, element) * Lanes.unsigned(b, i, element), i, element);
        }
        return result;
    }

    private static long dotProduct(long a, long b, boolean leftSigned, boolean rightSigned) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < 4; i++) {
            low += byteLane(a, i, leftSigned) * byteLane(b, i, rightSigned);
            high += byteLane(a, i + 4, leftSigned) * byteLane(b, i + 4, rightSigned);
        }
        return Bits.low32(low) | high << 32;
    }

    private static long byteLane(long vector, int index, boolean signed) {
        return signed ? Lanes.signed(vector, index, 0) : Lanes.unsigned(vector, index, 0);
    }

    /// [Opcode#VPMUL].
    public static long multiplyPolynomials(long a, long b, int element) {
        int width = Lanes.width(element);
        long ones = Bits.replicate(1, width);
        long result = 0;
        for (int bit = 0; bit < width; bit++) {
            long selected = spread((b >>> bit & ones) << (width - 1), element);
            result ^= shiftLeft(a, bit, element) & selected;
        }
        return result;
    }

    static long multiplyPolynomialsHigh(long a, long b) {
        long result = 0;
        for (int bit = 1; bit < 64; bit++) {
            result ^= a >>> (64 - bit) & -(b >>> bit & 1);
        }
        return result;
    }

    /// [Opcode#VABS].
    public static long absolute(long a, int element) {
        long negative = spread(a & tops(element), element);
        return subtract(a ^ negative, negative, element);
    }

    private static long absoluteDifference(long a, long b, long greaterOrEqual, int element) {
        return subtract(select(greaterOrEqual, a, b), select(greaterOrEqual, b, a), element);
    }

    /// [Opcode#VUHADD].
    public static long halvingAdd(long a, long b, int element) {
        return (a & b) + ((a ^ b) >>> 1 & ~tops(element));
    }

    /// [Opcode#VURHADD].
    public static long roundingHalvingAdd(long a, long b, int element) {
        return (a | b) - ((a ^ b) >>> 1 & ~tops(element));
    }

    static long halvingSubtract(long a, long b, int element) {
        // a - b = a + ~b + 1 - 2^width
        return roundingHalvingAdd(a, ~b, element) ^ tops(element);
    }

    // ---- comparisons

    /// [Opcode#VCMPEQ].
    public static long equal(long a, long b, int element) {
        long difference = a ^ b;
        long tops = tops(element);
        // the top bit of a lane becomes 1 when any bit of the lane is
        long nonzero = (difference & ~tops) + ~tops | difference;
        return spread(~nonzero & tops, element);
    }

    /// [Opcode#VCMPHS].
    public static long unsignedGreaterOrEqual(long a, long b, int element) {
        long tops = tops(element);
        long lowerBits = (a | tops) - (b & ~tops);
        return spread(((a & ~b) | (~(a ^ b) & lowerBits)) & tops, element);
    }

    /// [Opcode#VCMPGE].
    public static long signedGreaterOrEqual(long a, long b, int element) {
        return unsignedGreaterOrEqual(a ^ tops(element), b ^ tops(element), element);
    }

    // ---- shifts

    /// [Opcode#VSHLI].
    public static long shiftLeft(long a, int count, int element) {
        int width = Lanes.width(element);
        return a << count & Bits.replicate(-1L << count, width);
    }

    /// [Opcode#VSHRI].
    public static long shiftRight(long a, int count, int element) {
        int width = Lanes.width(element);
        return count == width ? 0 : a >>> count & Bits.replicate(Bits.mask(width - count), width);
    }

    /// [Opcode#VSARI].
    public static long shiftRightSigned(long a, int count, int element) {
        int limited = Math.min(count, Lanes.width(element) - 1);
        long signs = tops(element) >>> limited;
        return subtract(shiftRight(a, limited, element) ^ signs, signs, element);
    }

    /// In each lane's bit 0 the bit that a right shift by `count` (not 0) moves out last.
    private static long lastBitOut(long a, int count, int element) {
        return a >>> (count - 1) & Bits.replicate(1, Lanes.width(element));
    }

    static long shiftByLanes(long a, long b, int element, boolean signed, boolean rounding) {
        int width = Lanes.width(element);
        long result = 0;
        for (int i = 0; i < Lanes.count(element); i++) {
            int count = (byte) Lanes.unsigned(b, i, element);
            long value = signed ? Lanes.signed(a, i, element) : Lanes.unsigned(a, i, element);
            long shifted;
            if (count >= 0) {
                shifted = count >= width ? 0 : value << count;
            } else {
                shifted = signed
                        ? Lanes.shiftRightSigned(value, -count, rounding)
                        : Lanes.shiftRightUnsigned(value, -count, rounding);
            }
            result |= Lanes.place(shifted, i, element);
        }
        return result;
    }

    // ---- bits

    static long countLeadingZeros(long a, int element) {
        int unused = 64 - Lanes.width(element);
        long result = 0;
        for (int i = 0; i < Lanes.count(element); i++) {
            int count = Long.numberOfLeadingZeros(Lanes.unsigned(a, i, element)) - unused;
            result |= Lanes.place(count, i, element);
        }
        return result;
    }

    static long countSignBits(long a, int element) {
        long changes = a ^ shiftRightSigned(a, 1, element);
        // the top bit of each lane is 0 now, so that the count includes the sign bit itself
        return subtract(countLeadingZeros(changes, element), Bits.replicate(1, Lanes.width(element)), element);
    }

    /// [Opcode#VCNT].
    public static long countOnes(long a) {
        long pairs = a - (a >>> 1 & Bits.replicate(0b01, 2));
        long twoBits = Bits.replicate(0b0011, 4);
        long nibbles = (pairs & twoBits) + (pairs >>> 2 & twoBits);
        return nibbles + (nibbles >>> 4) & Bits.replicate(0x0f, 8);
    }

    // ---- permutations

    /// The lanes of the low 32 bits, each moved to the low half of a lane of twice the width.
    public static long zeroExtend(long a, int element) {
        long result = Bits.low32(a);
        for (int width = 16; width >= Lanes.width(element); width /= 2) {
            result = (result | result << width) & Bits.replicate(Bits.mask(width), 2 * width);
        }
        return result;
    }

    /// [Opcode#VSXTL].
    public static long signExtend(long a, int element) {
        long signs = Bits.replicate(1L << (Lanes.width(element) - 1), 2 * Lanes.width(element));
        return subtract(zeroExtend(a, element) ^ signs, signs, element + 1);
    }

    /// The even lanes, moved together to the low 32 bits.
    private static long evens(long a, int element) {
        long result = a & evenLanes(element);
        for (int width = Lanes.width(element); width < 32; width *= 2) {
            result = (result | result >>> width) & Bits.replicate(Bits.mask(2 * width), 4 * width);
        }
        return Bits.low32(result);
    }

    /// Per byte of `indexes`: a byte of the table `high:low` whose first byte has index `base`, else that of
    /// `fallback`.
    public static long lookUp(long indexes, long low, long high, long fallback, int base) {
        long result = 0;
        for (int i = 0; i < 8; i++) {
            int index = (int) Lanes.unsigned(indexes, i, 0) - base;
            boolean inside = index >= 0 && index < 16;
            long value = inside ? Lanes.unsigned(index < 8 ? low : high, index & 7, 0) : Lanes.unsigned(fallback, i, 0);
            result |= Lanes.place(value, i, 0);
        }
        return result;
    }

    private static long mapWords(long a, boolean reciprocal) {
        long low = Bits.low32(a);
        long high = a >>> 32;
        return reciprocal
                ? Estimates.unsignedReciprocal(low) | Estimates.unsignedReciprocal(high) << 32
                : Estimates.unsignedReciprocalRoot(low) | Estimates.unsignedReciprocalRoot(high) << 32;
    }
}
