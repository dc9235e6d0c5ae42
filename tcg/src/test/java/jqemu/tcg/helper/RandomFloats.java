package jqemu.tcg.helper;

import java.util.SplittableRandom;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;

/// Random operands that meet the corners: few significant bits, near exponents, zeros, denormals, infinities, NaNs.
final class RandomFloats {
    private RandomFloats() {}

    static long next(SplittableRandom random, FloatFormat format) {
        long sign = random.nextBoolean() ? format.signBit() : 0;
        long any = random.nextLong() & Bits.mask(format.width());
        return switch (random.nextInt(8)) {
            case 0 -> any;
            case 1 -> sign | special(random, format);
            case 2 -> sign | (any & Bits.mask(format.fractionBits() + 1));
            case 3 -> any & ~Bits.mask(format.fractionBits() - random.nextInt(4));
            default -> sign | nearOne(random, format, any);
        };
    }

    private static long special(SplittableRandom random, FloatFormat format) {
        long nudge = random.nextLong(-1, 2);
        return switch (random.nextInt(5)) {
                            case 0 -> 0;
                            case 1 -> 1L << format.fractionBits();
                            case 2 -> format.infinity(false);
                            case 3 -> format.defaultNan();
                            default -> format.normal(false, random.nextInt(-4, 4), 0);
                        }
                        + nudge
                & format.signBit() - 1;
    }

    private static long nearOne(SplittableRandom random, FloatFormat format, long any) {
        long exponent = random.nextLong(-10, 10) + format.bias();
        long fraction = format.fraction(any) & -1L << random.nextInt(format.fractionBits());
        return exponent << format.fractionBits() | fraction;
    }

    /// A vCPU with random FPCR, the default one in half of the cases, and IXC set in half.
    static CpuState state(SplittableRandom random) {
        CpuState env = new CpuState(0);
        if (random.nextBoolean()) {
            long modes = FpStatus.FZ | FpStatus.DN | FpStatus.FZ16 | FpStatus.AHP | 3L << 22;
            env.set(Slot.FPCR, random.nextLong() & modes);
        }
        if (random.nextBoolean()) {
            env.set(Slot.FPSR, FpStatus.IXC);
        }
        return env;
    }
}
