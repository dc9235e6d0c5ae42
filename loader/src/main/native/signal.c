/* Signals that somebody sends: kept in the thread's slot until Java delivers them to the guest. */
#include "host.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#define BIT(signal) (1ULL << ((signal) - 1))

/* Raised by the processor for the JVM's own purposes: HotSpot handles them, and blocking one would kill us. */
#define SYNCHRONOUS (BIT(SIGILL) | BIT(SIGTRAP) | BIT(SIGBUS) | BIT(SIGFPE) | BIT(SIGSEGV))
#define KERNEL_RESTORER 0x04000000UL

/* The kick that makes a JVM thread block the guest's signals. */
#define KICK 64
#define KICK_CODE (-77)

__thread struct jq_slot *jq_self __attribute__((tls_model("initial-exec")));

static volatile int actions[65];
static struct jq_kernel_action jvm_actions[65];
static int kicked;

long jq_sigaction(int signal, const struct jq_kernel_action *action, struct jq_kernel_action *old) {
    struct jq_kernel_action copy;
    if (action) {
        copy = *action;
        copy.flags |= KERNEL_RESTORER;
        copy.restorer = jq_restorer;
        action = &copy;
    }
    return jq_syscall(SYS_rt_sigaction, signal, (long) action, (long) old, 8, 0, 0);
}

uint64_t jq_guest_mask(uint64_t mask) {
    return mask & ~SYNCHRONOUS;
}

void jq_die(int signal) {
    struct jq_kernel_action action = {0};
    uint64_t mask = ~BIT(signal);
    jq_sigaction(signal, &action, 0);
    jq_syscall(SYS_rt_sigprocmask, SIG_SETMASK, (long) &mask, 0, 8, 0, 0);
    long pid = jq_syscall(SYS_getpid, 0, 0, 0, 0, 0, 0);
    jq_syscall(SYS_tgkill, pid, jq_syscall(SYS_gettid, 0, 0, 0, 0, 0, 0), signal, 0, 0, 0);
    for (;;) {
        jq_syscall(SYS_exit_group, 128 + signal, 0, 0, 0, 0, 0);
    }
}

/* While a signal waits in the slot, all others stay blocked: its delivery sets the mask. One may come at any moment
   before the first call. */
uint64_t jq_set_mask(uint64_t mask) {
    uint64_t all = ~SYNCHRONOUS, old = 0;
    mask = jq_guest_mask(mask);
    jq_syscall(SYS_rt_sigprocmask, SIG_SETMASK, (long) &all, (long) &old, 8, 0, 0);
    if (!jq_self || !jq_self->pending) {
        jq_syscall(SYS_rt_sigprocmask, SIG_SETMASK, (long) &mask, 0, 8, 0, 0);
    }
    return old;
}

/* One of the JVM's threads got it: this thread blocks the signal for good and the process gets it once more. */
static void pass_on(int signal, siginfo_t *info, ucontext_t *context) {
    *jq_mask(context) |= BIT(signal);
    long pid = jq_syscall(SYS_getpid, 0, 0, 0, 0, 0, 0);
    if (jq_syscall(SYS_rt_sigqueueinfo, pid, signal, (long) info, 0, 0, 0) < 0) {
        info->si_code = SI_QUEUE; /* the kernel lets only the leading thread claim another origin */
        jq_syscall(SYS_rt_sigqueueinfo, pid, signal, (long) info, 0, 0, 0);
    }
}

/* Only one signal at a time is in the slot: everything else stays blocked until Java has delivered it. */
static void keep(struct jq_slot *slot, int signal, siginfo_t *info, ucontext_t *context) {
    uint64_t *mask = jq_mask(context);
    slot->signal = signal;
    slot->saved_mask = *mask;
    slot->signal_count++;
    memcpy(slot->info, info, sizeof slot->info);
    *mask |= ~SYNCHRONOUS;
    slot->poll = -1;
    __atomic_store_n(&slot->pending, 1, __ATOMIC_RELEASE);
    uint64_t pc = jq_pc(context);
    if (pc >= (uint64_t) jq_window_start && pc < (uint64_t) jq_window_end) {
        jq_set_pc(context, (uint64_t) jq_window_restart);
    }
}

/* The synchronous signals cannot be blocked while one waits in the slot. A second one queues itself anew once the
   first is delivered, which is what a blocked signal would do: kept by the kernel in our stead. */
static int is_waiting(struct jq_slot *slot, int signal) {
    return slot->pending && (BIT(signal) & SYNCHRONOUS);
}

void jq_sent_signal(int signal, siginfo_t *info, ucontext_t *context) {
    int action = actions[signal];
    if (action == JQ_IGNORE) {
        return;
    }
    if (action == JQ_DEFAULT) {
        jq_die(signal);
    }
    struct jq_slot *slot = jq_self;
    if (!slot) {
        if (BIT(signal) & SYNCHRONOUS) {
            jq_die(signal); /* blocked here, the thread's next implicit null check would kill us without a word */
        }
        pass_on(signal, info, context);
    } else if (!is_waiting(slot, signal)) {
        keep(slot, signal, info, context);
    }
}

/* The kick's handler stays for good: a thread that is slow to run finds it long after the kick. */
static void on_kick(int signal, siginfo_t *info, void *opaque) {
    if (info->si_code != KICK_CODE) {
        jq_sent_signal(signal, info, opaque);
        return;
    }
    if (!jq_self) {
        *jq_mask(opaque) |= ~SYNCHRONOUS;
    }
    __atomic_add_fetch(&kicked, 1, __ATOMIC_RELEASE);
}

/* As the guest's action for that signal says; until there is one, the kick disturbs no system call. */
static unsigned long kick_flags = SA_RESTART;

static long install_kick(void) {
    struct jq_kernel_action action = {0};
    action.handler = on_kick;
    action.flags = SA_SIGINFO | SA_ONSTACK | kick_flags;
    action.mask = ~SYNCHRONOUS;
    return jq_sigaction(KICK, &action, 0);
}

static void on_signal(int signal, siginfo_t *info, void *opaque) {
    ucontext_t *context = opaque;
    if ((BIT(signal) & SYNCHRONOUS) && info->si_code > 0) {
        jvm_actions[signal].handler(signal, info, context);
        return;
    }
    jq_sent_signal(signal, info, context);
}

static long set_synchronous_action(int signal, int action) {
    actions[signal] = action;
    if (signal == SIGSEGV || signal == SIGBUS) {
        return jq_fault_installed() ? 0 : -22;
    }
    struct jq_kernel_action current;
    long error = jq_sigaction(signal, 0, &current);
    if (error || current.handler == on_signal) {
        return error;
    }
    if ((uintptr_t) current.handler > 1) {
        jvm_actions[signal] = current;
    } else {
        return 0; /* HotSpot does not use it: nothing to protect, and the kernel's default is what is wanted */
    }
    current.handler = on_signal;
    current.flags |= SA_SIGINFO | SA_ONSTACK;
    return jq_sigaction(signal, &current, 0);
}

long jq_set_action(int signal, int action, unsigned long flags) {
    if (signal < 1 || signal > 64 || signal == SIGKILL || signal == SIGSTOP) {
        return -22;
    }
    if (BIT(signal) & SYNCHRONOUS) {
        return set_synchronous_action(signal, action);
    }
    struct jq_kernel_action host = {0};
    actions[signal] = action;
    host.flags = flags & (SA_RESTART | SA_NOCLDSTOP | SA_NOCLDWAIT);
    if (signal == KICK) {
        kick_flags = host.flags;
        return install_kick();
    }
    if (action == JQ_CATCH) {
        host.handler = on_signal;
        host.flags |= SA_SIGINFO | SA_ONSTACK;
        host.mask = ~SYNCHRONOUS;
    } else if (action == JQ_IGNORE) {
        host.handler = (void (*)(int, siginfo_t *, void *)) (uintptr_t) 1;
    }
    return jq_sigaction(signal, &host, 0);
}

static long kick(long pid, long tid) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_signo = KICK;
    info.si_code = KICK_CODE;
    return jq_syscall(SYS_rt_tgsigqueueinfo, pid, tid, KICK, (long) &info, 0, 0);
}

/* Makes each thread that has no slot block the guest's signals, so that the kernel picks a guest thread for those
   sent to the process. Returns the number of threads that were told. */
long jq_premask(void) {
    long error = install_kick();
    if (error) {
        return error;
    }
    long pid = jq_syscall(SYS_getpid, 0, 0, 0, 0, 0, 0), told = 0;
    DIR *tasks = opendir("/proc/self/task");
    __atomic_store_n(&kicked, 0, __ATOMIC_RELEASE);
    for (struct dirent *entry; tasks && (entry = readdir(tasks));) {
        long tid = atol(entry->d_name);
        if (tid > 0 && kick(pid, tid) == 0) {
            told++;
        }
    }
    if (tasks) {
        closedir(tasks);
    }
    /* A thread that has the signal blocked never answers: it has been told before. */
    for (int i = 0; i < 1000 && __atomic_load_n(&kicked, __ATOMIC_ACQUIRE) < told; i++) {
        struct timespec { long seconds, nanoseconds; } pause = {0, 20000};
        jq_syscall(SYS_nanosleep, (long) &pause, 0, 0, 0, 0, 0);
    }
    return told;
}
