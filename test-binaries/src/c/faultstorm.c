/* Eight threads that fault at once, while a ninth maps memory, makes code there, runs it and unmaps it. What `faults` does
   not look at: in the handler the vector registers, the flags, the stack pointer and the signal's code; a handler that
   repairs the mapping, so that the access is made again, and one that stands in for it; accesses that move their base; and
   that everything is as it should be behind the access. A number says how many rounds. */
#include "ctest.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#define THREADS 8
#define PAGE 4096
#define PATTERN 0x0123456789abcdefu
#define GENERAL 8 /* x9 to x16 hold numbers that change with each access, x9 is the seed */
#define VECTORS 3 /* v1 to v3 too */

/* The functions below know the offsets of the fields up to `general`. */
typedef struct {
    unsigned long seed, pc, sp, flags;
    char *address;
    unsigned long pattern, loaded[2], vector[2 * (1 + VECTORS)], general[GENERAL];
    char *page;
    unsigned long answer, faults, wrong_before, wrong_behind;
} faulter;

/* A function that sets what it has to, accesses [x1] and puts into the faulter (x0) what it finds behind: x5 and x6, the
   flags, where x1 points, v0, and what was set. */
#define ACCESS(name, instruction)                                                                                      \
    void access_##name(faulter *self);                                                                                 \
    __asm__(".pushsection .text\n.global access_" #name "\naccess_" #name ":\n\t"                                      \
            "ldr x9, [x0]\n\tldr x1, [x0, 32]\n\tldr x2, [x0, 40]\n\tadd x10, x9, 1\n\tadd x11, x9, 2\n\t"             \
            "add x12, x9, 3\n\tadd x13, x9, 4\n\tadd x14, x9, 5\n\tadd x15, x9, 6\n\tadd x16, x9, 7\n\t"               \
            "eor x3, x2, x9\n\tmovi v0.2d, 0\n\tfmov d1, x9\n\tmov v1.d[1], x3\n\teor x3, x2, x10\n\t"                 \
            "fmov d2, x10\n\tmov v2.d[1], x3\n\teor x3, x2, x11\n\tfmov d3, x11\n\tmov v3.d[1], x3\n\t"                \
            "mov x5, 1\n\tmov x6, 2\n\tmov x3, sp\n\tstr x3, [x0, 16]\n\tadr x3, 1f\n\tstr x3, [x0, 8]\n\t"            \
            "ldr x3, [x0, 24]\n\tmsr nzcv, x3\n"                                                                       \
            "1:\t" instruction "\n\t"                                                                                  \
            "mrs x3, nzcv\n\tstp x3, x1, [x0, 24]\n\tstp x5, x6, [x0, 48]\n\tstp q0, q1, [x0, 64]\n\t"                 \
            "stp q2, q3, [x0, 96]\n\tstp x9, x10, [x0, 128]\n\tstp x11, x12, [x0, 144]\n\t"                            \
            "stp x13, x14, [x0, 160]\n\tstp x15, x16, [x0, 176]\n\tret\n\t.popsection");

#pragma GCC visibility push(hidden)
ACCESS(load, "ldr x5, [x1]")
ACCESS(load_unused, "ldr xzr, [x1]")
ACCESS(load_overwritten, "ldr x5, [x1]\n\tmov x5, 9")
ACCESS(load_pair, "ldp x5, x6, [x1]")
ACCESS(load_moving, "ldr x5, [x1], 8")
ACCESS(load_vector, "ldr q0, [x1]")
ACCESS(load_vectors, "ldp q0, q4, [x1]")
ACCESS(load_elements, "ld1 {v0.2d}, [x1]")
ACCESS(store, "str x9, [x1]")
ACCESS(store_pair, "stp x9, x10, [x1]")
ACCESS(store_moving, "str x9, [x1], 8")
ACCESS(store_vector, "str q1, [x1]")
#pragma GCC visibility pop

static const struct {
    void (*access)(faulter *);
    int loads, loads_vector, stores, moves, overwritten;
} kinds[] = {{.access = access_load, .loads = 1},
             {.access = access_load_unused},
             {.access = access_load_overwritten, .overwritten = 1},
             {.access = access_load_pair, .loads = 2},
             {.access = access_load_moving, .loads = 1, .moves = 8},
             {.access = access_load_vector, .loads_vector = 1},
             {.access = access_load_vectors, .loads_vector = 1},
             {.access = access_load_elements, .loads_vector = 1},
             {.access = access_store, .stores = 1},
             {.access = access_store_pair, .stores = 1},
             {.access = access_store_moving, .stores = 1, .moves = 8},
             {.access = access_store_vector, .stores = 1}};
#define KINDS (sizeof kinds / sizeof kinds[0])

enum { STEP_OVER, STAND_IN, REPAIR, ANSWERS };

static unsigned long flags_of(const faulter *self) { return (self->seed & 15) << 28; }

static unsigned long vector_half(const faulter *self, int half) {
    unsigned long low = self->seed + (unsigned long) half / 2;
    return half % 2 == 0 ? low : low ^ PATTERN;
}

static struct fpsimd_context *vectors_of(mcontext_t *machine) {
    struct _aarch64_ctx *record = (struct _aarch64_ctx *) machine->__reserved;
    while (record->magic != FPSIMD_MAGIC) record = (struct _aarch64_ctx *) ((char *) record + record->size);
    return (struct fpsimd_context *) record;
}

static void answer(int signal, siginfo_t *info, void *context) {
    mcontext_t *machine = &((ucontext_t *) context)->uc_mcontext;
    faulter *self = (faulter *) machine->regs[0];
    struct fpsimd_context *vectors = vectors_of(machine);
    unsigned long wrong = signal != SIGSEGV || info->si_code != SEGV_ACCERR || info->si_addr != self->address;
    wrong += machine->pc != self->pc || machine->sp != self->sp || machine->regs[1] != (uintptr_t) self->address;
    wrong += (machine->pstate & 0xf0000000) != flags_of(self) || machine->regs[5] != 1 || machine->regs[6] != 2;
    for (int i = 0; i < GENERAL; i++) wrong += machine->regs[9 + i] != self->seed + (unsigned long) i;
    for (int half = 0; half < 2 * VECTORS; half++) {
        wrong += (unsigned long) (vectors->vregs[1 + half / 2] >> 64 * (half % 2)) != vector_half(self, half);
    }
    self->wrong_before += wrong;
    self->faults++;
    if (self->answer == REPAIR) {
        mprotect(self->page, PAGE, PROT_READ | PROT_WRITE);
        return;
    }
    if (self->answer == STAND_IN) {
        machine->regs[5] = self->seed * 3;
        machine->regs[6] = self->seed * 5;
        vectors->vregs[0] = self->seed * 7;
    }
    machine->pc += 4;
}

static unsigned long memory_at(const faulter *self, char *address) {
    return (unsigned long) (address - self->page) * PATTERN;
}

static void look_behind(faulter *self, unsigned kind, char *address) {
    int repaired = self->answer == REPAIR, stood_in = self->answer == STAND_IN;
    unsigned long loaded[2] = {1, 2}, vector[2] = {0, 0}, wrong = 0;
    for (int i = 0; i < 2; i++) {
        if (stood_in) loaded[i] = self->seed * (3 + 2 * (unsigned long) i);
        if (repaired && i < kinds[kind].loads) loaded[i] = memory_at(self, address + 8 * i);
        if (repaired && kinds[kind].loads_vector) vector[i] = memory_at(self, address + 8 * i);
    }
    if (stood_in) vector[0] = self->seed * 7;
    if (kinds[kind].overwritten) loaded[0] = 9;
    wrong += memcmp(loaded, self->loaded, sizeof loaded) != 0 || memcmp(vector, self->vector, sizeof vector) != 0;
    wrong += self->address != address + (repaired ? kinds[kind].moves : 0) || self->flags != flags_of(self);
    for (int i = 0; i < GENERAL; i++) wrong += self->general[i] != self->seed + (unsigned long) i;
    for (int half = 0; half < 2 * VECTORS; half++) wrong += self->vector[2 + half] != vector_half(self, half);
    if (repaired) {
        unsigned long *words = (unsigned long *) address;
        wrong += words[0] != (kinds[kind].stores ? self->seed : memory_at(self, address));
        for (int i = 0; i < 2; i++) words[i] = memory_at(self, address + 8 * i);
        mprotect(self->page, PAGE, PROT_NONE);
    }
    self->wrong_behind += wrong;
}

static faulter faulters[THREADS];
static pthread_barrier_t barrier;
static unsigned rounds = 20;

static void *fault(void *argument) {
    faulter *self = argument;
    pthread_barrier_wait(&barrier);
    for (unsigned i = 0; i < rounds * ANSWERS; i++) {
        char *address = self->page + 16 * (i % 250);
        self->answer = i % ANSWERS;
        for (unsigned kind = 0; kind < KINDS; kind++) {
            self->seed += 0x100000001;
            self->flags = flags_of(self);
            self->address = address;
            kinds[kind].access(self);
            look_behind(self, kind, address);
        }
    }
    return 0;
}

static volatile int storming = 1;

/* Counts the functions that it made and that returned something else than they should. */
static void *make_code(void *wrong) {
    for (uint32_t i = 0; storming; i++) {
        uint32_t *code = mmap(0, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        code[0] = 0x11000000 | (i & 0xfff) << 10; /* add w0, w0, #i */
        code[1] = 0xd65f03c0;                     /* ret */
        __builtin___clear_cache((char *) code, (char *) (code + 2));
        for (uint32_t call = 0; call < 3; call++) {
            *(long *) wrong += ((uint32_t(*)(uint32_t)) code)(call) != call + (i & 0xfff);
        }
        munmap(code, PAGE);
    }
    return 0;
}

int test_faultstorm(int argc, char **argv) {
    if (argc > 1) rounds = (unsigned) atoi(argv[1]);
    struct sigaction action = {.sa_sigaction = answer, .sa_flags = SA_SIGINFO};
    sigaction(SIGSEGV, &action, 0);
    pthread_barrier_init(&barrier, 0, THREADS);
    pthread_t threads[THREADS], maker;
    for (int i = 0; i < THREADS; i++) {
        faulter *self = &faulters[i];
        self->page = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        for (char *at = self->page; at < self->page + PAGE; at += 8) *(unsigned long *) at = memory_at(self, at);
        mprotect(self->page, PAGE, PROT_NONE);
        self->pattern = PATTERN;
        self->seed = (unsigned long) i << 48;
        pthread_create(&threads[i], 0, fault, self);
    }
    long wrong_code = 0;
    pthread_create(&maker, 0, make_code, &wrong_code);
    unsigned long missing = 0, wrong_before = 0, wrong_behind = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], 0);
        missing += rounds * ANSWERS * KINDS - faulters[i].faults;
        wrong_before += faulters[i].wrong_before;
        wrong_behind += faulters[i].wrong_behind;
    }
    storming = 0;
    pthread_join(maker, 0);
    printf("faults: %ld missing, wrong in the handler %ld, behind it %ld\n", missing, wrong_before, wrong_behind);
    printf("made code: %ld wrong\n", wrong_code);
    return 0;
}
