/* An agent: a child process that shares our memory and makes system calls in its own name, on our behalf.

   A JVM cannot go on in a forked child. So a fork of the guest's makes an agent, which has descriptors, ids, a working
   directory and a parent as the child should have them, while our own thread executes the child's guest code. It ends
   by execve or exit. It runs this file's code alone, on a stack of its own, with all signals blocked. */
#include "host.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>

#define SPINS 4000

/* Not private, because the kernel does not wake private waiters when it clears the state. */
static long futex(volatile int32_t *word, int operation, int32_t value, const void *timeout) {
    return jq_syscall(SYS_futex, (long) word, operation, value, (long) timeout, 0, 0);
}

/* Waits until the word is something else than `value`; an answer usually comes at once. The pauses end so that either
   side can look whether the other is still there. */
static int wait_while(struct jq_agent *agent, int32_t value) {
    static const struct { long seconds, nanoseconds; } pause = {1, 0};
    for (int i = 0; i < SPINS; i++) {
        if (__atomic_load_n(&agent->state, __ATOMIC_ACQUIRE) != value) {
            return 1;
        }
    }
    futex(&agent->state, FUTEX_WAIT, value, &pause);
    return __atomic_load_n(&agent->state, __ATOMIC_ACQUIRE) != value;
}

static void set_state(struct jq_agent *agent, int32_t state) {
    __atomic_store_n(&agent->state, state, __ATOMIC_RELEASE);
    futex(&agent->state, FUTEX_WAKE, 1, 0);
}

/* Makes the calls; at the first that fails and must not, and at the end, makes those that undo them: it gets there only
   when no call left the program. */
void jq_run(struct jq_call *calls, long count, struct jq_call *undo, long undo_count) {
    for (long i = 0; i < count; i++) {
        struct jq_call *call = &calls[i];
        call->result = jq_syscall((int) call->number, call->a[0], call->a[1], call->a[2], call->a[3], call->a[4],
                                  call->a[5]);
        if (call->result < 0 && (call->number & JQ_REQUIRED)) {
            break;
        }
    }
    for (long i = 0; i < undo_count; i++) {
        struct jq_call *call = &undo[i];
        call->result = jq_syscall((int) call->number, call->a[0], call->a[1], call->a[2], call->a[3], call->a[4],
                                  call->a[5]);
    }
}

static void serve(void *argument) {
    struct jq_agent *agent = argument;
    long parent = jq_syscall(SYS_getppid, 0, 0, 0, 0, 0, 0);
    for (;;) {
        while (!wait_while(agent, JQ_IDLE)) {
            if (jq_syscall(SYS_getppid, 0, 0, 0, 0, 0, 0) != parent) {
                jq_syscall(SYS_exit_group, 1, 0, 0, 0, 0, 0);
            }
        }
        jq_run(agent->calls, agent->count, agent->undo, agent->undo_count);
        set_state(agent, JQ_IDLE);
    }
}

/* The kernel clears the state when the agent leaves our memory, by execve or at its end, and wakes who waits. */
long jq_start_agent(struct jq_agent *agent, unsigned long size, unsigned long flags) {
    uint64_t all = ~0ULL, old = 0;
    agent->state = JQ_IDLE;
    jq_syscall(SYS_rt_sigprocmask, SIG_SETMASK, (long) &all, (long) &old, 8, 0, 0);
    long pid = jq_clone(flags | CLONE_VM | CLONE_CHILD_CLEARTID, (char *) agent + size, &agent->state, serve, agent);
    jq_syscall(SYS_rt_sigprocmask, SIG_SETMASK, (long) &old, 0, 8, 0, 0);
    return pid;
}

/* Has the agent make calls. Returns 0 when it has left. */
int jq_ask_agent(struct jq_agent *agent, struct jq_call *calls, long count, struct jq_call *undo, long undo_count) {
    if (__atomic_load_n(&agent->state, __ATOMIC_ACQUIRE) == JQ_ENDED) {
        return 0;
    }
    agent->calls = calls;
    agent->count = count;
    agent->undo = undo;
    agent->undo_count = undo_count;
    set_state(agent, JQ_REQUESTED);
    while (!wait_while(agent, JQ_REQUESTED)) {
    }
    return __atomic_load_n(&agent->state, __ATOMIC_ACQUIRE) != JQ_ENDED;
}
