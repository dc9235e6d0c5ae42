/* Control flow of unusual shape, and that it does not slow down: recursion millions deep, coroutines, longjmp out of
   recursion and out of a handler, tail calls, handlers on a stack of their own, calls by pointer to few and many targets.
   ctest stacks [PART [PERCENT]]; steps.h says what is printed. */
#include "contexts.h"
#include "ctest.h"
#include "steps.h"

#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>

#define BIG_STACK ((size_t) 2 << 30)
#define OTHER_STACK ((size_t) 64 << 10)
static char *big_stack;

static long on_big_stack(long (*function)(long), long argument) {
    return call_on(big_stack + BIG_STACK, function, argument);
}

/* --- recursion --- */

OUT_OF_LINE static uint64_t descend(long level) {
    if (level == 0) return 1;
    return mix(descend(level - 1), (uint64_t) level);
}

static long descend_from(long level) { return (long) descend(level); }

static uint64_t descent(long level) {
    uint64_t result = 1;
    for (long i = 1; i <= level; i++) result = mix(result, (uint64_t) i);
    return result;
}

#define DEEPEST 10000000l

/* Down at once as far as the stack is meant for. */
static long deep(long levels) {
    long right = 0;
    for (; levels > 0; levels -= DEEPEST) {
        long now = levels < DEEPEST ? levels : DEEPEST;
        right += on_big_stack(descend_from, now) == (long) descent(now);
    }
    return right;
}

/* Two functions in turn, one of which calls from two places. */
OUT_OF_LINE static uint64_t descend_by_turns(long level);

OUT_OF_LINE static uint64_t descend_by_other(long level) {
    if (level & 2) return mix(descend_by_turns(level - 1), (uint64_t) level);
    uint64_t below = descend_by_turns(level - 1);
    UNKNOWN(below);
    return mix(below + 1, (uint64_t) level);
}

static uint64_t descend_by_turns(long level) {
    return level == 0 ? 1 : mix(descend_by_other(level - 1), (uint64_t) level);
}

static long descend_by_turns_from(long level) { return (long) descend_by_turns(level); }

static uint64_t descent_by_turns(long level) {
    uint64_t result = 1;
    for (long i = 1; i <= level; i++) result = mix(result + (i % 4 == 1), (uint64_t) i);
    return result;
}

static long deep_by_turns(long levels) {
    long right = 0;
    for (; levels > 0; levels -= DEEPEST) {
        long now = (levels < DEEPEST ? levels : DEEPEST) & ~1l;
        right += on_big_stack(descend_by_turns_from, now) == (long) descent_by_turns(now);
    }
    return right;
}

/* Two functions that call by pointer, one of the two at random. */
typedef uint64_t (*descent_function)(long level);
static descent_function descents[2];

static int chosen(long level) { return (uint64_t) level * 0x9e3779b97f4a7c15u >> 60 & 1; }

OUT_OF_LINE static uint64_t descend_by_pointer(long level) {
    return level == 0 ? 1 : mix(descents[chosen(level - 1)](level - 1), (uint64_t) level);
}

OUT_OF_LINE static uint64_t descend_by_other_pointer(long level) {
    if (level == 0) return 1;
    return mix(descents[chosen(level - 1)](level - 1) + 1, (uint64_t) level);
}

static long descend_by_pointer_from(long level) { return (long) descend_by_pointer(level); }

static uint64_t descent_by_pointer(long level) {
    uint64_t result = 1;
    for (long i = 1; i <= level; i++) result = mix(result + (uint64_t) (i < level && chosen(i)), (uint64_t) i);
    return result;
}

static long deep_by_pointer(long levels) {
    long right = 0;
    descents[0] = descend_by_pointer;
    descents[1] = descend_by_other_pointer;
    UNKNOWN(levels);
    for (; levels > 0; levels -= DEEPEST) {
        long now = levels < DEEPEST ? levels : DEEPEST;
        right += on_big_stack(descend_by_pointer_from, now) == (long) descent_by_pointer(now);
    }
    return right;
}

/* --- coroutines --- */

#define CONTEXTS 1000

typedef struct context {
    void *sp;
    struct context *next;
    int depth;
    uint64_t state;
} context;

static context contexts[CONTEXTS], starter;
static uint64_t expected_state[CONTEXTS];
static char *context_stacks;
static int ring_size;
static uint64_t rounds;
static long switches_left;

/* Gives way to the next from somewhere down the own stack. */
OUT_OF_LINE static int turn(context *own, int depth) {
    if (depth > 0) {
        int below = turn(own, depth - 1);
        UNKNOWN(below);
        return below + 1;
    }
    switch_context(&own->sp, switches_left-- > 0 ? own->next->sp : starter.sp);
    return 0;
}

static void coroutine(context *own) {
    double kept = own->depth + 0.5; /* in a register that calls preserve */
    for (uint64_t count = 0;; count++) {
        __asm__ volatile("" : "+w"(kept));
        own->state = mix(own->state, count);
        int depth = turn(own, own->depth);
        if (depth != own->depth || kept != depth + 0.5) own->state = 0;
    }
}

static void start_contexts(int number) {
    ring_size = number;
    rounds = 0;
    for (int i = 0; i < number; i++) {
        context *new = &contexts[i];
        new->next = &contexts[(i + 1) % number];
        new->depth = i % 7;
        new->state = expected_state[i] = (uint64_t) i;
        new->sp = new_context(context_stacks + (size_t) (i + 1) * OTHER_STACK, coroutine, new);
    }
}

/* Enters contexts `switches` times, which ends with the last of them. */
static long ring(long switches) {
    uint64_t end = rounds + (uint64_t) (switches / ring_size);
    long right = 0;
    switches_left = switches - 1;
    switch_context(&starter.sp, contexts[0].sp);
    for (int i = 0; i < ring_size; i++) {
        for (uint64_t count = rounds; count < end; count++) expected_state[i] = mix(expected_state[i], count);
        if (contexts[i].state == expected_state[i]) right += switches / ring_size;
    }
    rounds = end;
    return right;
}

static void coroutines(void) {
    context_stacks = new_stack(CONTEXTS * OTHER_STACK);
    start_contexts(2);
    part("two coroutines", ring, 100000);
    start_contexts(CONTEXTS);
    part("a thousand coroutines", ring, 100000);
    munmap(context_stacks, CONTEXTS * OTHER_STACK);
}

/* --- longjmp --- */

static jmp_buf surface;

OUT_OF_LINE static uint64_t dive(long level, int value) {
    if (level < 0) return 0; /* never */
    if (level == 0) longjmp(surface, value);
    return mix(dive(level - 1, value), (uint64_t) level);
}

static long jumps(long number) {
    volatile long right = 0;
    for (volatile int i = 1; i <= number; i++) {
        int value = setjmp(surface);
        if (value == 0) dive(1000, i);
        right += value == i;
    }
    return right;
}

/* --- tail calls --- */

OUT_OF_LINE static uint64_t tail_even(uint64_t count, uint64_t sum);
OUT_OF_LINE static uint64_t tail_odd(uint64_t count, uint64_t sum);

static uint64_t tail_even(uint64_t count, uint64_t sum) {
    UNKNOWN(count);
    return count == 0 ? sum : tail_odd(count - 1, sum + count);
}

static uint64_t tail_odd(uint64_t count, uint64_t sum) {
    UNKNOWN(count);
    return count == 0 ? ~sum : tail_even(count - 1, sum ^ count);
}

static long tail_calls(long number) {
    uint64_t sum = 0;
    for (long i = number; i > 0; i--) sum = (number - i) % 2 == 0 ? sum + (uint64_t) i : sum ^ (uint64_t) i;
    if (number % 2 != 0) sum = ~sum;
    return tail_even((uint64_t) number, 0) == sum ? number : 0;
}

/* A machine of five states, each a function that jumps to the next by pointer. */
typedef uint64_t (*state)(uint64_t count, uint64_t sum);
#define STATE(number)                                                                                                  \
    OUT_OF_LINE static uint64_t state_##number(uint64_t count, uint64_t sum) {                                         \
        if (count == 0) return sum;                                                                                    \
        sum = sum * 3 + number;                                                                                        \
        return states[(sum >> 20) % 5](count - 1, sum);                                                                \
    }
#define STATES(S) S(0) S(1) S(2) S(3) S(4)
#define DECLARE_STATE(number) static uint64_t state_##number(uint64_t count, uint64_t sum);
#define NAME_STATE(number) state_##number,
STATES(DECLARE_STATE)
static state states[] = {STATES(NAME_STATE)};
STATES(STATE)

static long state_machine(long number) {
    uint64_t sum = 12345, next = 0;
    for (long i = 0; i < number; i++) {
        sum = sum * 3 + next;
        next = (sum >> 20) % 5;
    }
    state start = states[0];
    UNKNOWN(start);
    return start((uint64_t) number, 12345) == sum ? number : 0;
}

/* --- handlers --- */

static sigjmp_buf rescue;
static char *unmapped, *readable;
static char *volatile faulted;

static void jump_out(int number, siginfo_t *info, void *unused) {
    (void) unused;
    faulted = info->si_addr;
    siglongjmp(rescue, number);
}

static void handle(int number, void (*handler)(int, siginfo_t *, void *), int flags) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | flags;
    sigaction(number, &action, NULL);
}

/* Faults in one of four ways, below some calls. */
OUT_OF_LINE static long fault(long kind, long at, int depth) {
    if (depth > 0) {
        long below = fault(kind, at, depth - 1);
        UNKNOWN(below);
        return below + 1;
    }
    switch (kind) {
    case 0: return *(volatile char *) (unmapped + at);
    case 1: *(volatile long *) (unmapped + at) = 1; break;
    case 2: *(volatile char *) (readable + at) = 1; break;
    default: ((void (*)(void)) (unmapped + at))();
    }
    return 0;
}

static long faults(long number) {
    volatile long right = 0;
    for (volatile long i = 0; i < number; i++) {
        int value = sigsetjmp(rescue, 1);
        long at = i % 500 * 8;
        if (value == 0) fault(i % 4, at, (int) (i % 30));
        right += value == SIGSEGV && faulted == (i % 4 == 2 ? readable : unmapped) + at;
    }
    return right;
}

static void segments(void) {
    unmapped = new_stack(4096);
    readable = new_stack(4096);
    mprotect(unmapped, 4096, PROT_NONE);
    mprotect(readable, 4096, PROT_READ);
    handle(SIGSEGV, jump_out, 0);
    part("longjmp out of a handler of SIGSEGV", faults, 1000);
    signal(SIGSEGV, SIG_DFL);
    munmap(unmapped, 4096);
    munmap(readable, 4096);
}

static char *handler_stack;
static volatile long handled, on_handler_stack;

static int within(const char *stack, size_t size, uint64_t at) { return at - (uintptr_t) stack < size; }

/* A tick may come after its timer was stopped, where signals take another way than the kernel's; it does not count. */
static volatile int ticking;

/* Runs on a stack of its own, recurses there, and for SIGUSR1 is interrupted by SIGUSR2. */
static void count_handled(int number, siginfo_t *info, void *interrupted) {
    (void) info;
    char here;
    uint64_t sp = ((ucontext_t *) interrupted)->uc_mcontext.sp;
    int from = number == SIGUSR2 ? within(handler_stack, OTHER_STACK, sp) : within(big_stack, BIG_STACK, sp);
    int right = within(handler_stack, OTHER_STACK, (uintptr_t) &here) && from && descend(100) == descent(100);
    if (number == SIGALRM && !ticking) return;
    handled++;
    on_handler_stack += right;
    if (number == SIGUSR1) raise(SIGUSR2);
}

OUT_OF_LINE static uint64_t descend_with_signals(long level) {
    if (level == 0) return 1;
    if (level % 100 == 50) raise(SIGUSR1);
    uint64_t below = descend_with_signals(level - 1);
    if (level % 100 == 0) raise(SIGUSR1);
    return mix(below, (uint64_t) level);
}

static long descend_with_signals_from(long level) { return (long) descend_with_signals(level); }

/* Two signals each hundred levels on the way down, two on the way up. */
static long signals_deep(long levels) {
    handled = on_handler_stack = 0;
    long result = on_big_stack(descend_with_signals_from, levels);
    return result == (long) descent(levels) && handled == on_handler_stack ? handled : 0;
}

static long descend_until_ticks(long ticks) {
    struct itimerval each = {{0, 1000}, {0, 1000}}, none = {{0, 0}, {0, 0}};
    uint64_t expected = descent(10000);
    long right = 1;
    ticking = 1;
    setitimer(ITIMER_REAL, &each, NULL);
    while (handled < ticks) right &= descend(10000) == expected;
    ticking = 0;
    setitimer(ITIMER_REAL, &none, NULL);
    return right;
}

static long ticks_deep(long ticks) {
    handled = on_handler_stack = 0;
    return on_big_stack(descend_until_ticks, ticks) && handled == on_handler_stack;
}

static void other_stacks(void) {
    handler_stack = new_stack(OTHER_STACK);
    stack_t new = {.ss_sp = handler_stack, .ss_size = OTHER_STACK, .ss_flags = 0};
    sigaltstack(&new, NULL);
    handle(SIGUSR1, count_handled, SA_ONSTACK);
    handle(SIGUSR2, count_handled, SA_ONSTACK);
    handle(SIGALRM, count_handled, SA_ONSTACK);
    part("signals deep in recursion", signals_deep, 50000);
    part("ticks deep in recursion", ticks_deep, 5);
    new.ss_flags = SS_DISABLE;
    sigaltstack(&new, NULL);
    munmap(handler_stack, OTHER_STACK);
}

/* --- calls by pointer --- */

#define TARGETS 1000
#define TEN(T, n) T(n##0) T(n##1) T(n##2) T(n##3) T(n##4) T(n##5) T(n##6) T(n##7) T(n##8) T(n##9)
#define HUNDRED(T, n)                                                                                                  \
    TEN(T, n##0) TEN(T, n##1) TEN(T, n##2) TEN(T, n##3) TEN(T, n##4)                                                   \
    TEN(T, n##5) TEN(T, n##6) TEN(T, n##7) TEN(T, n##8) TEN(T, n##9)
#define THOUSAND(T)                                                                                                    \
    HUNDRED(T, 10) HUNDRED(T, 11) HUNDRED(T, 12) HUNDRED(T, 13) HUNDRED(T, 14)                                         \
    HUNDRED(T, 15) HUNDRED(T, 16) HUNDRED(T, 17) HUNDRED(T, 18) HUNDRED(T, 19)

typedef uint64_t (*target)(uint64_t value);
#define TARGET(number)                                                                                                 \
    static uint64_t target_##number(uint64_t value) { return value * (2 * number + 1) + number; }
#define NAME_TARGET(number) target_##number,
THOUSAND(TARGET)
static target targets[] = {THOUSAND(NAME_TARGET)};

static uint16_t order[4096];

static long calls_by_pointer(long number) {
    uint64_t value = 1, expected = 1;
    for (long i = 0; i < number; i++) value = targets[order[i % 4096]](value);
    for (long i = 0; i < number; i++) {
        uint64_t index = order[i % 4096] + 1000u;
        expected = expected * (2 * index + 1) + index;
    }
    return value == expected ? number : 0;
}

static void pointers(void) {
    static const int numbers[] = {1, 2, 8, TARGETS};
    char name[80];
    uint64_t random = 1;
    for (int i = 0; i < 4; i++) {
        for (int at = 0; at < 4096; at++) order[at] = (uint16_t) (at % numbers[i]);
        snprintf(name, sizeof name, "%d target%s in turn", numbers[i], i == 0 ? "" : "s");
        part(name, calls_by_pointer, 500000);
        for (int at = 0; at < 4096; at++) order[at] = (uint16_t) (next_number(&random) % (uint32_t) numbers[i]);
        snprintf(name, sizeof name, "%d targets at random", numbers[i]);
        if (i > 0) part(name, calls_by_pointer, 500000);
    }
}

int test_stacks(int argc, char **argv) {
    choose_parts(argc, argv);
    big_stack = new_stack(BIG_STACK);
    part("recursion", deep, 10000000);
    part("recursion by turns", deep_by_turns, 2000000);
    part("recursion by pointer", deep_by_pointer, 10000000);
    coroutines();
    part("longjmp out of recursion", jumps, 1000);
    part("tail calls", tail_calls, 15000000);
    part("tail calls by pointer", state_machine, 1000000);
    segments();
    other_stacks();
    pointers();
    munmap(big_stack, BIG_STACK);
    return 0;
}
