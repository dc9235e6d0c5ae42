package jqemu.tcg.ir;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Operands for tests of pure ops: the corners, and random values of all magnitudes.
final class Operands {
    private static final int RANDOM_PAIRS = 5_000;
    private static final long[] CORNERS = {
        0,
        1,
        2,
        3,
        7,
        31,
        32,
        33,
        63,
        64,
        127,
        128,
        255,
        0x7fff,
        0x8000,
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -1,
        -2,
        0x5555_5555_5555_5555L
    };

    private Operands() {}

    /// Pairs of values that obey the invariant of `type`; the same ones in every run.
    static List<long[]> pairs(Type type) {
        List<long[]> pairs = new ArrayList<>();
        for (long a : CORNERS) {
            for (long b : CORNERS) {
                pairs.add(new long[] {type.truncate(a), type.truncate(b)});
            }
        }
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < RANDOM_PAIRS; i++) {
            long a = random.nextLong() >> random.nextInt(64);
            long b = random.nextLong() >> random.nextInt(64);
            pairs.add(new long[] {type.truncate(a), type.truncate(b)});
        }
        return pairs;
    }

    static BigInteger unsigned(long value, int bits) {
        return BigInteger.valueOf(value).mod(BigInteger.TWO.pow(bits));
    }

    static BigInteger signed(long value, int bits) {
        BigInteger unsigned = unsigned(value, bits);
        return unsigned.testBit(bits - 1) ? unsigned.subtract(BigInteger.TWO.pow(bits)) : unsigned;
    }
}
