/* What the benchmark programs share: `PROGRAM [SIZE]` does an amount of work that is proportional to SIZE and prints one
 * line with a checksum, which is the same for every architecture. Each source defines `run`.
 */
#ifndef BENCH_H
#define BENCH_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOINLINE __attribute__((noinline))

/* Does the work and returns its checksum; size is at least 1. */
uint64_t run(long size);

/* A small generator of numbers: the same everywhere, unlike rand(). */
static inline uint32_t next_number(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Adds a number to a checksum (a multiplication and a rotation for each). */
static inline uint64_t mix(uint64_t sum, uint64_t value) {
    sum = (sum ^ value) * 0x9e3779b97f4a7c15u;
    return sum << 29 | sum >> 35;
}

static inline void *allocate(size_t bytes) {
    void *memory = malloc(bytes);
    if (memory == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return memory;
}

int main(int argc, char **argv) {
    long size = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
    if (size < 1) {
        fprintf(stderr, "usage: %s [SIZE]\n", argv[0]);
        return 2;
    }
    printf("%016" PRIx64 "\n", run(size));
    return 0;
}

#endif
