/*
 * Threads, signals, memory and processes, all at once: storm SECONDS. Prints "ok" when every check held and as many
 * descriptors and about as many mappings are left as there were. Used by scripts/soak.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 6
#define PAGE 4096

static atomic_int go, stop, failures, handled;
static pthread_t threads[THREADS];
static const char *self;

static void fail(const char *what) {
    if (failures++ < 10) fprintf(stderr, "storm: %s (errno %d)\n", what, errno);
}

static void handler(int signal) {
    (void) signal;
    handled++;
}

static unsigned next(unsigned *seed) { return *seed = *seed * 1103515245 + 12345; }

static void churn(unsigned *seed) {
    size_t pages = 1 + next(seed) / 65536 % 64;
    unsigned char *memory = mmap(0, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return fail("mmap");
    unsigned char mark = (unsigned char) next(seed);
    memset(memory, mark, pages * PAGE);
    if (mprotect(memory, PAGE, PROT_READ) || mprotect(memory, PAGE, PROT_READ | PROT_WRITE)) fail("mprotect");
    unsigned char *moved = mremap(memory, pages * PAGE, pages * 2 * PAGE, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) return fail("mremap");
    for (size_t i = 0; i < pages; i++) {
        if (moved[i * PAGE + i] != mark) fail("memory changed");
    }
    if (munmap(moved, pages * 2 * PAGE)) fail("munmap");
}

static void *brief(void *argument) { return argument; }

static void start_and_join(void) {
    pthread_t thread;
    void *result;
    if (pthread_create(&thread, 0, brief, &thread)) return fail("pthread_create");
    if (pthread_join(thread, &result) || result != &thread) fail("pthread_join");
}

static void talk(void) {
    int ends[2];
    char got[5] = "";
    if (pipe2(ends, O_CLOEXEC)) return fail("pipe");
    if (write(ends[1], "hello", 5) != 5) fail("write");
    ssize_t count;
    while ((count = read(ends[0], got, 5)) < 0 && errno == EINTR) {
    }
    if (count != 5 || memcmp(got, "hello", 5)) fail("read");
    close(ends[0]);
    close(ends[1]);
}

static void *work(void *argument) {
    unsigned seed = (unsigned) (uintptr_t) argument * 7919 + 1;
    while (!go) sched_yield(); /* until all can be sent signals */
    while (!stop) {
        switch (next(&seed) / 65536 % 5) {
        case 0: churn(&seed); break;
        case 1: start_and_join(); break;
        case 2: if (!stop) pthread_kill(threads[next(&seed) / 65536 % THREADS], SIGUSR1); break;
        case 3: talk(); break;
        default: {
            struct timespec moment = {0, 100000};
            nanosleep(&moment, 0);
        }
        }
    }
    return 0;
}

/* Children that end, that execute something, and that have children. At most a few at a time. */
static void breed(unsigned *seed) {
    int kind = (int) (next(seed) / 65536 % 3);
    pid_t child = fork();
    if (child < 0) {
        if (errno != EAGAIN) fail("fork");
        return;
    }
    if (child == 0) {
        if (kind == 1) {
            execl(self, self, "exit", (char *) 0);
            _exit(99);
        }
        if (kind == 2) {
            pid_t grandchild = fork();
            if (grandchild == 0) _exit(3);
            int status = 0;
            if (grandchild > 0) waitpid(grandchild, &status, 0);
            _exit(grandchild < 0 || WEXITSTATUS(status) == 3 ? 7 : 98);
        }
        _exit(7);
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 7) fail("child");
}

static int entries(const char *folder) {
    DIR *open = opendir(folder);
    int count = 0;
    while (open && readdir(open)) count++;
    if (open) closedir(open);
    return count;
}

static int lines(const char *path) {
    FILE *file = fopen(path, "r");
    int count = 0, c;
    while (file && (c = getc(file)) != EOF) count += c == '\n';
    if (file) fclose(file);
    return count;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "exit") == 0) return 7;
    self = argv[0];
    long seconds = argc > 1 ? atol(argv[1]) : 10;
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &action, 0);
    start_and_join(); /* what libc keeps of a thread is there before we count */
    int descriptors = entries("/proc/self/fd"), mappings = lines("/proc/self/maps");
    time_t end = time(0) + seconds;
    for (uintptr_t i = 0; i < THREADS; i++) pthread_create(&threads[i], 0, work, (void *) i);
    go = 1;
    unsigned seed = 42;
    while (time(0) < end) breed(&seed);
    stop = 1;
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], 0);
    if (entries("/proc/self/fd") != descriptors) fail("descriptors are left");
    if (lines("/proc/self/maps") > mappings + 2 * THREADS + 16) fail("mappings are left");
    if (!handled) fail("no signal came");
    puts(failures ? "failed" : "ok");
    return failures != 0;
}
