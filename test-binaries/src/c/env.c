/* The environment, as given by the runner, and changed. */
#include "ctest.h"
#include <stdlib.h>
#include <string.h>

extern char **environ;

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int test_env(int argc, char **argv) {
    (void)argc;
    (void)argv;
    setenv("ADDED", "1", 1);
    setenv("HOME", "/elsewhere", 0);
    setenv("TZ", "UTC1", 1);
    putenv("PUT=yes");
    unsetenv("LC_ALL");
    size_t n = 0;
    while (environ[n] != NULL) n++;
    qsort(environ, n, sizeof *environ, by_name);
    for (size_t i = 0; i < n; i++) puts(environ[i]);
    printf("getenv %s %s\n", getenv("TZ"), getenv("ABSENT") == NULL ? "null" : "not null");
    return 0;
}
