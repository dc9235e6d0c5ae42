/* SIGSEGV handlers that repair the access, and handlers that jump out. */
#include "ctest.h"
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

static char *area;
static volatile int faults;
static volatile long last_page;
static volatile int last_code;
static sigjmp_buf back;

static void repair(int number, siginfo_t *info, void *context) {
    (void)number;
    (void)context;
    faults++;
    last_page = ((char *)info->si_addr - area) / 4096;
    last_code = info->si_code;
    mprotect((void *)((uintptr_t)info->si_addr & ~4095ul), 4096, PROT_READ | PROT_WRITE);
}

static void jump(int number, siginfo_t *info, void *context) {
    (void)info;
    (void)context;
    siglongjmp(back, number);
}

static void skip(int number, siginfo_t *info, void *context) {
    (void)number;
    (void)info;
    ucontext_t *user = context;
    user->uc_mcontext.regs[0] = 4711;
    user->uc_mcontext.pc += 4;
    faults++;
}

static void install(void (*handler)(int, siginfo_t *, void *)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}

int test_repair(int argc, char **argv) {
    (void)argc;
    (void)argv;
    area = mmap(NULL, 64 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    install(repair);
    for (int page = 0; page < 64; page += 9) {
        ((volatile char *)area)[page * 4096 + 5] = (char)page;
        printf("page %ld code %d\n", last_page, last_code);
    }
    printf("faults %d\n", faults);
    faults = 0;
    long sum = 0;
    for (int i = 0; i < 64 * 4096; i++) sum += area[i];
    printf("reading all: sum %ld, faults %d\n", sum, faults);

    mprotect(area, 64 * 4096, PROT_READ);
    faults = 0;
    memset(area + 4000, 'x', 10 * 4096);
    printf("memset: faults %d, last %c%c\n", faults, area[4000], area[4000 + 10 * 4096 - 1]);
    mprotect(area, 64 * 4096, PROT_NONE);
    faults = 0;
    memmove(area + 100, area + 20000, 30000);
    printf("memmove: faults %d, %c\n", faults, area[100]);

    install(jump);
    for (volatile int i = 0; i < 3; i++) {
        int number = sigsetjmp(back, 1);
        if (number == 0) {
            *(volatile char *)(uintptr_t)(i * 16) = 1;
            puts("not reached");
        }
        printf("jumped out with %d\n", number);
    }

    install(skip);
    faults = 0;
    register long x0 __asm__("x0") = 1;
    __asm__ volatile("mov x1, #16\n\tldr x0, [x1]" : "=r"(x0) : : "x1", "memory");
    long got = x0;
    printf("skipped: x0 %ld, faults %d\n", got, faults);
    return 0;
}
