/* Eight threads that fault at once: each access faults, and the handler looks at the pc, the address and the registers
   that the instructions before it have set, then goes on behind it. A number says how many rounds. */
#include "ctest.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#define THREADS 8
#define REGISTERS 8 /* x9 to x16 hold numbers that change with each access */

typedef struct {
    char *page;
    unsigned long offset, seed, faults, wrong;
} faulter;

static void check(int signal, siginfo_t *info, void *context) {
    (void) signal;
    mcontext_t *machine = &((ucontext_t *) context)->uc_mcontext;
    faulter *self = (faulter *) machine->regs[20];
    self->faults++;
    if ((char *) info->si_addr != self->page + self->offset) self->wrong++;
    if (machine->pc != machine->regs[21]) self->wrong++;
    for (int i = 0; i < REGISTERS; i++) {
        if (machine->regs[9 + i] != self->seed + i) self->wrong++;
    }
    machine->pc += 4;
}

/* x20 is the faulter, x21 the address of the instruction that faults, x17 what it accesses */
#define ACCESS(name, instruction)                                                                                      \
    static void name(faulter *self) {                                                                                  \
        register unsigned long seed __asm__("x9") = self->seed;                                                        \
        register char *address __asm__("x17") = self->page + self->offset;                                             \
        register faulter *own __asm__("x20") = self;                                                                   \
        __asm__ volatile("add x10, x9, 1\n\tadd x11, x9, 2\n\tadd x12, x9, 3\n\tadd x13, x9, 4\n\t"            \
                         "add x14, x9, 5\n\tadd x15, x9, 6\n\tadd x16, x9, 7\n\tadr x21, 1f\n"                  \
                         "1:\t" instruction "\n\tadd x10, x10, x11\n\tadd x12, x12, x13"                          \
                         : "+r"(seed)                                                                                  \
                         : "r"(address), "r"(own)                                                                      \
                         : "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x21", "x22", "x23", "v0", "memory");      \
    }

ACCESS(load, "ldr x22, [x17]")
ACCESS(load_unused, "ldr xzr, [x17]")
ACCESS(load_byte, "ldrb w22, [x17]")
ACCESS(load_pair, "ldp x22, x23, [x17]")
ACCESS(store, "str x9, [x17]")
ACCESS(store_pair, "stp x9, x10, [x17]")
ACCESS(load_vector, "ldr q0, [x17]")
ACCESS(store_vector, "str q0, [x17]")
ACCESS(add_atomic, "ldxr x22, [x17]")

static void (*const accesses[])(faulter *) = {load,       load_unused, load_byte,    load_pair, store,
                                              store_pair, load_vector, store_vector, add_atomic};
#define KINDS (sizeof accesses / sizeof accesses[0])

static faulter faulters[THREADS];
static pthread_barrier_t barrier;
static int rounds = 300;

static void *fault(void *argument) {
    faulter *self = argument;
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < rounds; i++) {
        self->offset = 8 * (i % 256);
        for (unsigned kind = 0; kind < KINDS; kind++) {
            self->seed += 0x100000001;
            accesses[kind](self);
        }
    }
    return 0;
}

int test_faults(int argc, char **argv) {
    if (argc > 1) rounds = atoi(argv[1]);
    struct sigaction action = {.sa_sigaction = check, .sa_flags = SA_SIGINFO};
    sigaction(SIGSEGV, &action, 0);
    pthread_barrier_init(&barrier, 0, THREADS);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        faulters[i].page = mmap(0, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        pthread_create(&threads[i], 0, fault, &faulters[i]);
    }
    unsigned long missing = 0, wrong = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], 0);
        missing += rounds * KINDS - faulters[i].faults;
        wrong += faulters[i].wrong;
    }
    printf("%d threads: %ld faults missing, %ld wrong\n", THREADS, missing, wrong);
    return 0;
}
