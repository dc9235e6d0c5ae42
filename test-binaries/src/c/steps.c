#include "ctest.h"
#include "steps.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STEPS 10

static const char *wanted = "all";
static long percent = 100;

void choose_parts(int argc, char **argv) {
    if (argc > 1) wanted = argv[1];
    if (argc > 2) percent = atol(argv[2]);
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static long timed(long (*step)(long), long amount, long *right) {
    long start = now();
    *right += step(amount);
    long took = now() - start;
    fprintf(stderr, " %ld", took);
    return took;
}

void part(const char *name, long (*step)(long), long amount) {
    if (strcmp(wanted, "all") != 0 && strncmp(wanted, name, strlen(wanted)) != 0) return;
    amount = amount * percent / 100;
    if (amount == 0) amount = 1;
    long right = 0, repeated = 0;
    fprintf(stderr, "%s:", name);
    long first = timed(step, amount, &right), last = 0;
    for (int i = 1; i < STEPS; i++) last = timed(step, amount, &right);
    /* what is slow only once is a busy machine */
    for (int again = 0; last > 5 * first && again < 20; again++) last = timed(step, amount, &repeated);
    fputs("\n", stderr);
    printf("%s: %ld right\n", name, right);
    if (last > 5 * first) printf("%s: slows down\n", name);
    fflush(stdout);
}
