package jqemu.tcg.helper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.FpConversion;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The exact arithmetic against Java's own in round-to-nearest, against exact decimals for the inexact flag, and the
/// fast path against the exact one.
final class SoftFloatTest {
    private static final int ROUNDS = 50_000;

    enum Operation {
        ADD(Opcode.FADD),
        SUBTRACT(Opcode.FSUB),
        MULTIPLY(Opcode.FMUL),
        DIVIDE(Opcode.FDIV),
        MULTIPLY_ADD(Opcode.FMADD),
        SQUARE_ROOT(Opcode.FSQRT);

        private final Opcode opcode;

        Operation(Opcode opcode) {
            this.opcode = opcode;
        }

        double java(double a, double b, double c) {
            return switch (this) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                case MULTIPLY_ADD -> Math.fma(a, b, c);
                case SQUARE_ROOT -> Math.sqrt(a);
            };
        }

        float java(float a, float b, float c) {
            return switch (this) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                case MULTIPLY_ADD -> Math.fma(a, b, c);
                case SQUARE_ROOT -> (float) Math.sqrt(a);
            };
        }

        /// Whether `result` is exactly the result of the operation; all arguments are finite.
        boolean isExact(double a, double b, double c, double result) {
            BigDecimal x = new BigDecimal(a);
            BigDecimal y = new BigDecimal(b);
            BigDecimal r = new BigDecimal(result);
            return switch (this) {
                case ADD -> x.add(y).compareTo(r) == 0;
                case SUBTRACT -> x.subtract(y).compareTo(r) == 0;
                case MULTIPLY -> x.multiply(y).compareTo(r) == 0;
                case DIVIDE -> r.multiply(y).compareTo(x) == 0;
                case MULTIPLY_ADD -> x.multiply(y).add(new BigDecimal(c)).compareTo(r) == 0;
                case SQUARE_ROOT -> r.multiply(r).compareTo(x) == 0;
            };
        }
    }

    private static long soft(CpuState env, Operation operation, FloatFormat format, long a, long b, long c) {
        return switch (operation) {
            case ADD -> SoftFloat.add(env, format, a, b);
            case SUBTRACT -> SoftFloat.subtract(env, format, a, b);
            case MULTIPLY -> SoftFloat.multiply(env, format, a, b);
            case DIVIDE -> SoftFloat.divide(env, format, a, b);
            case MULTIPLY_ADD -> SoftFloat.multiplyAdd(env, format, a, b, c);
            case SQUARE_ROOT -> SoftFloat.squareRoot(env, format, a);
        };
    }

    @ParameterizedTest
    @EnumSource
    void doublesAreJavas(Operation operation) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ROUNDS; i++) {
            long a = RandomFloats.next(random, FloatFormat.DOUBLE);
            long b = RandomFloats.next(random, FloatFormat.DOUBLE);
            long c = RandomFloats.next(random, FloatFormat.DOUBLE);
            double x = Double.longBitsToDouble(a);
            double y = Double.longBitsToDouble(b);
            double z = Double.longBitsToDouble(c);
            double expected = operation.java(x, y, z);
            CpuState env = new CpuState(0);
            long actual = soft(env, operation, FloatFormat.DOUBLE, a, b, c);
            String message = operation + " " + x + " " + y + " " + z;
            if (Double.isNaN(expected)) {
                assertEquals(true, FloatFormat.DOUBLE.isNan(actual), message);
            } else {
                assertEquals(Double.doubleToRawLongBits(expected), actual, message);
            }
            if (Double.isFinite(expected)
                    && Double.isFinite(x)
                    && Double.isFinite(y)
                    && Double.isFinite(z)
                    && i < 5_000) {
                boolean inexact = !operation.isExact(x, y, z, expected);
                assertEquals(inexact, (env.get(Slot.FPSR) & FpStatus.IXC) != 0, message);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void singlesAreJavas(Operation operation) {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < ROUNDS; i++) {
            long a = RandomFloats.next(random, FloatFormat.SINGLE);
            long b = RandomFloats.next(random, FloatFormat.SINGLE);
            long c = RandomFloats.next(random, FloatFormat.SINGLE);
            float x = Float.intBitsToFloat((int) a);
            float y = Float.intBitsToFloat((int) b);
            float z = Float.intBitsToFloat((int) c);
            float expected = operation.java(x, y, z);
            CpuState env = new CpuState(0);
            long actual = soft(env, operation, FloatFormat.SINGLE, a, b, c);
            String message = operation + " " + x + " " + y + " " + z;
            if (Float.isNaN(expected)) {
                assertEquals(true, FloatFormat.SINGLE.isNan(actual), message);
            } else {
                assertEquals(Float.floatToRawIntBits(expected) & 0xffff_ffffL, actual, message);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void halvesAreRoundedDoubles(Operation operation) {
        // a double has more than twice the bits of a half, so that rounding its result once more is right
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < ROUNDS; i++) {
            long a = RandomFloats.next(random, FloatFormat.HALF);
            long b = RandomFloats.next(random, FloatFormat.HALF);
            double x = Float.float16ToFloat((short) a);
            double y = Float.float16ToFloat((short) b);
            if (operation == Operation.MULTIPLY_ADD || Double.isNaN(x) || Double.isNaN(y)) {
                continue;
            }
            double exact = operation.java(x, y, 0);
            CpuState env = new CpuState(0);
            long actual = soft(env, operation, FloatFormat.HALF, a, b, 0);
            if (!Double.isNaN(exact)) {
                int narrow = FpConversion.pack(Type.F64, Rounding.CURRENT, false, 0);
                long expected = FpEvaluator.evaluate(
                        new CpuState(0), Opcode.FCVT, Type.F16, Double.doubleToRawLongBits(exact), 0, 0, narrow);
                assertEquals(expected, actual, operation + " " + x + " " + y);
                long rounded = Float.floatToFloat16((float) exact) & 0xffffL;
                assertTrue(Math.abs(rounded - Bits.extract(actual, 0, 16)) <= 1, "near " + exact);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFastPathIsTheExactOne(Operation operation) {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < ROUNDS; i++) {
            Type type = random.nextBoolean() ? Type.F64 : Type.F32;
            FloatFormat format = FloatFormat.of(type);
            long a = RandomFloats.next(random, format);
            long b = RandomFloats.next(random, format);
            long c = RandomFloats.next(random, format);
            CpuState exact = RandomFloats.state(random);
            CpuState fast = new CpuState(0);
            fast.copyFrom(exact);
            long expected = soft(exact, operation, format, a, b, c);
            long actual = FpEvaluator.evaluate(fast, operation.opcode, type, a, b, c, 0);
            String message = operation + " " + type + " " + Long.toHexString(a) + " " + Long.toHexString(b) + " "
                    + Long.toHexString(c) + " fpcr " + Long.toHexString(exact.get(Slot.FPCR));
            assertEquals(Long.toHexString(expected), Long.toHexString(actual), message);
            assertEquals(exact.get(Slot.FPSR), fast.get(Slot.FPSR), message);
        }
    }
}
