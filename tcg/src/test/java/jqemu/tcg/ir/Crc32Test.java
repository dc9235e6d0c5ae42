package jqemu.tcg.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.api.Test;

/// [Crc32] against the published check values and the class library.
class Crc32Test {
    private static final int CASTAGNOLI = 16;

    /// The customary CRC: the instruction's, with the value inverted before and after.
    private static long crc(byte[] data, int flag) {
        long crc = 0xffff_ffffL;
        for (byte b : data) {
            crc = Crc32.update(crc, b, 1 | flag);
        }
        return ~crc & 0xffff_ffffL;
    }

    @Test
    void checkValues() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0xcbf43926L, crc(digits, 0));
        assertEquals(0xe3069283L, crc(digits, CASTAGNOLI));
    }

    @Test
    void agreesWithTheClassLibrary() {
        SplittableRandom random = new SplittableRandom(3);
        for (int length = 0; length < 200; length++) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            assertEquals(library(new CRC32(), data), crc(data, 0));
            assertEquals(library(new CRC32C(), data), crc(data, CASTAGNOLI));
        }
    }

    private static long library(Checksum checksum, byte[] data) {
        checksum.update(data);
        return checksum.getValue();
    }

    @Test
    void wideUpdatesTakeTheLowByteFirst() {
        long data = 0x0123_4567_89ab_cdefL;
        for (int bytes = 1; bytes <= 8; bytes *= 2) {
            long expected = 0x1234_5678L;
            for (int i = 0; i < bytes; i++) {
                expected = Crc32.update(expected, data >>> (8 * i), 1);
            }
            assertEquals(expected, Crc32.update(0x1234_5678L, data, bytes));
        }
    }
}
