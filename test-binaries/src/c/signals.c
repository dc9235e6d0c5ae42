/* sigaction, masks, pending signals, nesting, flags, siginfo. */
#include "ctest.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static void note(int number) { printf("handler %d\n", number); }

static void nested(int number) {
    printf("enter %d\n", number);
    if (number == SIGUSR1) raise(SIGUSR2);
    printf("leave %d\n", number);
}

static volatile int depth;

static void again(int number) {
    printf("depth %d\n", ++depth);
    if (depth < 3) raise(number);
    depth--;
}

static void info(int number, siginfo_t *information, void *context) {
    (void)context;
    printf("info %d %d code %d pid %s value %d\n", number, information->si_signo, information->si_code,
           information->si_pid == getpid() ? "own" : "other",
           information->si_code == SI_QUEUE ? information->si_value.sival_int : 0);
}

static void install(int number, void (*handler)(int), int flags, int blocked) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    if (blocked) sigaddset(&action.sa_mask, blocked);
    sigaction(number, &action, NULL);
}

int test_signals(int argc, char **argv) {
    (void)argc;
    (void)argv;
    setvbuf(stdout, NULL, _IOLBF, 0);
    install(SIGUSR1, note, 0, 0);
    raise(SIGUSR1);
    kill(getpid(), SIGUSR1);

    install(SIGUSR1, nested, 0, 0);
    install(SIGUSR2, nested, 0, 0);
    puts("nested");
    raise(SIGUSR1);
    install(SIGUSR1, nested, 0, SIGUSR2);
    puts("the second one blocked by sa_mask");
    raise(SIGUSR1);
    install(SIGUSR1, again, 0, 0);
    puts("without SA_NODEFER");
    depth = 2;
    raise(SIGUSR1);
    depth = 0;
    install(SIGUSR1, again, SA_NODEFER, 0);
    puts("with SA_NODEFER");
    raise(SIGUSR1);

    install(SIGUSR1, note, SA_RESETHAND, 0);
    raise(SIGUSR1);
    struct sigaction old;
    sigaction(SIGUSR1, NULL, &old);
    printf("after SA_RESETHAND: default %d\n", old.sa_handler == SIG_DFL);

    sigset_t set, before, pending;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, 50);
    sigprocmask(SIG_BLOCK, &set, &before);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = info;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGUSR1, &action, NULL);
    sigaction(50, &action, NULL);
    raise(SIGUSR1);
    kill(getpid(), SIGUSR1);
    sigpending(&pending);
    printf("pending %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGUSR2));
    puts("unblocked");
    sigdelset(&set, 50);
    sigprocmask(SIG_UNBLOCK, &set, NULL);

    union sigval value;
    for (int i = 0; i < 3; i++) {
        value.sival_int = 100 + i;
        sigqueue(getpid(), 50, value);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);

    signal(SIGUSR2, SIG_IGN);
    raise(SIGUSR2);
    puts("ignored");
    printf("kill 0: %d\n", kill(getpid(), 0));
    int result = kill(getpid(), 200);
    printf("kill with 200: %d %s\n", result, errno == EINVAL ? "EINVAL" : "?");
    install(SIGKILL, note, 0, 0);
    result = sigaction(SIGSTOP, &action, NULL);
    printf("SIGSTOP: %d %s\n", result, errno == EINVAL ? "EINVAL" : "?");
    struct timespec wait = {0, 1000000};
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    result = sigtimedwait(&set, NULL, &wait);
    printf("sigtimedwait: %d %s\n", result, errno == EAGAIN ? "EAGAIN" : "?");
    raise(SIGUSR1);
    siginfo_t got;
    printf("sigwaitinfo: %d", sigwaitinfo(&set, &got));
    printf(" %d\n", got.si_signo);
    return 0;
}
