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
    public static long addPair(CpuState env, long a, long b) {
        return pair(HardFloat.addSingle(env, Bits.low32(a), Bits.low32(b)), HardFloat.addSingle(env, high(a), high(b)));
    }

    /// Lanewise `a - b`.
    public static long subtractPair(CpuState env, long a, long b) {
        return pair(
                HardFloat.subtractSingle(env, Bits.low32(a), Bits.low32(b)),
                HardFloat.subtractSingle(env, high(a), high(b)));
    }

    /// Lanewise `a * b`.
    public static long multiplyPair(CpuState env, long a, long b) {
        return pair(
                HardFloat.multiplySingle(env, Bits.low32(a), Bits.low32(b)),
                HardFloat.multiplySingle(env, high(a), high(b)));
    }

    /// Lanewise `a / b`.
    public static long dividePair(CpuState env, long a, long b) {
        return pair(
                HardFloat.divideSingle(env, Bits.low32(a), Bits.low32(b)),
                HardFloat.divideSingle(env, high(a), high(b)));
    }

    /// Lanewise `a * b + c` with one rounding.
    public static long multiplyAddPair(CpuState env, long a, long b, long c) {
        return pair(
                HardFloat.multiplyAddSingle(env, Bits.low32(a), Bits.low32(b), Bits.low32(c)),
                HardFloat.multiplyAddSingle(env, high(a), high(b), high(c)));
    }
}
