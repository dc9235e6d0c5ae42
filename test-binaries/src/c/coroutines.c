/* Coroutines that end, that are given up in the middle of deep calls, or that are left by longjmp, while new ones take
   their stacks.

   ctest coroutines [PART [PERCENT]]; steps.h says what is printed. */
#include "contexts.h"
#include "ctest.h"
#include "steps.h"

#include <setjmp.h>
#include <sys/mman.h>

#define COROUTINES 100
#define STACK_SIZE ((size_t) 64 << 10)
#define DEEPEST 500
#define LONGEST_LIFE 16

static char *stacks;

static char *stack_top(long slot) { return stacks + (slot + 1) * STACK_SIZE; }

/* What a coroutine computes is a sequence of numbers, of which it yields one after the other. */
static uint64_t next_value(uint64_t value, uint64_t depth) { return mix(value, depth) + depth; }

typedef struct {
    void *sp;
    uint64_t seed, value, random;
    long yields, life;
    int ends;
} coroutine;

static coroutine coroutines[COROUTINES];
static void *resumer;

static void yield(coroutine *own) { switch_context(&own->sp, resumer); }

static void resume(coroutine *one) { switch_context(&resumer, one->sp); }

/* --- endings --- */

/* Yields at several depths: on the way down, at the bottom, on the way up. */
OUT_OF_LINE static uint64_t wander(coroutine *own, long depth, uint64_t value) {
    if (depth == 0 || depth % 64 == 63) {
        value = own->value = next_value(value, (uint64_t) depth);
        yield(own);
    }
    if (depth == 0) return value;
    value = wander(own, depth - 1, value);
    if (depth % 64 == 31) {
        value = own->value = next_value(value, (uint64_t) depth);
        yield(own);
    }
    UNKNOWN(value);
    return value;
}

static void live(coroutine *own) {
    uint64_t value = own->seed;
    do value = wander(own, next_number(&own->random) % DEEPEST, value);
    while (!own->ends);
    own->yields = -1;
    for (;;) yield(own);
}

static void replace(long slot, uint64_t *random) {
    coroutine *new = &coroutines[slot];
    new->seed = new->value = *random;
    new->random = next_number(random);
    new->yields = 0;
    new->life = 1 + next_number(random) % LONGEST_LIFE;
    new->ends = next_number(random) % 2;
    new->sp = new_context(stack_top(slot), live, new);
}

/* What the last value after so many yields must be, or for a coroutine that has ended (-1) after all of them. */
static uint64_t expected_value(uint64_t seed, uint64_t random, long yields) {
    uint64_t value = seed;
    while (yields != 0) {
        long deepest = next_number(&random) % DEEPEST;
        for (long depth = deepest; depth >= 0 && yields != 0; depth--) {
            if (depth != 0 && depth % 64 != 63) continue;
            value = next_value(value, (uint64_t) depth);
            yields--;
        }
        for (long depth = 1; depth <= deepest && yields != 0; depth++) {
            if (depth % 64 != 31) continue;
            value = next_value(value, (uint64_t) depth);
            yields--;
        }
        if (yields < 0) break;
    }
    return value;
}

/* Enters one at random, and puts a new one in its place when it has ended or lived long enough. */
static long endings(long number) {
    static uint64_t random = 1;
    static uint64_t seeds[COROUTINES];
    long right = 0;
    while (number > 0) {
        long slot = next_number(&random) % COROUTINES;
        coroutine *one = &coroutines[slot];
        if (one->sp == NULL) {
            replace(slot, &random);
            seeds[slot] = one->random;
        }
        one->yields++;
        resume(one);
        int over = one->yields < 0;
        if (!over && one->yields < one->life) continue;
        right += one->value == expected_value(one->seed, seeds[slot], over ? -1 : one->yields);
        number--;
        one->sp = NULL;
    }
    return right;
}

/* --- longjmp between stacks --- */

static jmp_buf outside;
static volatile uint64_t bottom;

OUT_OF_LINE static uint64_t jump_from(long depth, uint64_t value) {
    if (depth < 0) return 0; /* never */
    if (depth == 0) {
        bottom = value;
        longjmp(outside, 1);
    }
    return jump_from(depth - 1, mix(value, (uint64_t) depth)) + 1;
}

static void jump_away(void *argument) { jump_from((long) argument, 7); }

static long jumps(long number) {
    volatile long right = 0;
    for (volatile long i = 0; i < number; i++) {
        long depth = i % DEEPEST + 1;
        void *here;
        if (setjmp(outside) == 0) switch_context(&here, new_context(stack_top(i % COROUTINES), jump_away, (void *) depth));
        uint64_t expected = 7;
        for (long level = i % DEEPEST + 1; level > 0; level--) expected = mix(expected, (uint64_t) level);
        right += bottom == expected;
    }
    return right;
}

int test_coroutines(int argc, char **argv) {
    choose_parts(argc, argv);
    stacks = new_stack(COROUTINES * STACK_SIZE);
    part("given up or ended", endings, 20000);
    part("left by longjmp", jumps, 10000);
    munmap(stacks, COROUTINES * STACK_SIZE);
    return 0;
}
