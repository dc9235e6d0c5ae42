/* Litmus tests: small programs of two to four threads, run on many cells, whose outcomes Arm's memory model allows or
   forbids ("The AArch64 Application Level Memory Model" in the Arm manual). Says how often a forbidden one was seen. Then
   locks and a lock-free stack, whose sums must come out. An argument says how many batches to run. */
#define _GNU_SOURCE
#include "ctest.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

__asm__(".arch armv8.4-a");

#define CELLS 2000
#define THREADS 4
#define LINE 16 /* of 64-bit words: two lines of 64 bytes, so that cells do not share one */

typedef struct {
    uint64_t x[LINE], y[LINE];
    uint64_t result[THREADS][2];
} cell;

typedef struct {
    const char *name;
    int threads;
    void (*code[THREADS])(cell *, uint64_t *result);
    int (*forbidden)(const cell *);
} shape;

static cell cells[CELLS];

#define CODE(name, body, ...)                                                                                          \
    static void name(cell *c, uint64_t *result) {                                                                      \
        uint64_t r0 = 0, r1 = 0, t = 0, one = 1;                                                                       \
        __asm__ volatile(body : "+&r"(r0), "+&r"(r1), "+&r"(t) : "r"(c->x), "r"(c->y), "r"(one) : "memory");           \
        result[0] = r0;                                                                                                \
        result[1] = r1;                                                                                                \
    }
/* in bodies: %0 and %1 what is read, %2 free, %3 and %4 the addresses of x and y, %5 the number 1 */

CODE(sb_release_0, "stlr %5, [%3]\n\tldar %0, [%4]")
CODE(sb_release_1, "stlr %5, [%4]\n\tldar %0, [%3]")
CODE(sb_fence_0, "str %5, [%3]\n\tdmb ish\n\tldr %0, [%4]")
CODE(sb_fence_1, "str %5, [%4]\n\tdmb ish\n\tldr %0, [%3]")
CODE(sb_swap_0, "swpal %5, %2, [%3]\n\tldar %0, [%4]")
CODE(sb_swap_1, "swpal %5, %2, [%4]\n\tldar %0, [%3]")
CODE(mp_write_release, "str %5, [%3]\n\tstlr %5, [%4]")
CODE(mp_read_acquire, "ldar %0, [%4]\n\tldr %1, [%3]")
CODE(mp_read_rcpc, "ldapr %0, [%4]\n\tldr %1, [%3]")
CODE(mp_write_fence, "str %5, [%3]\n\tdmb ishst\n\tstr %5, [%4]")
CODE(mp_read_fence, "ldr %0, [%4]\n\tdmb ishld\n\tldr %1, [%3]")
CODE(mp_read_address, "ldr %0, [%4]\n\teor %2, %0, %0\n\tldr %1, [%3, %2]")
CODE(mp_read_control, "ldr %0, [%4]\n\tcbz %0, 1f\n\tisb\n1:\tldr %1, [%3]")
CODE(lb_data_0, "ldr %0, [%3]\n\teor %2, %0, %0\n\tadd %2, %2, %5\n\tstr %2, [%4]")
CODE(lb_data_1, "ldr %0, [%4]\n\teor %2, %0, %0\n\tadd %2, %2, %5\n\tstr %2, [%3]")
CODE(lb_fence_0, "ldr %0, [%3]\n\tdmb ish\n\tstr %5, [%4]")
CODE(lb_fence_1, "ldr %0, [%4]\n\tdmb ish\n\tstr %5, [%3]")
CODE(lb_release_0, "ldr %0, [%3]\n\tstlr %5, [%4]")
CODE(lb_release_1, "ldr %0, [%4]\n\tstlr %5, [%3]")
CODE(write_x, "str %5, [%3]")
CODE(write_x_twice, "str %5, [%3]\n\tadd %2, %5, %5\n\tstr %2, [%3]")
CODE(read_x_twice, "ldr %0, [%3]\n\tldr %1, [%3]")
CODE(read_x_by_two_names, "mov %2, %3\n\tldr %0, [%2]\n\tldr %1, [%3]")
CODE(read_x_in_two_sizes, "ldr %w0, [%3]\n\tldr %1, [%3]")
CODE(write_then_read_x, "str %5, [%3]\n\tldr %0, [%3]")
CODE(iriw_write_x, "stlr %5, [%3]")
CODE(iriw_write_y, "stlr %5, [%4]")
CODE(iriw_read_xy, "ldar %0, [%3]\n\tldar %1, [%4]")
CODE(iriw_read_yx, "ldar %0, [%4]\n\tldar %1, [%3]")
CODE(iriw_fence_xy, "ldr %0, [%3]\n\tdmb ish\n\tldr %1, [%4]")
CODE(iriw_fence_yx, "ldr %0, [%4]\n\tdmb ish\n\tldr %1, [%3]")

static int both_zero(const cell *c) { return c->result[0][0] == 0 && c->result[1][0] == 0; }
static int both_one(const cell *c) { return c->result[0][0] == 1 && c->result[1][0] == 1; }
static int flag_without_data(const cell *c) { return c->result[1][0] == 1 && c->result[1][1] == 0; }
static int backwards(const cell *c) { return c->result[1][0] > c->result[1][1]; }
static int not_last(const cell *c) { return c->x[0] != 2 || backwards(c); }
static int own_write_unseen(const cell *c) { return c->result[0][0] == 0 || c->result[1][0] == 0; }
static int in_two_orders(const cell *c) {
    return c->result[2][0] == 1 && c->result[2][1] == 0 && c->result[3][0] == 1 && c->result[3][1] == 0;
}

static const shape shapes[] = {
    {"SB, stlr and ldar", 2, {sb_release_0, sb_release_1}, both_zero},
    {"SB, dmb", 2, {sb_fence_0, sb_fence_1}, both_zero},
    {"SB, swpal and ldar", 2, {sb_swap_0, sb_swap_1}, both_zero},
    {"MP, stlr and ldar", 2, {mp_write_release, mp_read_acquire}, flag_without_data},
    {"MP, stlr and ldapr", 2, {mp_write_release, mp_read_rcpc}, flag_without_data},
    {"MP, dmb ishst and dmb ishld", 2, {mp_write_fence, mp_read_fence}, flag_without_data},
    {"MP, address dependency", 2, {mp_write_fence, mp_read_address}, flag_without_data},
    {"MP, control dependency and isb", 2, {mp_write_release, mp_read_control}, flag_without_data},
    {"LB, data dependencies", 2, {lb_data_0, lb_data_1}, both_one},
    {"LB, dmb", 2, {lb_fence_0, lb_fence_1}, both_one},
    {"LB, stlr", 2, {lb_release_0, lb_release_1}, both_one},
    {"CoRR", 2, {write_x, read_x_twice}, backwards},
    {"CoRR, two names", 2, {write_x, read_x_by_two_names}, backwards},
    {"CoRR, two sizes", 2, {write_x, read_x_in_two_sizes}, backwards},
    {"CoWW", 2, {write_x_twice, read_x_twice}, not_last},
    {"CoWR", 2, {write_then_read_x, write_then_read_x}, own_write_unseen},
    {"IRIW, ldar", 4, {iriw_write_x, iriw_write_y, iriw_read_xy, iriw_read_yx}, in_two_orders},
    {"IRIW, dmb", 4, {iriw_write_x, iriw_write_y, iriw_fence_xy, iriw_fence_yx}, in_two_orders},
};

/* Arm and x86 allow this one. How often it is seen says how much the threads overlap; stderr is not compared. */
CODE(sb_plain_0, "str %5, [%3]\n\tldr %0, [%4]")
CODE(sb_plain_1, "str %5, [%4]\n\tldr %0, [%3]")
static const shape control = {"SB, plain", 2, {sb_plain_0, sb_plain_1}, both_zero};

static pthread_barrier_t barrier;
static const shape *current;
static int batches = 5;

#define TOGETHER 8 /* cells, then the threads wait for each other: a batch is over before a barrier has woken them all */

static uint64_t arrived;

static void wait_for_others(uint64_t meetings) {
    uint64_t all = (uint64_t) current->threads * meetings;
    __atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST);
    for (int spins = 0; __atomic_load_n(&arrived, __ATOMIC_SEQ_CST) < all; spins++) {
        if (spins % 512 == 511) sched_yield();
    }
}

static void *run_shape(void *number) {
    int thread = (int) (intptr_t) number;
    void (*code)(cell *, uint64_t *) = current->code[thread];
    uint64_t meetings = 0;
    for (int batch = 0; batch < batches; batch++) {
        pthread_barrier_wait(&barrier);
        for (int i = 0; i < CELLS; i++) {
            if (i % TOGETHER == 0) wait_for_others(++meetings);
            code(&cells[i], cells[i].result[thread]);
        }
        pthread_barrier_wait(&barrier);
        pthread_barrier_wait(&barrier); /* the outcomes are counted */
    }
    return 0;
}

static void on_threads(int threads, void *(*function)(void *), void (*meanwhile)(void)) {
    pthread_t all[THREADS];
    for (int i = 0; i < threads; i++) pthread_create(&all[i], 0, function, (void *) (intptr_t) i);
    if (meanwhile) meanwhile();
    for (int i = 0; i < threads; i++) pthread_join(all[i], 0);
}

static long seen;

static void count_outcomes(void) {
    for (int batch = 0; batch < batches; batch++) {
        memset(cells, 0, sizeof cells);
        pthread_barrier_wait(&barrier);
        pthread_barrier_wait(&barrier);
        for (int i = 0; i < CELLS; i++) seen += current->forbidden(&cells[i]);
        pthread_barrier_wait(&barrier);
    }
}

/* ---- locks */

#define ROUNDS 3000

static uint64_t lock_word, now_serving, sequence;
static volatile uint64_t guarded, pair[2];
static uint64_t top;                        /* of the stack: a tag, and a node's number from 1 on */
static uint32_t next_of[THREADS * 4 + 1];
static uint64_t torn, whole, pops;

static void spin_exclusive(void) {
    __asm__ volatile("1:\tldaxr x9, [%0]\n\tcbnz x9, 1b\n\tstxr w10, %1, [%0]\n\tcbnz w10, 1b" ::"r"(&lock_word),
                     "r"(1UL)
                     : "x9", "x10", "memory");
}

static void spin_swap(void) {
    uint64_t old = 1;
    while (old) __asm__ volatile("swpa %2, %0, [%1]" : "=&r"(old) : "r"(&lock_word), "r"(1UL) : "memory");
}

static void unlock(void) { __asm__ volatile("stlr xzr, [%0]" ::"r"(&lock_word) : "memory"); }

static void *exclusive_lock(void *unused) {
    for (int i = 0; i < ROUNDS; i++) {
        spin_exclusive();
        guarded = guarded + 1;
        unlock();
    }
    return unused;
}

static void *swap_lock(void *unused) {
    for (int i = 0; i < ROUNDS; i++) {
        spin_swap();
        guarded = guarded + 1;
        unlock();
    }
    return unused;
}

static void *ticket_lock(void *unused) {
    for (int i = 0; i < ROUNDS / 30; i++) {
        uint64_t ticket, serving;
        __asm__ volatile("ldadda %2, %0, [%1]" : "=&r"(ticket) : "r"(&lock_word), "r"(1UL) : "memory");
        do {
            __asm__ volatile("ldar %0, [%1]" : "=&r"(serving) : "r"(&now_serving) : "memory");
            if (serving != ticket) sched_yield();
        } while (serving != ticket);
        guarded = guarded + 1;
        __asm__ volatile("stlr %0, [%1]" ::"r"(ticket + 1), "r"(&now_serving) : "memory");
    }
    return unused;
}

static void *sequence_lock(void *number) {
    if (number == 0) {
        for (uint64_t i = 1; i <= ROUNDS; i++) {
            __atomic_store_n(&sequence, 2 * i - 1, __ATOMIC_RELAXED);
            __asm__ volatile("dmb ish" ::: "memory");
            pair[0] = i;
            pair[1] = ~i;
            __atomic_store_n(&sequence, 2 * i, __ATOMIC_RELEASE);
        }
        return 0;
    }
    for (uint64_t before = 0; before < 2 * ROUNDS;) {
        before = __atomic_load_n(&sequence, __ATOMIC_ACQUIRE);
        uint64_t first = pair[0], second = pair[1];
        __asm__ volatile("dmb ishld" ::: "memory");
        if (before && before % 2 == 0 && __atomic_load_n(&sequence, __ATOMIC_RELAXED) == before) {
            __atomic_fetch_add(first == ~second ? &whole : &torn, 1, __ATOMIC_RELAXED);
        }
    }
    return 0;
}

static void push(uint32_t node) {
    uint64_t old = __atomic_load_n(&top, __ATOMIC_RELAXED), new;
    do {
        __atomic_store_n(&next_of[node], (uint32_t) old, __ATOMIC_RELAXED);
        new = ((old >> 32) + 1) << 32 | node;
    } while (!__atomic_compare_exchange_n(&top, &old, new, 1, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
}

static uint32_t pop(void) {
    uint64_t old = __atomic_load_n(&top, __ATOMIC_ACQUIRE), new;
    do {
        if ((uint32_t) old == 0) return 0;
        new = ((old >> 32) + 1) << 32 | __atomic_load_n(&next_of[(uint32_t) old], __ATOMIC_RELAXED);
    } while (!__atomic_compare_exchange_n(&top, &old, new, 1, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE));
    return (uint32_t) old;
}

static void *stack(void *unused) {
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t node = pop();
        if (node) {
            __atomic_fetch_add(&pops, 1, __ATOMIC_RELAXED);
            push(node);
        }
    }
    return unused;
}

static void check_locks(void) {
    on_threads(THREADS, exclusive_lock, 0);
    printf("ldaxr and stxr: %d missing\n", (int) (THREADS * ROUNDS - guarded));
    guarded = 0;
    on_threads(THREADS, swap_lock, 0);
    printf("swpa: %d missing\n", (int) (THREADS * ROUNDS - guarded));
    guarded = lock_word = 0;
    on_threads(THREADS, ticket_lock, 0);
    printf("tickets: %d missing\n", (int) (THREADS * (ROUNDS / 30) - guarded));
    on_threads(THREADS, sequence_lock, 0);
    printf("sequence lock: %d torn\n", (int) torn);
    fprintf(stderr, "control: sequence lock: %d read while it changed\n", (int) whole);
    for (uint32_t node = 1; node <= THREADS * 4; node++) push(node);
    on_threads(THREADS, stack, 0);
    int left = 0, twice = 0;
    char found[THREADS * 4 + 1] = "";
    for (uint32_t node; (node = pop());) {
        left++;
        twice += found[node]++;
    }
    printf("stack: %d left, %d twice, %s\n", left, twice, pops ? "used" : "never used");
}

static long run(const shape *wanted) {
    current = wanted;
    seen = arrived = 0;
    pthread_barrier_init(&barrier, 0, current->threads + 1);
    on_threads(current->threads, run_shape, count_outcomes);
    return seen;
}

int test_litmus(int argc, char **argv) {
    if (argc > 1) batches = atoi(argv[1]);
    for (unsigned i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        printf("%s: %ld forbidden\n", shapes[i].name, run(&shapes[i]));
        fflush(stdout);
    }
    fprintf(stderr, "control: %s: %ld seen\n", control.name, run(&control));
    check_locks();
    return 0;
}
