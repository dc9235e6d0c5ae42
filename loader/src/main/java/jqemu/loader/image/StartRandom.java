package jqemu.loader.image;

import java.io.FileInputStream;
import java.io.IOException;

/// Makes the 16 bytes that `AT_RANDOM` points to: libc's stack guard and pointer guard come from them.
public final class StartRandom {
    /// How many bytes the guest gets.
    public static final int SIZE = 16;

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private StartRandom() {}

    /// {@return bytes from the host's random source}
    public static byte[] fresh() throws IOException {
        try (FileInputStream source = new FileInputStream("/dev/urandom")) {
            return source.readNBytes(SIZE);
        }
    }

    /// {@return the same bytes for the same seed}
    ///
    /// They are SplitMix64's, computed here because `java.util.SplittableRandom` loads a dozen
    /// classes. QEMU's generator gives other bytes for its `-seed`.
    ///
    /// @param seed the number that the user gave with `-seed`
    public static byte[] seeded(long seed) {
        byte[] bytes = new byte[SIZE];
        long state = seed;
        for (int i = 0; i < SIZE; i += 8) {
            state += GOLDEN_GAMMA;
            long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            StackImage.putLong(bytes, i, mixed ^ (mixed >>> 31));
        }
        return bytes;
    }
}
