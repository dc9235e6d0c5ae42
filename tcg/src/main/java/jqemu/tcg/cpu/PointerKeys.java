package jqemu.tcg.cpu;

import java.util.SplittableRandom;

/// The five 128-bit keys of pointer authentication and the algorithm that uses them. Immutable; threads share them, a
/// new program gets new ones.
public final class PointerKeys {
    /// Instruction key A; [#IB], [#DA] and [#DB] follow as instructions encode them (`data << 1 | b`).
    public static final int IA = 0;
    /// Instruction key B.
    public static final int IB = 1;
    /// Data key A.
    public static final int DA = 2;
    /// Data key B.
    public static final int DB = 3;
    /// The key of `PACGA`.
    public static final int GA = 4;

    private static final int COUNT = 5;

    /// Keys of zeros, of a CPU without pointer authentication.
    public static final PointerKeys NONE = new PointerKeys(new long[2 * COUNT], false);

    private final long[] words;
    private final boolean qarma5;

    private PointerKeys(long[] words, boolean qarma5) {
        this.words = words;
        this.qarma5 = qarma5;
    }

    /// Keys for `cpu`, the same ones for the same seed.
    public static PointerKeys of(CpuModel cpu, long seed) {
        if (!cpu.has(Feature.PAUTH)) {
            return NONE;
        }
        var random = new SplittableRandom(seed);
        var words = new long[2 * COUNT];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.nextLong();
        }
        return new PointerKeys(words, cpu.has(Feature.PAUTH_QARMA5));
    }

    /// Bits 127 to 64 of `key`.
    public long high(int key) {
        return words[2 * key];
    }

    /// Bits 63 to 0 of `key`.
    public long low(int key) {
        return words[2 * key + 1];
    }

    /// Whether the algorithm is QARMA5, not our own.
    public boolean isQarma5() {
        return qarma5;
    }
}
