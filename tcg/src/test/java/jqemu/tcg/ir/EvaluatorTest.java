package jqemu.tcg.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// [Evaluator] against unbounded integers and against models that look at one bit at a time.
class EvaluatorTest {
    private static long evaluate(Opcode op, Type type, long a, long b, int aux) {
        return Evaluator.evaluate(op, type, a, b, 0, 0, aux, 0);
    }

    /// Compares `op` of `type` on all operands with `model`, which sees them signed or unsigned.
    private static void compare(Opcode op, Type type, boolean signed, BinaryOperator<BigInteger> model) {
        int bits = type.bits();
        for (long[] pair : Operands.pairs(type)) {
            BigInteger a = signed ? Operands.signed(pair[0], bits) : Operands.unsigned(pair[0], bits);
            BigInteger b = signed ? Operands.signed(pair[1], bits) : Operands.unsigned(pair[1], bits);
            long expected = type.truncate(model.apply(a, b).longValue());
            assertEquals(expected, evaluate(op, type, pair[0], pair[1], 0), op + "_" + type + " " + a + ", " + b);
        }
    }

    private static BinaryOperator<BigInteger> orZero(BinaryOperator<BigInteger> division) {
        return (a, b) -> b.signum() == 0 ? BigInteger.ZERO : division.apply(a, b);
    }

    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void arithmetic(Type type) {
        compare(Opcode.ADD, type, false, BigInteger::add);
        compare(Opcode.SUB, type, false, BigInteger::subtract);
        compare(Opcode.MUL, type, true, BigInteger::multiply);
        compare(Opcode.DIVU, type, false, orZero(BigInteger::divide));
        compare(Opcode.DIVS, type, true, orZero(BigInteger::divide));
    }

    @Test
    void highProducts() {
        compare(Opcode.MULSH, Type.I64, true, (a, b) -> a.multiply(b).shiftRight(64));
        compare(Opcode.MULUH, Type.I64, false, (a, b) -> a.multiply(b).shiftRight(64));
    }

    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void logic(Type type) {
        compare(Opcode.AND, type, false, BigInteger::and);
        compare(Opcode.OR, type, false, BigInteger::or);
        compare(Opcode.XOR, type, false, BigInteger::xor);
        compare(Opcode.ANDC, type, false, BigInteger::andNot);
        compare(Opcode.ORC, type, false, (a, b) -> a.or(b.not()));
    }

    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void shifts(Type type) {
        int bits = type.bits();
        BigInteger mask = BigInteger.valueOf(bits - 1);
        compare(Opcode.SHL, type, false, (a, b) -> a.shiftLeft(b.and(mask).intValue()));
        compare(Opcode.SHR, type, false, (a, b) -> a.shiftRight(b.and(mask).intValue()));
        compare(Opcode.SAR, type, true, (a, b) -> a.shiftRight(b.and(mask).intValue()));
        compare(Opcode.ROTR, type, false, (a, b) -> {
            int count = b.and(mask).intValue();
            return a.shiftRight(count).or(a.shiftLeft(bits - count));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void fields(Type type) {
        int bits = type.bits();
        for (long[] pair : Operands.pairs(type)) {
            int position = (int) Long.remainderUnsigned(pair[1], bits);
            int length = 1 + (int) Long.remainderUnsigned(pair[1] >>> 6, bits - position);
            int field = IrBlock.field(position, length);
            long low = type.truncate(pair[0] >>> position) & Bits.mask(length);
            long sign = (low >>> (length - 1) & 1) == 0 ? 0 : ~Bits.mask(length);

            assertEquals(low, evaluate(Opcode.EXTRACT, type, pair[0], 0, field));
            assertEquals(type.truncate(low | sign), evaluate(Opcode.SEXTRACT, type, pair[0], 0, field));
            long deposited = evaluate(Opcode.DEPOSIT, type, pair[0], pair[1], field);
            assertEquals(pair[1] & Bits.mask(length), Bits.extract(deposited, position, length));
            long around = ~(Bits.mask(length) << position);
            assertEquals(pair[0] & around, deposited & around);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void extractionFromAPair(Type type) {
        int bits = type.bits();
        for (long[] pair : Operands.pairs(type)) {
            BigInteger both = Operands.unsigned(pair[1], bits).shiftLeft(bits).or(Operands.unsigned(pair[0], bits));
            for (int position : new int[] {0, 1, bits / 2, bits - 1}) {
                long expected = type.truncate(both.shiftRight(position).longValue());
                assertEquals(expected, evaluate(Opcode.EXTRACT2, type, pair[0], pair[1], position));
            }
        }
    }

    @Test
    void extensionsAndCasts() {
        assertEquals(-1, evaluate(Opcode.EXT_I32, Type.I64, 0xffff_ffffL, 0, 0));
        assertEquals(0x7fff_ffff, evaluate(Opcode.EXT_I32, Type.I64, 0x7fff_ffffL, 0, 0));
        assertEquals(0xffff_ffffL, evaluate(Opcode.EXTU_I32, Type.I64, 0xffff_ffffL, 0, 0));
        assertEquals(0xffff_ffffL, evaluate(Opcode.EXTRL, Type.I32, -1, 0, 0));
        assertEquals(0xffff_ffffL, evaluate(Opcode.BITCAST, Type.F32, -1, 0, 0));
        assertEquals(0xffff, evaluate(Opcode.BITCAST, Type.F16, -1, 0, 0));
        assertEquals(-1, evaluate(Opcode.BITCAST, Type.F64, -1, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void reversalsAndCounts(Type type) {
        int bits = type.bits();
        for (long[] pair : Operands.pairs(type)) {
            long a = pair[0];
            for (int unit = 2; unit * 8 <= bits; unit *= 2) {
                assertEquals(swapped(a, unit, bits), evaluate(Opcode.BSWAP, type, a, 0, unit), "unit " + unit);
            }
            assertEquals(reversed(a, bits), evaluate(Opcode.RBIT, type, a, 0, 0));
            assertEquals(leading(a, bits, 0, bits - 1), evaluate(Opcode.CLZ, type, a, 0, 0));
            long sign = a >>> (bits - 1) & 1;
            assertEquals(leading(a, bits, sign, bits - 2), evaluate(Opcode.CLS, type, a, 0, 0));
        }
    }

    private static long swapped(long value, int unit, int bits) {
        long result = 0;
        for (int i = 0; i < bits / 8; i++) {
            int to = i / unit * unit + unit - 1 - i % unit;
            result |= (value >>> (8 * i) & 0xff) << (8 * to);
        }
        return result;
    }

    private static long reversed(long value, int bits) {
        long result = 0;
        for (int i = 0; i < bits; i++) {
            result |= (value >>> i & 1) << (bits - 1 - i);
        }
        return result;
    }

    /// How many bits from bit `from` downwards are `bit`.
    private static int leading(long value, int bits, long bit, int from) {
        int count = 0;
        while (count < bits && from - count >= 0 && (value >>> (from - count) & 1) == bit) {
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void comparisons(Type type) {
        int bits = type.bits();
        for (long[] pair : Operands.pairs(type)) {
            int signed = Operands.signed(pair[0], bits).compareTo(Operands.signed(pair[1], bits));
            int unsigned = Operands.unsigned(pair[0], bits).compareTo(Operands.unsigned(pair[1], bits));
            for (Condition condition : Condition.values()) {
                boolean expected = holds(condition, signed, unsigned);
                int aux = condition.ordinal();
                String what = condition + " " + pair[0] + ", " + pair[1];
                assertEquals(expected ? 1 : 0, evaluate(Opcode.SETCOND, type, pair[0], pair[1], aux), what);
                assertEquals(
                        expected ? 11 : 22,
                        Evaluator.evaluate(Opcode.MOVCOND, Type.I64, pair[0], pair[1], 11, 22, aux, type.ordinal()),
                        what);
                assertEquals(!expected, condition.inverse().test(type, pair[0], pair[1]), what);
                assertEquals(expected, condition.swapped().test(type, pair[1], pair[0]), what);
            }
        }
    }

    private static boolean holds(Condition condition, int signed, int unsigned) {
        return switch (condition) {
            case EQ -> signed == 0;
            case NE -> signed != 0;
            case LT -> signed < 0;
            case LE -> signed <= 0;
            case GT -> signed > 0;
            case GE -> signed >= 0;
            case LTU -> unsigned < 0;
            case LEU -> unsigned <= 0;
            case GTU -> unsigned > 0;
            case GEU -> unsigned >= 0;
        };
    }

    @Test
    void opsWithEffectsHaveNoValue() {
        assertThrows(IllegalArgumentException.class, () -> evaluate(Opcode.LD, Type.I64, 0, 0, 0));
    }
}
