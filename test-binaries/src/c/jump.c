/* setjmp, longjmp, sigsetjmp: registers and the signal mask come back. */
#include "ctest.h"
#include <setjmp.h>
#include <signal.h>

static jmp_buf buffer;
static sigjmp_buf signal_buffer;

__attribute__((noinline)) static void deep(int depth) {
    volatile char frame[100];
    frame[depth % 100] = 1;
    if (depth < 0) return;
    if (depth == 0) longjmp(buffer, 7);
    deep(depth - 1);
    if (frame[0] == 2) puts("never");
}

static void handler(int number) { siglongjmp(signal_buffer, number); }

int test_jump(int argc, char **argv) {
    (void)argv;
    int a = argc + 1, b = argc + 2;
    double x = argc + 0.5;
    volatile int rounds = 0;
    int value = setjmp(buffer);
    printf("setjmp %d, rounds %d, kept %d %d %.2f\n", value, rounds, a, b, x);
    if (rounds++ < 3) deep(rounds * 50);
    value = setjmp(buffer);
    if (value == 0) longjmp(buffer, 0);
    printf("longjmp 0 gives %d\n", value);

    signal(SIGUSR1, handler);
    value = sigsetjmp(signal_buffer, 1);
    if (value == 0) raise(SIGUSR1);
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    printf("mask saved: signal %d, blocked %d\n", value, sigismember(&mask, SIGUSR1));
    value = sigsetjmp(signal_buffer, 0);
    if (value == 0) raise(SIGUSR1);
    sigprocmask(SIG_SETMASK, NULL, &mask);
    printf("mask not saved: signal %d, blocked %d\n", value, sigismember(&mask, SIGUSR1));

    volatile long count = 0;
    while (setjmp(buffer) < 20000) longjmp(buffer, (int)++count);
    printf("%ld jumps\n", count);
    return 0;
}
