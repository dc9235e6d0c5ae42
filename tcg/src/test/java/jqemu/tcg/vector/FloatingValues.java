package jqemu.tcg.vector;

import java.util.SplittableRandom;
import jqemu.tcg.ir.Bits;

/// Random 64-bit halves of vector registers that meet the corners of floating-point and lane arithmetic.
final class FloatingValues {
    private FloatingValues() {}

    /// Lanes of bytes, halfs, singles or a double.
    static long half(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1, 2 -> lane(random, 8, 23) | lane(random, 8, 23) << 32;
            case 3, 4 -> lane(random, 11, 52);
            case 5, 6 -> halfwords(random);
            default -> bytes(random);
        };
    }

    private static long halfwords(SplittableRandom random) {
        return lane(random, 5, 10) | lane(random, 5, 10) << 16 | lane(random, 5, 10) << 32 | lane(random, 5, 10) << 48;
    }

    private static long lane(SplittableRandom random, int exponentBits, int fractionBits) {
        long any = random.nextLong();
        long sign = (any >>> 63) << exponentBits + fractionBits;
        long fraction = any & Bits.mask(fractionBits);
        long special = Bits.mask(exponentBits);
        long bias = special >>> 1;
        return switch (random.nextInt(8)) {
            case 0 -> sign;
            case 1 -> sign | special << fractionBits;
            case 2 -> sign | special << fractionBits | fraction;
            case 3 -> sign | fraction;
            case 4 -> sign | bias << fractionBits | fraction;
            case 5 -> sign | random.nextLong(special) << fractionBits | fraction & 3;
            case 6 -> sign | bias + random.nextInt(-4, 5) << fractionBits | fraction & -1L << fractionBits / 2;
            default -> sign | random.nextLong(special) << fractionBits | fraction;
        };
    }

    private static long bytes(SplittableRandom random) {
        long result = 0;
        for (int i = 0; i < 8; i++) {
            int value = switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> 0xff;
                case 2 -> 0x80;
                case 3 -> 0x7f;
                default -> random.nextInt(256);
            };
            result = result << 8 | value;
        }
        return result;
    }
}
