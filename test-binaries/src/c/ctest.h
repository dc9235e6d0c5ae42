/* The C tests: one program, `ctest TEST [ARGUMENT...]`. Each test is a function in the file of its name; it prints what
 * it finds, so that a difference from the expected output names what went wrong, and returns the exit status.
 * The output must be the same with every C library and on every machine: no addresses, times, users or inode numbers.
 */
#ifndef CTEST_H
#define CTEST_H

#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>

#define TESTS(T)                                                                                                       \
    T(alarm) T(altstack) T(args) T(atomics) T(badptr) T(convert) T(coroutines) T(delays) T(endings) T(env) T(events)   \
    T(faults) T(faultstorm) T(fenv) T(files) T(integers) T(irreducible) T(jit) T(jump) T(litmus) T(malloc) T(math)     \
    T(printf) T(processes) T(repair) T(self) T(shared) T(signals) T(sockets) T(sort) T(stacks) T(stdio) T(string)      \
    T(terminal) T(threads) T(time) T(ucontext) T(unseen) T(vectors) T(workload)

#define DECLARE(name) int test_##name(int argc, char **argv);
TESTS(DECLARE)

/* A small generator of numbers: the same everywhere, unlike rand(). */
static inline uint32_t next_number(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Adds to a checksum (FNV-1a over the bytes of the number). */
static inline uint64_t checksum(uint64_t sum, uint64_t value) {
    for (int i = 0; i < 8; i++, value >>= 8) sum = (sum ^ (value & 0xff)) * 0x100000001b3u;
    return sum;
}

#endif
