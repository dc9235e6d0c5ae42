package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Lanes;
import jqemu.tcg.ir.Opcode;

/// The saturating vector ops, lane by lane: a result that does not fit becomes the nearest that does and sets FPSR.QC.
///
/// Additive ops and left shifts work on lanes moved to the top of a long, where overflow of the lane is overflow of the
/// long and the saturated value is that of a long.
public final class SaturatingVector {
    private SaturatingVector() {}

    /// The value of the saturating op `op` on lanes of `1 << element` bytes.
    static long evaluate(CpuState env, Opcode op, long a, long b, long c, int element) {
        return switch (op) {
            case VSQXTN, VSQXTUN, VUQXTN -> narrow(env, op, a, element) | narrow(env, op, b, element) << 32;
            case VSQDMULL -> doublingMultiplyLong(env, a, b, element);
            case VSQDMULH, VSQRDMULH, VSQRDMLAH, VSQRDMLSH -> multiplyHigh(env, op, a, b, c, element);
            default -> topAligned(env, op, a, b, element);
        };
    }

    private static long saturate(CpuState env, long value) {
        FpStatus.raise(env, FpStatus.QC);
        return value;
    }

    private static long largest(boolean negative) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long clampSigned(CpuState env, long value, int width) {
        return value == Bits.signExtend(value, width) ? value : saturate(env, largest(value < 0) >> (64 - width));
    }

    private static long clampUnsigned(CpuState env, long value, int width) {
        return value == (value & Bits.mask(width)) ? value : saturate(env, Bits.mask(width));
    }

    // ---- addition and shifts

    private static long topAligned(CpuState env, Opcode op, long a, long b, int element) {
        int width = Lanes.width(element);
        int unused = 64 - width;
        long result = 0;
        for (int i = 0; i < Lanes.count(element); i++) {
            long left = Lanes.unsigned(a, i, element) << unused;
            long right = Lanes.unsigned(b, i, element) << unused;
            int count = (byte) Lanes.unsigned(b, i, element);
            long lane = switch (op) {
                case VSQADD -> addSigned(env, left, right);
                case VUQADD -> Long.compareUnsigned(left + right, left) < 0 ? saturate(env, -1) : left + right;
                case VSQSUB -> subtractSigned(env, left, right);
                case VUQSUB -> Long.compareUnsigned(left, right) < 0 ? saturate(env, 0) : left - right;
                case VSUQADD -> addUnsignedToSigned(env, left, right);
                case VUSQADD -> addSignedToUnsigned(env, left, right);
                case VSQABS -> left < 0 ? subtractSigned(env, 0, left) : left;
                case VSQNEG -> subtractSigned(env, 0, left);
                case VSQSHL -> shiftSigned(env, left, count, width, false);
                case VSQRSHL -> shiftSigned(env, left, count, width, true);
                case VUQSHL -> shiftUnsigned(env, left, count, width, false);
                case VUQRSHL -> shiftUnsigned(env, left, count, width, true);
                case VSQSHLU -> left < 0 ? saturate(env, 0) : shiftUnsigned(env, left, count, width, false);
                default -> throw new IllegalArgumentException("not a floating-point or saturating operation: " + op);
            };
            result |= Lanes.place(lane >>> unused, i, element);
        }
        return result;
    }

    private static long addSigned(CpuState env, long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? saturate(env, largest(a < 0)) : sum;
    }

    private static long subtractSigned(CpuState env, long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? saturate(env, largest(a < 0)) : difference;
    }

    private static long addUnsignedToSigned(CpuState env, long a, long b) {
        long sum = a + b;
        boolean carry = Long.compareUnsigned(sum, a) < 0;
        boolean tooLarge = a >= 0 ? carry || sum < 0 : carry && sum < 0;
        return tooLarge ? saturate(env, Long.MAX_VALUE) : sum;
    }

    private static long addSignedToUnsigned(CpuState env, long a, long b) {
        long sum = a + b;
        boolean carry = Long.compareUnsigned(sum, a) < 0;
        if (b >= 0) {
            return carry ? saturate(env, -1) : sum;
        }
        return carry ? sum : saturate(env, 0);
    }

    private static long shiftSigned(CpuState env, long value, int count, int width, boolean rounding) {
        int unused = 64 - width;
        if (count < 0) {
            return Lanes.shiftRightSigned(value >> unused, -count, rounding) << unused;
        }
        boolean fits = value == 0 || (count < width && value << count >> count == value);
        return fits ? shiftLeft(value, count) : saturate(env, largest(value < 0));
    }

    private static long shiftUnsigned(CpuState env, long value, int count, int width, boolean rounding) {
        int unused = 64 - width;
        if (count < 0) {
            return Lanes.shiftRightUnsigned(value >>> unused, -count, rounding) << unused;
        }
        boolean fits = value == 0 || (count < width && value << count >>> count == value);
        return fits ? shiftLeft(value, count) : saturate(env, -1);
    }

    /// `value << count`; a count of 64 or more comes with a value of 0 only.
    private static long shiftLeft(long value, int count) {
        return value << count;
    }

    // ---- multiplication

    private static long multiplyHigh(CpuState env, Opcode op, long a, long b, long c, int element) {
        int width = Lanes.width(element);
        long half = 1L << (width - 2);
        long result = 0;
        for (int i = 0; i < Lanes.count(element); i++) {
            long product = Lanes.signed(a, i, element) * Lanes.signed(b, i, element);
            long addend = Lanes.signed(c, i, element) << (width - 1);
            // all terms are half of what the manual adds up, so that they fit 64 bits
            long sum = switch (op) {
                case VSQDMULH -> product;
                case VSQRDMULH -> product + half;
                case VSQRDMLAH -> addend + product + half;
                default -> addend - product + half;
            };
            result |= Lanes.place(clampSigned(env, sum >> (width - 1), width), i, element);
        }
        return result;
    }

    private static long doublingMultiplyLong(CpuState env, long a, long b, int element) {
        int wide = element + 1;
        long result = 0;
        for (int i = 0; i < Lanes.count(wide); i++) {
            long product = Lanes.signed(a, i, element) * Lanes.signed(b, i, element);
            boolean fits = product != 1L << (Lanes.width(wide) - 2);
            long doubled = fits ? product << 1 : saturate(env, Bits.mask(Lanes.width(wide) - 1));
            result |= Lanes.place(doubled, i, wide);
        }
        return result;
    }

    // ---- narrowing

    /// The lanes of `a` narrowed into the low 32 bits.
    private static long narrow(CpuState env, Opcode op, long a, int element) {
        int wide = element + 1;
        int width = Lanes.width(element);
        long result = 0;
        for (int i = 0; i < Lanes.count(wide); i++) {
            long signed = Lanes.signed(a, i, wide);
            long lane = switch (op) {
                case VSQXTN -> clampSigned(env, signed, width);
                case VSQXTUN -> signed < 0 ? saturate(env, 0) : clampUnsigned(env, signed, width);
                default -> clampUnsigned(env, Lanes.unsigned(a, i, wide), width);
            };
            result |= Lanes.place(lane, i, element);
        }
        return result;
    }
}
