/* Sieve of Eratosthenes, one byte a number: byte stores with a stride. Size: how often the primes below a million are found. */
#include "bench.h"

enum { LIMIT = 1000000 };
static uint8_t composite[LIMIT];

static NOINLINE uint32_t count_primes(uint32_t limit) {
    memset(composite, 0, limit);
    uint32_t count = 0;
    for (uint32_t i = 2; i < limit; i++) {
        if (composite[i]) continue;
        count++;
        for (uint64_t j = (uint64_t)i * i; j < limit; j += i) composite[j] = 1;
    }
    return count;
}

uint64_t run(long size) {
    uint64_t sum = 0;
    for (long i = 0; i < size; i++) sum = mix(sum, count_primes((uint32_t)(LIMIT - i % 1000)));
    return sum;
}
