/* setitimer and SIGALRM: into a busy loop, into a waiting system call, and restarted calls; with the argument "waits":
 * sigpending, sigsuspend, sigwait; with "writes": calls that never wait, and therefore never fail with EINTR, among
 * ticks whose handler has no SA_RESTART. */
#include "ctest.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ticks;
static int pipe_ends[2];

static void tick(int number) {
    (void)number;
    ticks++;
}

static void write_byte(int number) {
    (void)number;
    ticks++;
    if (write(pipe_ends[1], "x", 1) != 1) ticks = 1000;
}

static void install(void (*handler)(int), int flags) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigaction(SIGALRM, &action, NULL);
}

static void start(long first, long interval) {
    struct itimerval timer = {{0, interval}, {0, first}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

/* Signals that arrive in the middle of computing or of a system call. */
static int interrupted(void) {
    install(tick, 0);
    start(10000, 10000);
    while (ticks < 5) {
    }
    start(0, 0);
    puts("busy loop: 5 ticks");

    ticks = 0;
    start(500000, 0);
    struct timespec second = {20, 0}, rest = {0, 0};
    int result = nanosleep(&second, &rest);
    printf("nanosleep: %d %s, ticks %d, rest %s\n", result, errno == EINTR ? "EINTR" : "?", (int)ticks,
           rest.tv_sec >= 15 ? "most" : "little");

    if (pipe(pipe_ends) != 0) return 1;
    ticks = 0;
    start(500000, 0);
    char byte;
    result = (int)read(pipe_ends[0], &byte, 1);
    printf("read without SA_RESTART: %d %s, ticks %d\n", result, errno == EINTR ? "EINTR" : "?", (int)ticks);

    install(write_byte, SA_RESTART);
    ticks = 0;
    start(500000, 0);
    result = (int)read(pipe_ends[0], &byte, 1);
    printf("read with SA_RESTART: %d %c, ticks %d\n", result, byte, (int)ticks);

    return 0;
}

/* Signals that are waited for. */
static int waited_for(void) {
    sigset_t alarm_only, old;
    sigemptyset(&alarm_only);
    sigaddset(&alarm_only, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm_only, &old);
    install(tick, 0);
    ticks = 0;
    start(1000, 0);
    sigset_t pending;
    do sigpending(&pending);
    while (!sigismember(&pending, SIGALRM));
    printf("blocked: pending, ticks %d\n", (int)ticks);
    int result = sigsuspend(&old);
    printf("sigsuspend: %d %s, ticks %d\n", result, errno == EINTR ? "EINTR" : "?", (int)ticks);

    start(1000, 0);
    int number = 0;
    result = sigwait(&alarm_only, &number);
    printf("sigwait: %d, signal %d, ticks %d\n", result, number, (int)ticks);
    return 0;
}

/* The ticks come at every place, also just before a call is made. */
static int among_writes(void) {
    install(tick, 0);
    FILE *file = tmpfile();
    if (file == NULL) return 1;
    int fd = fileno(file), failed = 0;
    struct iovec parts[2] = {{"ab", 2}, {"c", 1}};
    start(100, 100);
    for (int i = 0; i < 50000 || ticks < 100; i++) failed += pwritev(fd, parts, 2, 0) != 3;
    start(0, 0);
    printf("writes that failed: %d\n", failed);
    return 0;
}

int test_alarm(int argc, char **argv) {
    if (argc == 1) return interrupted();
    return strcmp(argv[1], "waits") == 0 ? waited_for() : among_writes();
}
