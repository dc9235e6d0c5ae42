/* Recursive Fibonacci numbers: nothing but calls and returns. Size: how often fib(27) is computed. */
#include "bench.h"

static NOINLINE uint64_t fib(unsigned n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

uint64_t run(long size) {
    uint64_t sum = 0;
    for (long i = 0; i < size; i++) sum = mix(sum, fib(27 - (i & 1)));
    return sum;
}
