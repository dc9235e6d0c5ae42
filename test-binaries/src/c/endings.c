/* Ways to end: exit with handlers, _exit, return, abort, killed by a signal. The argument selects one. */
#include "ctest.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void first(void) { puts("first registered"); }
static void second(void) { puts("second registered"); }

static void *leave(void *argument) {
    puts("exit in a thread");
    exit(*(int *)argument);
}

static void *sleeps(void *barrier) {
    pthread_barrier_wait(barrier);
    for (;;) pause();
    return NULL;
}

/* Dies by a store behind the end of a mapped file, in a thread of three. */
static void *stores_behind(void *barrier) {
    int fd = memfd_create("short", 0);
    char *map = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    pthread_barrier_wait(barrier);
    map[4097] = 1;
    return NULL;
}

int test_endings(int argc, char **argv) {
    const char *way = argc > 1 ? argv[1] : "";
    setvbuf(stdout, NULL, _IOLBF, 0);
    atexit(first);
    atexit(second);
    printf("ending by %s\n", way);
    if (strcmp(way, "exit") == 0) exit(42);
    if (strcmp(way, "exit-256") == 0) exit(256 + 7);
    if (strcmp(way, "_exit") == 0) _exit(43);
    if (strcmp(way, "abort") == 0) abort();
    if (strcmp(way, "term") == 0) raise(SIGTERM);
    if (strcmp(way, "kill") == 0) kill(getpid(), SIGKILL);
    if (strcmp(way, "ignored") == 0) {
        signal(SIGTERM, SIG_IGN);
        raise(SIGTERM);
        puts("still there");
    }
    if (strcmp(way, "thread") == 0) {
        int status = 44;
        pthread_t thread;
        pthread_create(&thread, NULL, leave, &status);
        for (;;) pause();
    }
    if (strcmp(way, "bus") == 0) {
        pthread_barrier_t barrier;
        pthread_t thread;
        pthread_barrier_init(&barrier, NULL, 3);
        pthread_create(&thread, NULL, sleeps, &barrier);
        pthread_create(&thread, NULL, stores_behind, &barrier);
        pthread_barrier_wait(&barrier);
        for (;;) pause();
    }
    if (strcmp(way, "buffered") == 0) {
        setvbuf(stdout, NULL, _IOFBF, 4096);
        printf("no newline at the end");
    }
    return 3;
}
