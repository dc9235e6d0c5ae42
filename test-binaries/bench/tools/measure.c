/* measure RESULT COMMAND...: runs a command and writes what it and its children used, in one line, to the file RESULT:
 * CPU seconds, wall seconds, peak memory in KiB, and the status as shells say it. A small program does this because the
 * peak memory of a process counts what it was forked from.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    double start = seconds();
    pid_t child = fork();
    if (child < 0) return 2;
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    int status;
    struct rusage used;
    if (wait4(child, &status, 0, &used) != child) return 2;
    double wall = seconds() - start;
    FILE *result = fopen(argv[1], "w");
    if (result == NULL) return 2;
    double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                 (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    fprintf(result, "%.6f %.6f %ld %d\n", cpu, wall, used.ru_maxrss,
            WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    return fclose(result) == 0 ? 0 : 2;
}
