package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.ir.Bits;

/// Arithmetic on two single-precision lanes side by side, lane by lane: what [FpEvaluator] does with
/// [jqemu.tcg.ir.Type#F32X2], each op by itself for translated code.
public final class FloatPair {
    private FloatPair() {}

    private static long high(long pair) {
        return pair >>> Integer.SIZE;
    }

    private static long pair(long low, long high) {
        return high << Integer.SIZE | low;
    }

    /// Lanewise `a + b`.
    public static long add(CpuState env, boolean usual, long a, long b) {
        return pair(
                HardSingle.add(env, usual, Bits.low32(a), Bits.low32(b)), HardSingle.add(env, usual, high(a), high(b)));
    }

    /// Lanewise `a - b`.
    public static long subtract(CpuState env, boolean usual, long a, long b) {
        return pair(
                HardSingle.subtract(env, usual, Bits.low32(a), Bits.low32(b)),
                HardSingle.subtract(env, usual, high(a), high(b)));
    }

    /// Lanewise `a * b`.
    public static long multiply(CpuState env, boolean usual, long a, long b) {
        return pair(
                HardSingle.multiply(env, usual, Bits.low32(a), Bits.low32(b)),
                HardSingle.multiply(env, usual, high(a), high(b)));
    }

    /// Lanewise `a / b`.
    public static long divide(CpuState env, boolean usual, long a, long b) {
        return pair(
                HardSingle.divide(env, usual, Bits.low32(a), Bits.low32(b)),
                HardSingle.divide(env, usual, high(a), high(b)));
    }

    /// Lanewise `a * b + c` with one rounding.
    public static long multiplyAdd(CpuState env, boolean usual, long a, long b, long c) {
        return pair(
                HardSingle.multiplyAdd(env, usual, Bits.low32(a), Bits.low32(b), Bits.low32(c)),
                HardSingle.multiplyAdd(env, usual, high(a), high(b), high(c)));
    }

    /// Lanewise square root.
    public static long squareRoot(CpuState env, boolean usual, long a) {
        return pair(HardSingle.squareRoot(env, usual, Bits.low32(a)), HardSingle.squareRoot(env, usual, high(a)));
    }
}
