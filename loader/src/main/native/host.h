/* The native half of jqemu.loader.host: what Java cannot express. See NativeHost.java. */
#ifndef JQEMU_HOST_H
#define JQEMU_HOST_H

#include <signal.h>
#include <stdint.h>
#include <ucontext.h>

#define JQ_EFAULT 14
#define JQ_ERESTARTSYS 512

/* Bytes of address space on either side of the guest's range that belong to nobody. */
#define JQ_GUARD (4ULL << 30)

/* One guest thread's slot. Java reads it with Unsafe: ThreadSlot.java has the same offsets. */
struct jq_slot {
    volatile int32_t pending;        /* 0: an asynchronous signal waits in `info` */
    int32_t signal;                  /* 4: its number */
    volatile int64_t poll;           /* 8: depth limit of translated code; an interrupt makes it -1 */
    volatile int32_t fault;          /* 16: 1 after a guest access that faulted, until Java clears it */
    int32_t fault_signal;            /* 20 */
    uint64_t fault_address;          /* 24: host address */
    int32_t fault_code;              /* 32: si_code as the host gave it */
    int32_t fault_write;             /* 36: 1 for a store */
    uint64_t fault_pc;               /* 40: host pc, for debugging only */
    uint64_t saved_mask;             /* 48: signal mask to restore once the signal is delivered */
    volatile uint64_t signal_count;  /* 56 */
    volatile uint64_t fault_count;   /* 64 */
    int32_t tid;                     /* 72: host thread id */
    int32_t reserved;                /* 76 */
    uint64_t free[6];                /* 80 */
    unsigned char info[128];         /* 128: siginfo_t */
    uint64_t scratch[32];            /* 256: Java's own; loads that nobody reads may be stored here */
};

/* What Java wants done with a signal that another process (or thread) sends. */
enum jq_action { JQ_DEFAULT = 0, JQ_IGNORE = 1, JQ_CATCH = 2 };

enum jq_mode { JQ_DIE = 0, JQ_POST_CHECK = 1 };

/* The kernel's struct sigaction, which is not libc's. */
struct jq_kernel_action {
    void (*handler)(int, siginfo_t *, void *);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};

/* A system call to be made; Java writes it, CallList.java has the same layout. */
struct jq_call {
    int64_t number; /* the low half; JQ_REQUIRED: when it fails, those behind it are not made */
    int64_t a[6];
    int64_t result;
};

#define JQ_REQUIRED (1LL << 32)

enum jq_agent_state { JQ_ENDED = 0, JQ_REQUESTED = 1, JQ_IDLE = 2 };

/* Its stack lies behind it, in the same block. */
struct jq_agent {
    volatile int32_t state;
    int32_t reserved;
    struct jq_call *calls, *undo;
    int64_t count, undo_count;
};

#pragma GCC visibility push(hidden)

/* arch_*.S */
extern long jq_syscall(long number, long a0, long a1, long a2, long a3, long a4, long a5);
extern long jq_syscall_interruptible(struct jq_slot *slot, long number, long a0, long a1, long a2, long a3, long a4,
                                     long a5);
extern long jq_copy(void *target, const void *source, unsigned long count);
extern long jq_copy_string(void *target, const void *source, unsigned long limit);
extern long jq_load(const void *address, long size, uint64_t *result);
extern long jq_store(void *address, long size, uint64_t value);
extern long jq_compare_and_exchange_16(void *address, uint64_t *operands);
extern const char jq_window_start[], jq_window_end[], jq_window_restart[];
extern const char jq_fixup_start[], jq_fixup_end[], jq_fixup_landing[];
extern const char jq_fixup16_start[], jq_fixup16_end[], jq_fixup16_landing[];
extern void jq_restorer(void);
extern long jq_clone(unsigned long flags, void *stack_top, volatile int32_t *clear_tid, void (*run)(void *),
                     void *argument);

/* signal.c */
extern __thread struct jq_slot *jq_self __attribute__((tls_model("initial-exec")));
extern long jq_set_action(int signal, int action, unsigned long flags);
extern void jq_sent_signal(int signal, siginfo_t *info, ucontext_t *context);
extern void jq_die(int signal) __attribute__((noreturn));
extern long jq_premask(void);
extern long jq_sigaction(int signal, const struct jq_kernel_action *action, struct jq_kernel_action *old);
extern uint64_t jq_guest_mask(uint64_t mask);
uint64_t jq_set_mask(uint64_t mask);

/* fault.c */
extern long jq_install_fault_handler(uint64_t base, uint64_t size);
extern void jq_set_fault_mode(int mode);
extern void jq_fault(int signal, siginfo_t *info, void *context);
extern int jq_fault_installed(void);

/* agent.c */
extern long jq_start_agent(struct jq_agent *agent, unsigned long size, unsigned long flags);
extern int jq_ask_agent(struct jq_agent *agent, struct jq_call *calls, long count, struct jq_call *undo,
                        long undo_count);
extern void jq_run(struct jq_call *calls, long count, struct jq_call *undo, long undo_count);

/* insn_x86_64.c */
struct jq_insn {
    int length;           /* in bytes; 0: not an instruction that we know */
    int writes;           /* its memory operand is written */
    int exchanges;        /* CMPXCHG or CMPXCHG16B: ZF says whether it stored */
    int has_address;      /* `address` is known */
    uint64_t address;     /* of the memory operand */
};
#ifdef __x86_64__
extern void jq_decode(const unsigned char *code, const greg_t *registers, struct jq_insn *insn);
#endif

#pragma GCC visibility pop

static inline uint64_t jq_pc(const ucontext_t *context) {
#ifdef __x86_64__
    return (uint64_t) context->uc_mcontext.gregs[REG_RIP];
#else
    return context->uc_mcontext.pc;
#endif
}

static inline void jq_set_pc(ucontext_t *context, uint64_t pc) {
#ifdef __x86_64__
    context->uc_mcontext.gregs[REG_RIP] = (greg_t) pc;
#else
    context->uc_mcontext.pc = pc;
#endif
}

/* The kernel's signal mask is 64 bits at the start of libc's larger sigset_t. */
static inline uint64_t *jq_mask(ucontext_t *context) {
    return (uint64_t *) (void *) &context->uc_sigmask;
}

#endif
