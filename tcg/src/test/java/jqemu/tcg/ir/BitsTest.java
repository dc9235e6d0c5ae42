package jqemu.tcg.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// [Bits] against models that look at one bit at a time.
class BitsTest {
    private static final int ROUNDS = 20_000;

    private final SplittableRandom random = new SplittableRandom(2);

    private static long bitwiseField(long value, int position, int length, boolean signed) {
        long result = 0;
        for (int i = 0; i < 64; i++) {
            int from = i < length ? i : signed ? length - 1 : -1;
            if (from >= 0) {
                result |= (value >>> (position + from) & 1) << i;
            }
        }
        return result;
    }

    @Test
    void fieldsAreTakenBitByBit() {
        for (int round = 0; round < ROUNDS; round++) {
            long value = random.nextLong();
            int position = random.nextInt(64);
            int length = 1 + random.nextInt(64 - position);
            assertEquals(bitwiseField(value, position, length, false), Bits.extract(value, position, length));
            assertEquals(bitwiseField(value, position, length, true), Bits.signExtract(value, position, length));
            assertEquals(bitwiseField(value, 0, length, true), Bits.signExtend(value, length));
            assertEquals(bitwiseField(value, position, 1, false), Bits.bit(value, position));
        }
    }

    @Test
    void fieldsOfInstructionWords() {
        assertEquals(0x12, Bits.field(0xabcd1234, 8, 8));
        assertEquals(0x15, Bits.field(0xabcd1234, 27, 5));
        assertEquals(0x55e6891a, Bits.field(0xabcd1234, 1, 31));
    }

    @Test
    void depositKeepsWhatIsAroundTheField() {
        for (int round = 0; round < ROUNDS; round++) {
            long base = random.nextLong();
            long field = random.nextLong();
            int position = random.nextInt(64);
            int length = 1 + random.nextInt(64 - position);
            long expected = 0;
            for (int i = 0; i < 64; i++) {
                boolean inside = i >= position && i < position + length;
                expected |= (inside ? field >>> (i - position) & 1 : base >>> i & 1) << i;
            }
            assertEquals(expected, Bits.deposit(base, position, length, field));
        }
    }

    @Test
    void masks() {
        assertEquals(0, Bits.mask(0));
        assertEquals(1, Bits.mask(1));
        assertEquals(0xffff_ffffL, Bits.mask(32));
        assertEquals(Long.MAX_VALUE, Bits.mask(63));
        assertEquals(-1, Bits.mask(64));
    }

    @Test
    void replicationRepeatsTheLowBits() {
        for (int size = 1; size <= 64; size *= 2) {
            long value = random.nextLong();
            long replicated = Bits.replicate(value, size);
            for (int i = 0; i < 64; i++) {
                assertEquals(value >>> (i % size) & 1, replicated >>> i & 1, size + ":" + i);
            }
        }
    }

    @Test
    void rotationWithinTheLowBits() {
        for (int round = 0; round < ROUNDS; round++) {
            int size = 1 + random.nextInt(64);
            int amount = random.nextInt(size);
            long value = random.nextLong();
            long expected = 0;
            for (int i = 0; i < size; i++) {
                expected |= (value >>> (i + amount) % size & 1) << i;
            }
            assertEquals(expected, Bits.rotateRight(value, amount, size), size + ":" + amount);
        }
    }
}
