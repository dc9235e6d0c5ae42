/* A program that makes code: writes a function, makes it visible, calls it, rewrites it, in a loop; from two threads, each
   with a buffer of its own; and one thread that calls what the other wrote. An argument says how many rounds. */
#define _GNU_SOURCE
#include "ctest.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE 4096
#define PLACES 64 /* functions in a buffer, one behind the other */
#define WORDS 8

typedef uint32_t (*function)(uint32_t);

static long rounds = 3000;

static uint32_t *new_buffer(void) {
    return mmap(0, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* As the Arm manual's section on the coherency of instruction and data says; user code may do all of it. */
static void make_visible(const void *start, const void *end) {
    for (uintptr_t line = (uintptr_t) start; line < (uintptr_t) end; line += 16) {
        __asm__ volatile("dc cvau, %0" ::"r"(line) : "memory");
    }
    __asm__ volatile("dsb ish" ::: "memory");
    for (uintptr_t line = (uintptr_t) start; line < (uintptr_t) end; line += 16) {
        __asm__ volatile("ic ivau, %0" ::"r"(line) : "memory");
    }
    __asm__ volatile("dsb ish\n\tisb" ::: "memory");
}

/* Writes a function that adds first + second to its argument, by way of a branch over a trap. */
static function write_function(uint32_t *at, uint32_t first, uint32_t second) {
    at[0] = 0x11000000 | first << 10;  /* add w0, w0, #first */
    at[1] = 0x14000002;                /* b to the second next */
    at[2] = 0x00000000;                /* udf */
    at[3] = 0x11000000 | second << 10; /* add w0, w0, #second */
    at[4] = 0xd65f03c0;                /* ret */
    make_visible(at, at + 5);
    return (function) at;
}

static void *rewrite(void *wrong) {
    uint32_t *buffer = new_buffer();
    for (long i = 0; i < rounds; i++) {
        uint32_t first = i & 0xfff, second = i * 7 & 0xfff;
        function made = write_function(buffer + (i % PLACES) * WORDS, first, second);
        for (uint32_t call = 0; call < 20; call++) {
            if (made(call) != call + first + second) ++*(long *) wrong;
        }
    }
    munmap(buffer, PAGE);
    return 0;
}

/* One place only, which becomes hot, is rewritten, becomes hot again. */
static long rewrite_hot(void) {
    uint32_t *buffer = new_buffer();
    long wrong = 0;
    for (int i = 0; i < 30; i++) {
        function made = write_function(buffer, i, 2 * i);
        uint32_t sum = 0;
        for (int call = 0; call < 5000; call++) sum = made(sum) - 3 * i + 1;
        wrong += sum != 5000;
    }
    munmap(buffer, PAGE);
    return wrong;
}

static uint32_t *shared_buffer;
static volatile long written, called;

static void *call_others(void *wrong) {
    for (long i = 1; i <= rounds / 10; i++) {
        while (__atomic_load_n(&written, __ATOMIC_ACQUIRE) < i) sched_yield();
        __asm__ volatile("isb" ::: "memory");
        for (uint32_t call = 0; call < 20; call++) {
            if (((function) shared_buffer)(call) != call + (i & 0xfff) + 1) ++*(long *) wrong;
        }
        __atomic_store_n(&called, i, __ATOMIC_RELEASE);
    }
    return 0;
}

static long write_for_other(void) {
    long wrong = 0;
    pthread_t other;
    shared_buffer = new_buffer();
    written = called = 0;
    pthread_create(&other, 0, call_others, &wrong);
    for (long i = 1; i <= rounds / 10; i++) {
        write_function(shared_buffer, i & 0xfff, 1);
        __atomic_store_n(&written, i, __ATOMIC_RELEASE);
        while (__atomic_load_n(&called, __ATOMIC_ACQUIRE) < i) sched_yield();
    }
    pthread_join(other, 0);
    munmap(shared_buffer, PAGE);
    return wrong;
}

int test_jit(int argc, char **argv) {
    if (argc > 1) rounds = atol(argv[1]);
    long repeats = argc > 2 ? atol(argv[2]) : 1;
    long alone = 0, hot = 0, wrong[2] = {0, 0}, for_other = 0;
    for (long i = 0; i < repeats; i++) {
        rewrite(&alone);
        hot += rewrite_hot();
        pthread_t other;
        pthread_create(&other, 0, rewrite, &wrong[1]);
        rewrite(&wrong[0]);
        pthread_join(other, 0);
        for_other += write_for_other();
    }
    printf("one thread: %ld wrong\n", alone);
    printf("one place: %ld wrong\n", hot);
    printf("two threads: %ld wrong, %ld wrong\n", wrong[0], wrong[1]);
    printf("for another thread: %ld wrong\n", for_other);
    return 0;
}
