/* What a process may find out about itself: SIGBUS behind a mapped file's end, /proc/self/mem, /proc/self/task. */
#define _GNU_SOURCE
#include "ctest.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE 4096

static sigjmp_buf before;
static volatile int got_signal, got_code;
static char *volatile got_address;

static void on_fault(int signal, siginfo_t *info, void *context) {
    (void) context;
    got_signal = signal;
    got_code = info->si_code;
    got_address = info->si_addr;
    siglongjmp(before, 1);
}

/* Loads from or stores to map[offset] and says what came of it. */
static void touch(const char *what, volatile char *map, long offset, int store) {
    if (sigsetjmp(before, 1)) {
        printf("%s: signal %d code %d at %ld\n", what, got_signal, got_code, (long) (got_address - map));
        return;
    }
    if (store) map[offset] = 1;
    printf("%s: %d\n", what, map[offset]);
}

static void behind_the_end(const char *folder) {
    char name[300];
    snprintf(name, sizeof name, "%s/file", folder);
    int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (!(ftruncate(fd, PAGE + 100) == 0)) puts("failed: ftruncate(fd, PAGE + 100) == 0");
    char *shared = mmap(0, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    char *private = mmap(0, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigaction(SIGBUS, &action, 0);
    sigaction(SIGSEGV, &action, 0);
    for (int i = 0; i < 200; i++) { /* hot at last */
        if (sigsetjmp(before, 1) == 0) shared[2 * PAGE + i] = 1;
        else if (got_address != shared + 2 * PAGE + i) puts("a wrong address");
    }
    touch("in the last page", shared, PAGE + 200, 0);
    touch("load shared", shared, 2 * PAGE + 8, 0);
    touch("store shared", shared, 3 * PAGE + 16, 1);
    touch("load private", private, 2 * PAGE + 8, 0);
    touch("store private", private, 3 * PAGE + 16, 1);
    if (!(ftruncate(fd, 0) == 0)) puts("failed: ftruncate(fd, 0) == 0");
    touch("file cut", shared, 0, 0);
    printf("write from there: %ld\n", (long) write(1, shared, 10));
    if (!(ftruncate(fd, 4 * PAGE) == 0)) puts("failed: ftruncate(fd, 4 * PAGE) == 0");
    touch("file long", shared, 3 * PAGE, 1);
    signal(SIGBUS, SIG_DFL);
    signal(SIGSEGV, SIG_DFL);
}

static char text[16] = "hello";

static void own_memory(void) {
    char got[16] = "";
    int fd = open("/proc/self/mem", O_RDWR);
    off_t there = (off_t) (uintptr_t) text;
    printf("pread %ld %s\n", (long) pread(fd, got, 6, there), got);
    printf("pwrite %ld %s\n", (long) pwrite(fd, "HELLO", 5, there), text);
    printf("lseek %d\n", lseek(fd, there + 1, SEEK_SET) == there + 1);
    memset(got, 0, sizeof got);
    printf("read %ld %s\n", (long) read(fd, got, 3), got);
    printf("at %ld\n", (long) (lseek(fd, 0, SEEK_CUR) - there));
    printf("write %ld %s\n", (long) write(fd, "y", 1), text);
    char more[4] = "";
    struct iovec parts[2] = {{got, 2}, {more, 3}};
    printf("preadv %ld %.2s %s\n", (long) preadv(fd, parts, 2, there), got, more);
    int by_thread = open("/proc/thread-self/mem", O_RDONLY);
    printf("by thread %ld %.3s\n", (long) pread(by_thread, got, 3, there), got);
    close(by_thread);
    printf("nothing there %ld\n", (long) pread(fd, got, 6, 16));
    volatile char *readable = mmap(0, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    long written = pwrite(fd, "x", 1, (off_t) (uintptr_t) readable);
    printf("past protection %ld %c\n", written, readable[0]);
    close(fd);
}

static pthread_barrier_t both;

static void *wait_twice(void *unused) {
    pthread_barrier_wait(&both);
    pthread_barrier_wait(&both);
    return unused;
}

static void line_of(const char *path, char *line, int size) {
    FILE *file = fopen(path, "r");
    line[0] = 0;
    if (file) {
        if (!fgets(line, size, file)) line[0] = 0;
        fclose(file);
    }
}

static void own_threads(void) {
    char own[64], name[64], path[300];
    pthread_t thread;
    pthread_barrier_init(&both, 0, 2);
    pthread_create(&thread, 0, wait_twice, 0);
    pthread_barrier_wait(&both);
    line_of("/proc/self/comm", own, sizeof own);
    DIR *folder = opendir("/proc/self/task");
    int threads = 0, main_thread = 0, named = 0, numbered = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        threads++;
        main_thread += atoi(entry->d_name) == getpid();
        snprintf(path, sizeof path, "/proc/self/task/%s/comm", entry->d_name);
        line_of(path, name, sizeof name);
        named += strcmp(name, own) == 0;
        snprintf(path, sizeof path, "/proc/self/task/%s/stat", entry->d_name);
        line_of(path, name, sizeof name);
        numbered += atoi(name) == atoi(entry->d_name);
    }
    closedir(folder);
    printf("threads %d, main %d, named alike %d, numbered %d\n", threads, main_thread, named, numbered);
    pthread_barrier_wait(&both);
    pthread_join(thread, 0);
}

int test_self(int argc, char **argv) {
    behind_the_end(argc > 1 ? argv[1] : "/tmp");
    own_memory();
    own_threads();
    return 0;
}
