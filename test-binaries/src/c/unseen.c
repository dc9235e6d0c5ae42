/* Accesses whose effect nobody sees, in code that has become hot: each must still find out that memory is bad. No handler
   is installed, so the program dies by SIGSEGV. */
#include "ctest.h"

#include <string.h>
#include <sys/mman.h>

#define PAGE 4096
#define NOINLINE __attribute__((noinline))

static volatile uint64_t sink;

/* Stores what is there, and nothing in `to`. */
static NOINLINE void same(volatile uint64_t *from, volatile uint64_t *to) {
    *from = *from;
    (void) to;
}

/* Loads what a second store makes needless. */
static NOINLINE void overwritten(volatile uint64_t *from, volatile uint64_t *to) {
    *to = *from;
    *to = 0;
}

/* Loads what is not used at all. */
static NOINLINE void unused(volatile uint64_t *from, volatile uint64_t *to) {
    (void) *from;
    *to = 1;
}

/* Loads a byte for a comparison that can have one outcome only. */
static NOINLINE void decided(volatile uint64_t *from, volatile uint64_t *to) {
    uint64_t byte;
    __asm__ volatile("ldrb %w0, [%1]\n\tcmp %w0, #256\n\tb.hs 1f\n\tmov %0, #1\n1:" : "=&r"(byte) : "r"(from) : "cc");
    *to = byte;
}

int test_unseen(int argc, char **argv) {
    char *memory = mmap(0, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uint64_t *good = (uint64_t *) memory, *readable = (uint64_t *) (memory + PAGE);
    uint64_t *none = mmap(0, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(readable, PAGE, PROT_READ);
    int is_same = argc > 1 && strcmp(argv[1], "same") == 0;
    void (*access)(volatile uint64_t *, volatile uint64_t *) = is_same ? same
        : argc > 1 && strcmp(argv[1], "overwritten") == 0              ? overwritten
        : argc > 1 && strcmp(argv[1], "decided") == 0                  ? decided
                                                                       : unused;
    for (int i = 0; i < 300; i++) {
        for (int j = 0; j < 100000; j++) access(good, good);
    }
    puts("hot");
    fflush(stdout);
    access(is_same ? readable : none, is_same ? readable : good);
    puts("survived");
    return 0;
}
