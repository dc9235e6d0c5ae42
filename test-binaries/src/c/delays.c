/* How soon a signal is handled while the program does not look up: in calls without loops, in straight code, in a loop; sent
   by another thread, and by a timer. It prints "soon" where the median delay is below a generous bound, else how long; the
   median and the longest delay, in microseconds, go to standard error. The work never ends by itself: the handler of the
   last signal jumps out of it.

   ctest delays [SIGNALS [BOUND]]: how many signals to each kind of work, how many microseconds are soon. */
#include "ctest.h"
#include "steps.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PERIOD 5000000 /* nanoseconds */
#define TRIES 3        /* what is late only once is a busy machine */

static int signals = 15;
static long bound = 20000;

static long *delays;
static volatile int received;
static volatile long due; /* of the signal that is on its way; 0 when there is none */
static volatile int over;
static sigjmp_buf rescue;
static timer_t timer;
static int timed;

static long nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000 + time.tv_nsec;
}

static struct timespec at(long time) { return (struct timespec) {time / 1000000000, time % 1000000000}; }

static void arm(void) {
    due = nanoseconds() + PERIOD;
    struct itimerspec once = {{0, 0}, at(due)};
    timer_settime(timer, TIMER_ABSTIME, &once, NULL);
}

static void note(int number) {
    if (due == 0) return;           /* the shot of a timer that was deleted */
    if (received == signals) return; /* the sender has not seen yet that it is over */
    delays[received++] = nanoseconds() - due;
    due = 0;
    if (received == signals) siglongjmp(rescue, number);
    if (timed) arm();
}

/* Sends a signal a while after the last one was handled. */
static void *send(void *receiver) {
    while (!over) {
        struct timespec later = at(nanoseconds() + PERIOD);
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &later, NULL) == EINTR) continue;
        if (over || due != 0) continue;
        due = nanoseconds();
        pthread_kill(*(pthread_t *) receiver, SIGUSR1);
    }
    return NULL;
}

/* --- work --- */

OUT_OF_LINE static uint64_t fibonacci(uint64_t n) {
    UNKNOWN(n);
    if (n < 2) return n;
    uint64_t one = fibonacci(n - 1);
    UNKNOWN(one);
    return one + fibonacci(n - 2);
}

static void recurse(void) { fibonacci(200); }

/* Five thousand instructions, a branch forward in every fourth. */
OUT_OF_LINE static uint64_t straight(uint64_t value) {
    __asm__ volatile(".rept 1250\n\tadd %0, %0, 3\n\teor %0, %0, %0, ror 7\n\ttbz %0, 3, 1f\n\tadd %0, %0, 1\n1:\n\t.endr"
                     : "+r"(value));
    return value;
}

static void go_straight(void) {
    for (uint64_t value = 1;;) value = straight(value);
}

static void loop(void) {
    for (uint64_t value = 1;; value++) UNKNOWN(value);
}

static uint32_t numbers[5000];

static void fill(void) {
    for (uint64_t random = 1;;) {
        for (int i = 0; i < 5000; i++) numbers[i] = next_number(&random) ^ numbers[4999 - i];
    }
}

/* --- measuring --- */

static int compare(const void *one, const void *other) {
    long difference = *(const long *) one - *(const long *) other;
    return difference < 0 ? -1 : difference > 0;
}

static long median_delay(void (*work)(void)) {
    pthread_t sender, self = pthread_self();
    over = received = 0;
    due = 0;
    if (timed) {
        struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
        timer_create(CLOCK_MONOTONIC, &event, &timer);
    } else {
        pthread_create(&sender, NULL, send, &self);
    }
    if (sigsetjmp(rescue, 1) == 0) {
        if (timed) arm();
        work();
    }
    over = 1;
    if (timed) timer_delete(timer);
    else pthread_join(sender, NULL);
    qsort(delays, (size_t) signals, sizeof *delays, compare);
    fprintf(stderr, " median %ld, longest %ld;", delays[signals / 2] / 1000, delays[signals - 1] / 1000);
    return delays[signals / 2] / 1000;
}

static void measure(const char *name, void (*work)(void)) {
    for (timed = 0; timed < 2; timed++) {
        const char *sender = timed ? "timer" : "thread";
        long delay = bound;
        fprintf(stderr, "%s, %s:", name, sender);
        for (int i = 0; i < TRIES && delay >= bound; i++) delay = median_delay(work);
        fputs("\n", stderr);
        if (delay < bound) printf("%s, %s: soon\n", name, sender);
        else printf("%s, %s: after %ld us\n", name, sender, delay);
    }
}

int test_delays(int argc, char **argv) {
    if (argc > 1) signals = atoi(argv[1]);
    if (argc > 2) bound = atol(argv[2]);
    delays = calloc((size_t) signals, sizeof *delays);
    struct sigaction action = {.sa_handler = note};
    sigaction(SIGUSR1, &action, NULL);
    measure("recursion", recurse);
    measure("straight code", go_straight);
    measure("loop", loop);
    measure("loops in a loop", fill);
    free(delays);
    return 0;
}
