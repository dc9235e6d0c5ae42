/* Loops that are entered in two places, and blocks that jump among each other as data says: control flow that no nesting of
   loops describes. Hot, so that it is compiled; in assembly, because compilers copy blocks until it is reducible. */
#include "ctest.h"

#define NOINLINE __attribute__((noinline))
#define MIXED "eor %0, %0, %0, lsr #29\n\tmadd %0, %0, %2, %1\n\t"

/* A loop of `count` rounds whose first round begins in the middle if `inside` is not 0. */
static NOINLINE uint64_t two_entries(uint64_t value, uint64_t count, int inside) {
    __asm__ volatile("cbnz %w3, 2f\n"
                     "1:\n\t" MIXED "add %0, %0, #7\n"
                     "2:\n\t"
                     "ror %0, %0, #11\n\t"
                     "subs %1, %1, #1\n\t"
                     "b.ne 1b"
                     : "+r"(value), "+r"(count)
                     : "r"(0x9e3779b97f4a7c15), "r"(inside)
                     : "cc");
    return value;
}

/* Two loops, one in the other; the inner one is entered at its head, in its middle, and from the end of the outer one. */
static NOINLINE uint64_t nested_entries(uint64_t value, uint64_t count) {
    __asm__ volatile("1:\n\t"
                     "tbz %0, #3, 3f\n"
                     "2:\n\t" MIXED "tbz %0, #0, 4f\n"
                     "3:\n\t"
                     "ror %0, %0, #17\n\t"
                     "add %0, %0, #3\n\t"
                     "tbnz %0, #1, 2b\n"
                     "4:\n\t"
                     "subs %1, %1, #1\n\t"
                     "b.eq 5f\n\t"
                     "tbnz %0, #5, 3b\n\t"
                     "b 1b\n"
                     "5:"
                     : "+r"(value), "+r"(count)
                     : "r"(0x9e3779b97f4a7c15)
                     : "cc");
    return value;
}

/* Three blocks, each of which goes on at either of the others. */
static NOINLINE uint64_t triangle(uint64_t value, uint64_t count) {
    __asm__ volatile("1:\n\t" MIXED "subs %1, %1, #1\n\t"
                     "b.eq 4f\n\t"
                     "tbz %0, #40, 3f\n"
                     "2:\n\t"
                     "eor %0, %0, #0xff00\n\t" MIXED "subs %1, %1, #1\n\t"
                     "b.eq 4f\n\t"
                     "tbz %0, #41, 1b\n"
                     "3:\n\t"
                     "ror %0, %0, #5\n\t" MIXED "subs %1, %1, #1\n\t"
                     "b.eq 4f\n\t"
                     "tbz %0, #42, 2b\n\t"
                     "b 1b\n"
                     "4:"
                     : "+r"(value), "+r"(count)
                     : "r"(0x9e3779b97f4a7c15)
                     : "cc");
    return value;
}

int test_irreducible(int argc, char **argv) {
    (void) argc, (void) argv;
    uint64_t entries = 1, nested = 2, blocks = 3;
    for (int i = 0; i < 20000; i++) {
        entries = two_entries(entries, 1 + i % 9, i % 3 == 1);
        nested = nested_entries(nested, 1 + i % 11);
        blocks = triangle(blocks, 1 + i % 13);
    }
    entries = two_entries(entries, 300000, 1);
    nested = nested_entries(nested, 100000);
    blocks = triangle(blocks, 300000);
    printf("%016llx %016llx %016llx\n", (unsigned long long) entries, (unsigned long long) nested,
           (unsigned long long) blocks);
    return 0;
}
