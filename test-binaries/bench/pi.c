/* 1,500 digits of pi in big integers (base 10^9) by Machin's formula, then their square by school multiplication:
 * 64-bit multiplication and division. Size: how often, each time from a slightly different precision.
 */
#include "bench.h"

enum { BASE = 1000000000, MOST = 200 };
typedef uint32_t number[MOST]; /* the whole part first */

/* to = from / by; whether anything but zero is left. */
static NOINLINE int divide(uint32_t *to, const uint32_t *from, int words, uint32_t by) {
    uint64_t rest = 0;
    uint32_t any = 0;
    for (int i = 0; i < words; i++) {
        rest = rest * BASE + from[i];
        to[i] = (uint32_t)(rest / by);
        any |= to[i];
        rest %= by;
    }
    return any != 0;
}

static NOINLINE void add(uint32_t *to, const uint32_t *other, int words) {
    uint32_t carry = 0;
    for (int i = words - 1; i >= 0; i--) {
        uint32_t sum = to[i] + other[i] + carry;
        carry = sum >= BASE;
        to[i] = carry ? sum - BASE : sum;
    }
}

static NOINLINE void subtract(uint32_t *to, const uint32_t *other, int words) {
    uint32_t borrow = 0;
    for (int i = words - 1; i >= 0; i--) {
        uint32_t taken = other[i] + borrow;
        borrow = to[i] < taken;
        to[i] = to[i] - taken + (borrow ? BASE : 0);
    }
}

static void multiply_small(uint32_t *to, int words, uint32_t by) {
    uint64_t carry = 0;
    for (int i = words - 1; i >= 0; i--) {
        carry += (uint64_t)to[i] * by;
        to[i] = (uint32_t)(carry % BASE);
        carry /= BASE;
    }
}

/* to = factor * arctan(1/x), by the series. */
static void arctan(uint32_t *to, int words, uint32_t factor, uint32_t x) {
    static number power, term;
    memset(power, 0, sizeof power);
    memset(to, 0, sizeof(number));
    power[0] = factor;
    divide(power, power, words, x);
    add(to, power, words);
    for (uint32_t n = 3, minus = 1; divide(power, power, words, x * x); n += 2, minus ^= 1) {
        divide(term, power, words, n);
        (minus ? subtract : add)(to, term, words);
    }
}

/* Checksum of the square, all words of it. */
static NOINLINE uint64_t square(const uint32_t *a, int words) {
    static uint32_t product[2 * MOST];
    memset(product, 0, sizeof product);
    for (int i = words - 1; i >= 0; i--) {
        uint64_t carry = 0;
        for (int j = words - 1; j >= 0; j--) {
            carry += (uint64_t)a[i] * a[j] + product[i + j + 1];
            product[i + j + 1] = (uint32_t)(carry % BASE);
            carry /= BASE;
        }
        product[i] = (uint32_t)carry;
    }
    uint64_t sum = 0;
    for (int i = 0; i < 2 * words; i++) sum = mix(sum, product[i]);
    return sum;
}

uint64_t run(long size) {
    static number first, second;
    uint64_t sum = 0;
    for (long i = 0; i < size; i++) {
        int words = 166 + (int)(i & 7);
        arctan(first, words, 4, 5);
        arctan(second, words, 1, 239);
        subtract(first, second, words);
        multiply_small(first, words, 4);
        if (first[0] != 3 || first[1] != 141592653 || first[2] != 589793238) return 0;
        for (int j = 0; j < words - 2; j++) sum = mix(sum, first[j]);
        sum = mix(sum, square(first, words));
    }
    return sum;
}
