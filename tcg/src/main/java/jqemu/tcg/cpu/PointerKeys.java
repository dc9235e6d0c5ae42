package jqemu.tcg.cpu;

import java.util.SplittableRandom;
import jqemu.tcg.ir.Bits;

/// The five 128-bit keys of pointer authentication and the algorithm that uses them. Immutable; a new thread starts
/// with its creator's, a new program gets new ones.
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

    /// All keys, a bit for each number.
    public static final int ALL = (1 << COUNT) - 1;

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
        return new PointerKeys(new long[2 * COUNT], cpu.has(Feature.PAUTH_QARMA5)).renewed(ALL, seed);
    }

    /// The same with new values for some keys.
    ///
    /// @param keys the keys, a bit for each number
    public PointerKeys renewed(int keys, long seed) {
        var random = new SplittableRandom(seed);
        long[] renewed = words.clone();
        for (int i = 0; i < renewed.length; i++) {
            long word = random.nextLong();
            if (Bits.bit(keys, i / 2) != 0) {
                renewed[i] = word;
            }
        }
        return new PointerKeys(renewed, qarma5);
    }

    /// All keys, high word first.
    public long[] words() {
        return words.clone();
    }

    /// The same algorithm with the keys that [#words] gave.
    public PointerKeys withWords(long[] keys) {
        return this == NONE ? this : new PointerKeys(keys.clone(), qarma5);
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
