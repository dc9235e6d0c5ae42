package jqemu.tcg.helper;

import java.util.Locale;
import java.util.SplittableRandom;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Type;

/// Measures what the flags of FPSR cost: the operations of [HardFloat] beside Java's own and beside [SoftFloat], in
/// nanoseconds; `docs/decisions/003-floating-point-flags.md` has the numbers and the command.
final class HardFloatCost {
    private static final int COUNT = 1024;
    private static final int REPEATS = 50;
    private static final int ROUNDS = 400;

    private static final long[] LEFT = new long[COUNT];
    private static final long[] RIGHT = new long[COUNT];
    private static final long[] RESULTS = new long[COUNT];

    /// One pass over the operands.
    private interface Pass {
        void run();
    }

    private HardFloatCost() {}

    public static void main(String[] arguments) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < COUNT; i++) {
            LEFT[i] = Double.doubleToRawLongBits(random.nextDouble(1, 1000));
            RIGHT[i] = Double.doubleToRawLongBits(random.nextDouble(1, 1000));
        }
        CpuState known = new CpuState(0);
        known.set(Slot.FPSR, FpStatus.IXC);
        CpuState clear = new CpuState(0);
        System.out.println("ns per operation on doubles    plain  IXC set  IXC clear  exact path");
        row("add", HardFloatCost::plainAdd, () -> add(known), () -> addAfresh(clear), () -> exactAdd(known));
        row(
                "multiply",
                HardFloatCost::plainMultiply,
                () -> multiply(known),
                () -> multiplyAfresh(clear),
                () -> exactMultiply(known));
        row(
                "multiply-add",
                HardFloatCost::plainFused,
                () -> fused(known),
                () -> fusedAfresh(clear),
                () -> exactFused(known));
        row(
                "divide",
                HardFloatCost::plainDivide,
                () -> divide(known),
                () -> divideAfresh(clear),
                () -> exactDivide(known));
    }

    private static void row(String name, Pass plain, Pass known, Pass clear, Pass exact) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %7.2f %8.2f %10.2f %11.2f%n",
                name,
                best(plain),
                best(known),
                best(clear),
                best(exact));
    }

    /// The best of several rounds, the first of which let the compiler see the loop; short, so that some are
    /// undisturbed.
    private static double best(Pass pass) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < REPEATS; i++) {
                pass.run();
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) (REPEATS * COUNT));
        }
        return best;
    }

    // ---- addition

    private static void plainAdd() {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] =
                    Double.doubleToRawLongBits(Double.longBitsToDouble(LEFT[i]) + Double.longBitsToDouble(RIGHT[i]));
        }
    }

    private static void add(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] = HardFloat.add(env, Type.F64, LEFT[i], RIGHT[i]);
        }
    }

    /// Clears the flags before each operation, as no program does: the worst case.
    private static void addAfresh(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            env.set(Slot.FPSR, 0);
            RESULTS[i] = HardFloat.add(env, Type.F64, LEFT[i], RIGHT[i]);
        }
    }

    private static void exactAdd(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] = SoftFloat.add(env, FloatFormat.DOUBLE, LEFT[i], RIGHT[i]);
        }
    }

    // ---- multiplication

    private static void plainMultiply() {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] =
                    Double.doubleToRawLongBits(Double.longBitsToDouble(LEFT[i]) * Double.longBitsToDouble(RIGHT[i]));
        }
    }

    private static void multiply(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] = HardFloat.multiply(env, Type.F64, LEFT[i], RIGHT[i]);
        }
    }

    private static void multiplyAfresh(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            env.set(Slot.FPSR, 0);
            RESULTS[i] = HardFloat.multiply(env, Type.F64, LEFT[i], RIGHT[i]);
        }
    }

    private static void exactMultiply(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] = SoftFloat.multiply(env, FloatFormat.DOUBLE, LEFT[i], RIGHT[i]);
        }
    }

    // ---- fused multiplication and addition

    private static void plainFused() {
        for (int i = 0; i < COUNT; i++) {
            double left = Double.longBitsToDouble(LEFT[i]);
            double right = Double.longBitsToDouble(RIGHT[i]);
            RESULTS[i] = Double.doubleToRawLongBits(Math.fma(left, right, left));
        }
    }

    private static void fused(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] = HardFloat.multiplyAdd(env, Type.F64, LEFT[i], RIGHT[i], LEFT[i]);
        }
    }

    private static void fusedAfresh(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            env.set(Slot.FPSR, 0);
            RESULTS[i] = HardFloat.multiplyAdd(env, Type.F64, LEFT[i], RIGHT[i], LEFT[i]);
        }
    }

    private static void exactFused(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] = SoftFloat.multiplyAdd(env, FloatFormat.DOUBLE, LEFT[i], RIGHT[i], LEFT[i]);
        }
    }

    // ---- division

    private static void plainDivide() {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] =
                    Double.doubleToRawLongBits(Double.longBitsToDouble(LEFT[i]) / Double.longBitsToDouble(RIGHT[i]));
        }
    }

    private static void divide(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] = HardFloat.divide(env, Type.F64, LEFT[i], RIGHT[i]);
        }
    }

    private static void divideAfresh(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            env.set(Slot.FPSR, 0);
            RESULTS[i] = HardFloat.divide(env, Type.F64, LEFT[i], RIGHT[i]);
        }
    }

    private static void exactDivide(CpuState env) {
        for (int i = 0; i < COUNT; i++) {
            RESULTS[i] = SoftFloat.divide(env, FloatFormat.DOUBLE, LEFT[i], RIGHT[i]);
        }
    }
}
