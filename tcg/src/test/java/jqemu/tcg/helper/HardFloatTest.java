package jqemu.tcg.helper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Rounding;
import jqemu.tcg.ir.Type;
import org.junit.jupiter.api.Test;

/// The fast paths of roundings and conversions give what the exact ones give, FPSR included.
final class HardFloatTest {
    private static final int ROUNDS = 200_000;

    private final SplittableRandom random = new SplittableRandom(5);

    /// An operation on a vCPU.
    private interface Operation {
        long on(CpuState env);
    }

    private void check(String what, Operation exact, Operation fast) {
        CpuState first = RandomFloats.state(random);
        CpuState second = new CpuState(0);
        second.copyFrom(first);
        String message = what + " fpcr " + Long.toHexString(first.get(Slot.FPCR));
        assertEquals(Long.toHexString(exact.on(first)), Long.toHexString(fast.on(second)), message);
        assertEquals(first.get(Slot.FPSR), second.get(Slot.FPSR), message);
    }

    private Type type() {
        return random.nextBoolean() ? Type.F64 : Type.F32;
    }

    @Test
    void integralNumbers() {
        for (int i = 0; i < ROUNDS; i++) {
            Type type = type();
            FloatFormat format = FloatFormat.of(type);
            long a = RandomFloats.next(random, format);
            int mode = random.nextInt(Rounding.NEAREST_AWAY + 1);
            boolean inexact = random.nextBoolean();
            check(
                    "mode " + mode + " of " + Long.toHexString(a),
                    env -> FloatConvert.roundToIntegral(env, format, a, mode, inexact),
                    env -> HardFloat.roundToIntegral(env, type, a, mode, inexact));
        }
    }

    @Test
    void integersFromNumbers() {
        for (int i = 0; i < ROUNDS; i++) {
            Type type = type();
            FloatFormat format = FloatFormat.of(type);
            long a = RandomFloats.next(random, format);
            int mode = random.nextInt(Rounding.NEAREST_AWAY + 1);
            int width = random.nextBoolean() ? Long.SIZE : Integer.SIZE;
            boolean signed = random.nextBoolean();
            check(
                    "mode " + mode + " of " + Long.toHexString(a) + " to " + width,
                    env -> FloatConvert.toFixed(env, format, a, 0, width, signed, mode),
                    env -> HardFloat.toInteger(env, type, a, width, signed, mode));
        }
    }

    @Test
    void numbersFromIntegers() {
        for (int i = 0; i < ROUNDS; i++) {
            Type type = type();
            long value = random.nextLong() >> random.nextInt(Long.SIZE);
            boolean signed = random.nextBoolean();
            check(
                    Long.toHexString(value) + " signed " + signed,
                    env -> FloatConvert.fromFixed(env, FloatFormat.of(type), value, 0, signed),
                    env -> HardFloat.fromInteger(env, type, value, signed));
        }
    }

    @Test
    void maximaAndMinima() {
        for (int i = 0; i < ROUNDS; i++) {
            Type type = type();
            FloatFormat format = FloatFormat.of(type);
            long a = RandomFloats.next(random, format);
            long b = RandomFloats.next(random, format);
            String operands = Long.toHexString(a) + " and " + Long.toHexString(b);
            check(
                    "maximum of " + operands,
                    env -> FloatCompare.maximumNumber(env, format, a, b),
                    env -> HardFloat.maximumNumber(env, type, a, b));
            check(
                    "minimum of " + operands,
                    env -> FloatCompare.minimumNumber(env, format, a, b),
                    env -> HardFloat.minimumNumber(env, type, a, b));
        }
    }
}
