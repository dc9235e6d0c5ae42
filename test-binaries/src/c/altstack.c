/* sigaltstack: a handler on a stack of its own, after the normal stack has overflowed. */
#include "ctest.h"
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static sigjmp_buf back;
static char *stack;
static const size_t stack_size = 65536;
static volatile int on_stack;

static void handler(int number, siginfo_t *info, void *context) {
    (void)info;
    (void)context;
    char here;
    on_stack = &here >= stack && &here < stack + stack_size;
    siglongjmp(back, number);
}

static void quiet(int number) {
    (void)number;
    char here;
    on_stack = &here >= stack && &here < stack + stack_size;
}

__attribute__((noinline)) static int recurse(int depth) {
    volatile char frame[4096];
    frame[0] = (char)depth;
    if (depth < 0) return 0;
    return recurse(depth + 1) + frame[0];
}

int test_altstack(int argc, char **argv) {
    (void)argc;
    (void)argv;
    stack = malloc(stack_size);
    stack_t new = {.ss_sp = stack, .ss_size = stack_size, .ss_flags = 0}, old;
    printf("sigaltstack: %d\n", sigaltstack(&new, &old));
    printf("before: %s\n", old.ss_flags & SS_DISABLE ? "disabled" : "enabled");

    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = quiet;
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    printf("without SA_ONSTACK: on it %d\n", on_stack);
    action.sa_flags = SA_ONSTACK;
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    printf("with SA_ONSTACK: on it %d\n", on_stack);

    memset(&action, 0, sizeof action);
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigaction(SIGSEGV, &action, NULL);
    on_stack = 0;
    for (int round = 0; round < 2; round++) {
        int number = sigsetjmp(back, 1);
        if (number == 0) recurse(0);
        printf("overflow %d: signal %d, on it %d\n", round, number, on_stack);
    }
    new.ss_flags = SS_DISABLE;
    sigaltstack(&new, NULL);
    sigaltstack(NULL, &old);
    printf("after: %s\n", old.ss_flags & SS_DISABLE ? "disabled" : "enabled");
    return 0;
}
