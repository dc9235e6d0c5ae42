/* makecontext and swapcontext, which save the signal mask too: a system call each time. musl does not have them.

   ctest ucontext [PART [PERCENT]]; steps.h says what is printed. */
#include "ctest.h"

#ifdef __GLIBC__
#include "contexts.h"
#include "steps.h"

#include <sys/mman.h>
#include <ucontext.h>

#define CONTEXTS 100
#define STACK_SIZE ((size_t) 64 << 10)

static char *stacks;
static ucontext_t scheduler, ring[CONTEXTS];
static uint64_t sums[CONTEXTS];
static long left;

OUT_OF_LINE static long pass_on(int own, long depth) {
    if (depth > 0) {
        long below = pass_on(own, depth - 1);
        UNKNOWN(below);
        return below + 1;
    }
    swapcontext(&ring[own], left-- > 0 ? &ring[(own + 1) % CONTEXTS] : &scheduler);
    return 0;
}

static void run(int own, int second) {
    for (uint64_t count = 0;; count++) {
        sums[own] = mix(sums[own], count + (uint64_t) second);
        if (pass_on(own, own) != own) sums[own] = 0;
    }
}

static long contexts(long switches) {
    long right = 0;
    for (int i = 0; i < CONTEXTS; i++) {
        getcontext(&ring[i]);
        ring[i].uc_stack.ss_sp = stacks + i * STACK_SIZE;
        ring[i].uc_stack.ss_size = STACK_SIZE;
        ring[i].uc_link = NULL;
        makecontext(&ring[i], (void (*)(void)) run, 2, i, 2 * i);
        sums[i] = (uint64_t) i;
    }
    left = switches - 1;
    swapcontext(&scheduler, &ring[0]);
    for (int i = 0; i < CONTEXTS; i++) {
        uint64_t sum = (uint64_t) i;
        for (long count = 0; count < switches / CONTEXTS; count++) sum = mix(sum, (uint64_t) (count + 2 * i));
        if (sums[i] == sum) right += switches / CONTEXTS;
    }
    return right;
}

static void add(int one, int two, int three) { sums[0] += (uint64_t) (one + 10 * two + 100 * three); }

/* Contexts that end, on to the one that is linked. */
static long links(long number) {
    sums[0] = 0;
    for (long i = 0; i < number; i++) {
        getcontext(&ring[0]);
        ring[0].uc_stack.ss_sp = stacks;
        ring[0].uc_stack.ss_size = STACK_SIZE;
        ring[0].uc_link = &scheduler;
        makecontext(&ring[0], (void (*)(void)) add, 3, 1, 2, 3);
        swapcontext(&scheduler, &ring[0]);
    }
    return (long) sums[0] / 321;
}

int test_ucontext(int argc, char **argv) {
    choose_parts(argc, argv);
    stacks = new_stack(CONTEXTS * STACK_SIZE);
    part("makecontext and swapcontext", contexts, 100000);
    part("makecontext and uc_link", links, 10000);
    munmap(stacks, CONTEXTS * STACK_SIZE);
    return 0;
}
#else
int test_ucontext(int argc, char **argv) {
    (void) argc;
    (void) argv;
    puts("no makecontext");
    return 1;
}
#endif
