package jqemu.tcg.ir;

/// Dot products of bfloat16 numbers, after the manual's `BFDotAdd` without the extended behaviours (FPCR.EBF is 0).
///
/// They look neither at FPCR nor raise flags: rounding is to odd, subnormal numbers count as zero on the way in and
/// out, every NaN becomes the default NaN, and a result too large for a single is infinite.
final class Bfloat16 {
    private static final int WIDTH = 16;
    private static final int DEFAULT_NAN = 0x7fc00000;

    private Bfloat16() {}

    /// Two single lanes of `sums`, each plus the products of the two bfloat16 lanes of `a` and `b` at its place.
    static long dotProducts(long a, long b, long sums) {
        long low = dotProduct((int) a, (int) b, (int) sums);
        long high = dotProduct((int) (a >>> 32), (int) (b >>> 32), (int) (sums >>> 32));
        return low | high << 32;
    }

    private static long dotProduct(int a, int b, int sum) {
        float first = product(a << WIDTH, b << WIDTH);
        float second = product(a >>> WIDTH << WIDTH, b >>> WIDTH << WIDTH);
        float products = add(first, second);
        float result = add(flush(Float.intBitsToFloat(sum)), products);
        return Bits.low32(Float.isNaN(result) ? DEFAULT_NAN : Float.floatToRawIntBits(result));
    }

    private static float flush(float value) {
        return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
    }

    /// The product of two singles whose significands have eight bits, which is exact unless it is out of range.
    private static float product(int a, int b) {
        return flush(flush(Float.intBitsToFloat(a)) * flush(Float.intBitsToFloat(b)));
    }

    /// `a + b` rounded to odd: an inexact result is the neighbour with an odd significand.
    private static float add(float a, float b) {
        double x = a;
        double y = b;
        double sum = x + y;
        if (Double.isNaN(sum) || Double.isInfinite(sum)) {
            return (float) sum;
        }
        // Knuth's TwoSum; rounding to odd twice is rounding to odd once
        double other = sum - x;
        double error = (x - (sum - other)) + (y - other);
        boolean even = (Double.doubleToRawLongBits(sum) & 1) == 0;
        if (error != 0 && even) {
            sum = error > 0 ? Math.nextUp(sum) : Math.nextDown(sum);
        }
        return narrow(sum);
    }

    private static float narrow(double value) {
        if (Math.abs(value) < Float.MIN_NORMAL) {
            return Math.copySign(0f, (float) value);
        }
        if (Math.abs(value) >= 0x1p128) {
            return Math.copySign(Float.POSITIVE_INFINITY, (float) value);
        }
        float nearest = (float) value;
        if (nearest == value) {
            return nearest;
        }
        int bits = Float.floatToRawIntBits(nearest);
        // one step down in the magnitude truncates what was rounded up
        int truncated = Math.abs((double) nearest) > Math.abs(value) ? bits - 1 : bits;
        return Float.intBitsToFloat(truncated | 1);
    }
}
