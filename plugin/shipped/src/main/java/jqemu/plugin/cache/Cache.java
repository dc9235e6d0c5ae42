package jqemu.plugin.cache;

import java.util.Arrays;
import java.util.SplittableRandom;
import jqemu.plugin.api.PluginException;

/// A set-associative cache: which blocks of memory are in it, not what they contain.
///
/// Not thread-safe: belongs to a [Core].
final class Cache {
    private static final long NOTHING = -1;

    private final int blockShift;
    private final int associativity;
    private final int setMask;
    private final Eviction eviction;

    /// The block number at each place, set by set.
    private final long[] blocks;

    /// When that place was last used (LRU) or filled (FIFO).
    private final long[] times;

    private final SplittableRandom random = new SplittableRandom(0);
    private long clock;
    private long latest = NOTHING;
    private long misses;

    Cache(Shape shape, Eviction eviction) {
        this.blockShift = Integer.numberOfTrailingZeros(shape.blockSize);
        this.associativity = shape.associativity;
        this.setMask = shape.sets() - 1;
        this.eviction = eviction;
        this.blocks = new long[shape.sets() * associativity];
        this.times = new long[blocks.length];
        Arrays.fill(blocks, NOTHING);
    }

    /// Sizes in bytes.
    record Shape(int size, int blockSize, int associativity) {
        int sets() {
            return size / (blockSize * associativity);
        }

        /// Returns itself.
        Shape check(String name) {
            String problem = "";
            if (size <= 0 || blockSize <= 0 || associativity <= 0) {
                problem = "sizes and associativity must be positive";
            } else if (size % blockSize != 0) {
                problem = "cache size must be divisible by block size";
            } else if ((long) blockSize * associativity > size || size % (blockSize * associativity) != 0) {
                problem = "cache size must be divisible by set size (assoc * block size)";
            } else if (Integer.bitCount(blockSize) != 1 || Integer.bitCount(sets()) != 1) {
                problem = "block size and number of sets must be powers of two";
            }
            if (!problem.isEmpty()) {
                throw new PluginException(name + " cannot be constructed from given parameters: " + problem);
            }
            return this;
        }
    }

    /// Uses the block at an address; returns whether it was there already.
    boolean access(long address) {
        long block = address >>> blockShift;
        // what was used last is the newest of its set, so using it again changes nothing
        return block == latest || find(block);
    }

    private boolean find(long block) {
        latest = block;
        int first = ((int) block & setMask) * associativity;
        for (int place = first; place < first + associativity; place++) {
            if (blocks[place] == block) {
                if (eviction == Eviction.LRU) {
                    times[place] = ++clock;
                }
                return true;
            }
        }
        misses++;
        int place = victim(first);
        blocks[place] = block;
        times[place] = ++clock;
        return false;
    }

    private int victim(int first) {
        int oldest = first;
        for (int place = first; place < first + associativity; place++) {
            if (blocks[place] == NOTHING) {
                return place;
            }
            if (times[place] < times[oldest]) {
                oldest = place;
            }
        }
        return eviction == Eviction.RAND ? first + random.nextInt(associativity) : oldest;
    }

    long misses() {
        return misses;
    }
}
