package jqemu.tcg.cpu;

import jqemu.tcg.ir.Bits;

/// The fields of FPCR and FPSR, and the ways in which operations read and accumulate them.
///
/// Names are those of the Arm manual's "FPCR, Floating-point Control Register" and "FPSR, Floating-point Status
/// Register".
public final class FpStatus {
    /// FPSR: invalid operation.
    public static final int IOC = 1;
    /// FPSR: division by zero.
    public static final int DZC = 1 << 1;
    /// FPSR: overflow.
    public static final int OFC = 1 << 2;
    /// FPSR: underflow.
    public static final int UFC = 1 << 3;
    /// FPSR: inexact.
    public static final int IXC = 1 << 4;
    /// FPSR: a denormal input was flushed to zero.
    public static final int IDC = 1 << 7;
    /// FPSR: a SIMD integer operation saturated.
    public static final int QC = 1 << 27;

    /// FPCR: flush half-precision denormals to zero.
    public static final int FZ16 = 1 << 19;
    /// FPCR: flush single and double-precision denormals to zero.
    public static final int FZ = 1 << 24;
    /// FPCR: every NaN result is the default NaN.
    public static final int DN = 1 << 25;
    /// FPCR: conversions use the alternative half-precision format.
    public static final int AHP = 1 << 26;

    private static final int RMODE_POSITION = 22;
    private static final int RMODE_LENGTH = 2;

    private FpStatus() {}

    /// Sets the cumulative `flags` in FPSR.
    public static void raise(CpuState env, int flags) {
        env.set(Slot.FPSR, env.get(Slot.FPSR) | flags);
    }

    /// Whether `bit` of FPCR is set.
    public static boolean controls(CpuState env, int bit) {
        return (env.get(Slot.FPCR) & bit) != 0;
    }

    /// The rounding mode that FPCR selects: 0 to 3, the first four constants of `jqemu.tcg.helper.Rounding`.
    public static int roundingMode(CpuState env) {
        return (int) Bits.extract(env.get(Slot.FPCR), RMODE_POSITION, RMODE_LENGTH);
    }
}
