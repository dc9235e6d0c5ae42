#include "ctest.h"
#include <string.h>

int main(int argc, char **argv) {
#define CALL(name)                                                                                                     \
    if (argc > 1 && strcmp(argv[1], #name) == 0) return test_##name(argc - 1, argv + 1);
    TESTS(CALL)
    fputs("usage: ctest TEST [ARGUMENT...]\n", stderr);
    return 2;
}
