/* The guest side of the golden vectors: reads records from standard input, executes the code of each on its registers
 * and its memory window, and writes the records back with the state after it, or at the signal that stopped it.
 *
 * No C library: all registers belong to the code under test, TPIDR_EL0 included. The Java side is jqemu.tcg.vector.Oracle;
 * the addresses and the layout of a record are known to both.
 */
#include <stddef.h>
#include <stdint.h>

enum { BODY_WORDS = 13, SLOT_WORDS = 16, SLOTS = 1024, WINDOW_BYTES = 256 };

#define CODE 0x02000000UL
#define WINDOW_PAGE 0x03000000UL
#define WINDOW (WINDOW_PAGE + 0x800)

struct record {
    uint32_t words[BODY_WORDS]; /* the code, which ends by a branch to CODE + 64 * SLOTS */
    uint32_t signal;            /* out: 0, or the signal that stopped it */
    uint64_t stop;              /* out: with a signal, its pc, counted from the first word */
    uint64_t x[31];
    uint64_t sp, fpcr, fpsr, nzcv;
    uint64_t unused;
    uint64_t v[64];
    uint8_t memory[WINDOW_BYTES];
};

/* the assembly below knows these offsets */
_Static_assert(offsetof(struct record, x) == 64, "x");
_Static_assert(offsetof(struct record, sp) == 312, "sp");
_Static_assert(offsetof(struct record, fpcr) == 320, "fpcr");
_Static_assert(offsetof(struct record, v) == 352, "v");
_Static_assert(sizeof(struct record) == 1120, "record");

static struct record records[SLOTS];
static uint8_t alternate_stack[65536];
struct record *current;
uint64_t saved[16];

void run(struct record *record, void *entry);
void leave_fault(void);
void leave(void);

/* run: enters at `entry` with everything from the record but x30, which the first word of the slot loads.
 * leave: where the code ends; TPIDR_EL0 keeps x30 while x30 points to the record. */
asm(".text\n"
    ".globl _start\n"
    "_start: mov x29, #0\n mov x30, #0\n bl entry_point\n brk #1\n"
    ".globl run, leave, leave_fault\n"
    "run:\n"
    "  adrp x2, saved\n add x2, x2, :lo12:saved\n"
    "  stp x19, x20, [x2]\n stp x21, x22, [x2, #16]\n stp x23, x24, [x2, #32]\n stp x25, x26, [x2, #48]\n"
    "  stp x27, x28, [x2, #64]\n stp x29, x30, [x2, #80]\n mov x3, sp\n str x3, [x2, #96]\n"
    "  msr tpidr_el0, xzr\n"
    "  mov x30, x0\n"
    "  str x1, [x2, #104]\n"
    "  ldp x0, x1, [x30, #312]\n mov sp, x0\n msr fpcr, x1\n"
    "  ldp x0, x1, [x30, #328]\n msr fpsr, x0\n lsl x1, x1, #28\n msr nzcv, x1\n"
    "  .irp n,0,2,4,6,8,10,12,14,16,18,20,22,24,26,28,30\n ldr q\\n, [x30, #(352 + 16 * \\n)]\n .endr\n"
    "  .irp n,1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31\n ldr q\\n, [x30, #(352 + 16 * \\n)]\n .endr\n"
    "  .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29\n"
    "  ldr x\\n, [x30, #(64 + 8 * \\n)]\n .endr\n"
    "  adrp x30, saved\n ldr x30, [x30, #:lo12:saved + 104]\n"
    "  clrex\n"
    "  br x30\n"
    "leave:\n"
    "  msr tpidr_el0, x30\n"
    "  adrp x30, current\n ldr x30, [x30, :lo12:current]\n"
    "  .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29\n"
    "  str x\\n, [x30, #(64 + 8 * \\n)]\n .endr\n"
    "  mrs x0, tpidr_el0\n str x0, [x30, #304]\n"
    "  mov x0, sp\n mrs x1, fpcr\n stp x0, x1, [x30, #312]\n"
    "  mrs x0, fpsr\n mrs x1, nzcv\n lsr x1, x1, #28\n stp x0, x1, [x30, #328]\n"
    "  .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
    "  str q\\n, [x30, #(352 + 16 * \\n)]\n .endr\n"
    "leave_fault:\n"
    "  msr fpcr, xzr\n"
    "  adrp x2, saved\n add x2, x2, :lo12:saved\n"
    "  ldp x19, x20, [x2]\n ldp x21, x22, [x2, #16]\n ldp x23, x24, [x2, #32]\n ldp x25, x26, [x2, #48]\n"
    "  ldp x27, x28, [x2, #64]\n ldp x29, x30, [x2, #80]\n ldr x3, [x2, #96]\n mov sp, x3\n"
    "  ret\n");

/* ---- Linux */

static long call(long number, long a, long b, long c, long d, long e, long f) {
    register long x8 asm("x8") = number;
    register long x0 asm("x0") = a;
    register long x1 asm("x1") = b;
    register long x2 asm("x2") = c;
    register long x3 asm("x3") = d;
    register long x4 asm("x4") = e;
    register long x5 asm("x5") = f;
    asm volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
}

enum { READ = 63, WRITE = 64, EXIT = 94, SIGALTSTACK = 132, RT_SIGACTION = 134, MMAP = 222 };

struct signal_frame { /* struct ucontext of arm64 up to what is needed */
    uint64_t flags, link;
    uint64_t stack[3];
    uint64_t mask[16];
    uint64_t fault_address __attribute__((aligned(16)));
    uint64_t x[31], sp, pc, pstate;
    uint8_t records[4096] __attribute__((aligned(16)));
};

struct fpsimd_record {
    uint32_t magic, size, fpsr, fpcr;
    uint64_t v[64];
};

static void handler(int signal, void *info, struct signal_frame *frame) {
    (void)info;
    struct record *record = current;
    record->signal = (uint32_t)signal;
    uint64_t body = CODE + (uint64_t)(record - records) * 4 * SLOT_WORDS + 4;
    record->stop = frame->pc - body;
    for (int i = 0; i < 31; i++) record->x[i] = frame->x[i];
    record->sp = frame->sp;
    record->nzcv = frame->pstate >> 28;
    struct fpsimd_record *fpsimd = (struct fpsimd_record *)frame->records;
    while (fpsimd->magic != 0x46508001) fpsimd = (struct fpsimd_record *)((uint8_t *)fpsimd + fpsimd->size);
    record->fpsr = fpsimd->fpsr;
    record->fpcr = fpsimd->fpcr;
    for (int i = 0; i < 64; i++) record->v[i] = fpsimd->v[i];
    frame->pc = (uint64_t)leave_fault;
}

static void catch_signals(void) {
    struct { void *sp; uint64_t flags, size; } stack = {alternate_stack, 0, sizeof alternate_stack};
    call(SIGALTSTACK, (long)&stack, 0, 0, 0, 0, 0);
    struct { void (*handler)(int, void *, struct signal_frame *); uint64_t flags; void *restorer; uint64_t mask; } action =
        {handler, 4 | 0x08000000, 0, 0}; /* SA_SIGINFO, SA_ONSTACK */
    static const int signals[] = {4, 5, 7, 8, 11};
    for (int i = 0; i < 5; i++) call(RT_SIGACTION, signals[i], (long)&action, 0, 8, 0, 0);
}

/* Reads as many whole records as there are, up to SLOTS; 0 at the end. */
static size_t read_records(void) {
    size_t done = 0;
    while (done < sizeof records) {
        long count = call(READ, 0, (long)records + (long)done, (long)(sizeof records - done), 0, 0, 0);
        if (count <= 0) break;
        done += (size_t)count;
    }
    return done / sizeof records[0];
}

static void write_records(size_t count) {
    size_t done = 0;
    while (done < count * sizeof records[0]) {
        long written = call(WRITE, 1, (long)records + (long)done, (long)(count * sizeof records[0] - done), 0, 0, 0);
        if (written <= 0) call(EXIT, 2, 0, 0, 0, 0, 0);
        done += (size_t)written;
    }
}

/* A slot: LDR X30 from its last two words, the code, that value of X30. */
static void place(size_t count) {
    uint32_t *code = (uint32_t *)CODE;
    for (size_t i = 0; i < count; i++, code += SLOT_WORDS) {
        code[0] = 0x58000000 | 14 << 5 | 30;
        for (int word = 0; word < BODY_WORDS; word++) code[1 + word] = records[i].words[word];
        code[14] = (uint32_t)records[i].x[30];
        code[15] = (uint32_t)(records[i].x[30] >> 32);
    }
    uint32_t *end = (uint32_t *)CODE + SLOTS * SLOT_WORDS;
    *end = 0x14000000 | (((uint64_t)leave - (uint64_t)end) >> 2 & 0x03ffffff);
    for (uint64_t line = CODE; line <= (uint64_t)end; line += 16) asm volatile("dc cvau, %0\n ic ivau, %0" ::"r"(line) : "memory");
    asm volatile("dsb ish\n isb" ::: "memory");
}

static void copy(uint8_t *to, const uint8_t *from) {
    for (int i = 0; i < WINDOW_BYTES; i++) {
        to[i] = from[i];
        asm volatile("" ::: "memory"); /* not a call of memcpy */
    }
}

void entry_point(void) {
    catch_signals();
    call(MMAP, CODE, 4 * SLOT_WORDS * SLOTS + 4096, 7, 0x32, -1, 0);
    call(MMAP, WINDOW_PAGE, 4096, 3, 0x32, -1, 0);
    for (size_t count; (count = read_records()) > 0;) {
        place(count);
        for (size_t i = 0; i < count; i++) {
            current = &records[i];
            copy((uint8_t *)WINDOW, records[i].memory);
            run(current, (uint32_t *)CODE + i * SLOT_WORDS);
            copy(records[i].memory, (uint8_t *)WINDOW);
        }
        write_records(count);
    }
    call(EXIT, 0, 0, 0, 0, 0, 0);
}
