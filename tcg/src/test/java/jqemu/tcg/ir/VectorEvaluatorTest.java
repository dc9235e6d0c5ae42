package jqemu.tcg.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The SWAR forms against the plain definition of each op on one lane.
final class VectorEvaluatorTest {
    private static final int ROUNDS = 20_000;

    /// What an op does to one lane: its operands sign- and zero-extended.
    private interface LaneModel {
        long apply(long a, long b, long ua, long ub, int width);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "VADD", "VSUB", "VMUL", "VABS", "VCMPEQ", "VCMPTST", "VCMPGT", "VCMPGE", "VCMPHI", "VCMPHS", "VSMAX",
                "VSMIN", "VUMAX", "VUMIN", "VSHADD", "VUHADD", "VSRHADD", "VURHADD", "VSHSUB", "VUHSUB", "VCLZ", "VCLS"
            })
    void lanewise(Opcode op) {
        LaneModel model = model(op);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ROUNDS; i++) {
            long a = operand(random);
            long b = operand(random);
            for (int element = 0; element < 4; element++) {
                int width = Lanes.width(element);
                long expected = 0;
                for (int lane = 0; lane < Lanes.count(element); lane++) {
                    long value = model.apply(
                            Lanes.signed(a, lane, element),
                            Lanes.signed(b, lane, element),
                            Lanes.unsigned(a, lane, element),
                            Lanes.unsigned(b, lane, element),
                            width);
                    expected |= Lanes.place(value, lane, element);
                }
                check(op, element, expected, a, b);
            }
        }
    }

    private static LaneModel model(Opcode op) {
        return switch (op) {
            case VADD -> (a, b, ua, ub, w) -> a + b;
            case VSUB -> (a, b, ua, ub, w) -> a - b;
            case VMUL -> (a, b, ua, ub, w) -> a * b;
            case VABS -> (a, b, ua, ub, w) -> Math.abs(a);
            case VCMPEQ -> (a, b, ua, ub, w) -> a == b ? -1 : 0;
            case VCMPTST -> (a, b, ua, ub, w) -> (a & b) != 0 ? -1 : 0;
            case VCMPGT -> (a, b, ua, ub, w) -> a > b ? -1 : 0;
            case VCMPGE -> (a, b, ua, ub, w) -> a >= b ? -1 : 0;
            case VCMPHI -> (a, b, ua, ub, w) -> Long.compareUnsigned(ua, ub) > 0 ? -1 : 0;
            case VCMPHS -> (a, b, ua, ub, w) -> Long.compareUnsigned(ua, ub) >= 0 ? -1 : 0;
            case VSMAX -> (a, b, ua, ub, w) -> Math.max(a, b);
            case VSMIN -> (a, b, ua, ub, w) -> Math.min(a, b);
            case VUMAX -> (a, b, ua, ub, w) -> Long.compareUnsigned(ua, ub) > 0 ? ua : ub;
            case VUMIN -> (a, b, ua, ub, w) -> Long.compareUnsigned(ua, ub) < 0 ? ua : ub;
            case VSHADD -> (a, b, ua, ub, w) -> half(big(a).add(big(b)));
            case VSRHADD -> (a, b, ua, ub, w) -> half(big(a).add(big(b)).add(big(1)));
            case VSHSUB -> (a, b, ua, ub, w) -> half(big(a).subtract(big(b)));
            case VUHADD -> (a, b, ua, ub, w) -> half(unsignedBig(ua).add(unsignedBig(ub)));
            case VURHADD ->
                (a, b, ua, ub, w) -> half(unsignedBig(ua).add(unsignedBig(ub)).add(big(1)));
            case VUHSUB -> (a, b, ua, ub, w) -> half(unsignedBig(ua).subtract(unsignedBig(ub)));
            case VCLZ -> (a, b, ua, ub, w) -> Long.numberOfLeadingZeros(ua) - (64 - w);
            default -> (a, b, ua, ub, w) -> Long.numberOfLeadingZeros(a ^ a >> 63) - 1 - (64 - w);
        };
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static BigInteger unsignedBig(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static long half(BigInteger value) {
        return value.shiftRight(1).longValue();
    }

    @ParameterizedTest
    @EnumSource(names = {"VSHLI", "VSHRI", "VSARI", "VRSHRI", "VRSARI"})
    void shiftsByImmediate(Opcode op) {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < ROUNDS; i++) {
            long a = operand(random);
            for (int element = 0; element < 4; element++) {
                int width = Lanes.width(element);
                int count = op == Opcode.VSHLI ? random.nextInt(width) : random.nextInt(1, width + 1);
                boolean signed = op == Opcode.VSARI || op == Opcode.VRSARI;
                boolean rounding = op == Opcode.VRSHRI || op == Opcode.VRSARI;
                long expected = 0;
                for (int lane = 0; lane < Lanes.count(element); lane++) {
                    BigInteger value = signed
                            ? big(Lanes.signed(a, lane, element))
                            : unsignedBig(Lanes.unsigned(a, lane, element));
                    BigInteger result = op == Opcode.VSHLI
                            ? value.shiftLeft(count)
                            : value.add(rounding ? big(1).shiftLeft(count - 1) : big(0))
                                    .shiftRight(count);
                    expected |= Lanes.place(result.longValue(), lane, element);
                }
                check(op, element, expected, a, count);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VZIP1", "VZIP2", "VUZP1", "VUZP2", "VTRN1", "VTRN2", "VSXTL", "VUXTL"})
    void permutations(Opcode op) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < ROUNDS; i++) {
            long a = operand(random);
            long b = operand(random);
            for (int element = 0; element < 3; element++) {
                int count = Lanes.count(element);
                long expected = 0;
                for (int lane = 0; lane < count; lane++) {
                    int position = lane / 2;
                    int odd = lane % 2;
                    expected |= switch (op) {
                        case VZIP1 -> Lanes.place(lane(odd == 0 ? a : b, position, element), lane, element);
                        case VZIP2 -> Lanes.place(lane(odd == 0 ? a : b, count / 2 + position, element), lane, element);
                        case VUZP1, VUZP2 -> {
                            long source = lane < count / 2 ? a : b;
                            int from = lane % (count / 2) * 2 + (op == Opcode.VUZP2 ? 1 : 0);
                            yield Lanes.place(lane(source, from, element), lane, element);
                        }
                        case VTRN1 -> Lanes.place(lane(odd == 0 ? a : b, 2 * position, element), lane, element);
                        case VTRN2 -> Lanes.place(lane(odd == 0 ? a : b, 2 * position + 1, element), lane, element);
                        case VSXTL ->
                            odd == 1 ? 0 : Lanes.place(Lanes.signed(a, position, element), position, element + 1);
                        default -> odd == 1 ? 0 : Lanes.place(lane(a, position, element), position, element + 1);
                    };
                }
                check(op, element, expected, a, b);
            }
        }
    }

    private static long lane(long vector, int lane, int element) {
        return Lanes.unsigned(vector, lane, element);
    }

    private static void check(Opcode op, int element, long expected, long a, long b) {
        long actual = Evaluator.evaluate(op, Type.I64, a, b, 0, 0, element, 0);
        assertEquals(
                Long.toHexString(expected),
                Long.toHexString(actual),
                () -> op + " element " + element + " " + Long.toHexString(a) + " " + Long.toHexString(b));
    }

    /// Random bytes, many of them at the ends of the signed and unsigned ranges.
    private static long operand(SplittableRandom random) {
        long result = random.nextLong();
        long special = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Bits.replicate(0x80, 8);
            case 3 -> Bits.replicate(0x7f, 8);
            default -> 1L << 63;
        };
        long bytes = Bits.replicate(0xff, 8 << random.nextInt(4));
        long mask = random.nextLong();
        long choice = random.nextLong() & mask; // a quarter of the bits
        return random.nextBoolean() ? (result & ~choice) | (special & choice & bytes) : special ^ (result & 1);
    }
}
