/* SIGSEGV and SIGBUS: tells the guest's faults from the JVM's own, and records the guest's without HotSpot noticing. */
#include "host.h"

#include <link.h>
#include <string.h>
#include <sys/syscall.h>

/* Code that performs guest accesses: HotSpot's code cache and libjvm (the JVM interpreter calls Unsafe there). */
static uint64_t code_low, code_high, libjvm_low, libjvm_high;

static uint64_t guest_base, guest_size;
static volatile int installed, mode;
static struct jq_kernel_action hotspot_segv, hotspot_bus;

static int is_accessing_code(uint64_t pc) {
    return pc - code_low < code_high - code_low || pc - libjvm_low < libjvm_high - libjvm_low;
}

/* The JVM's polling page, stack guards and reserved heap are mapped; where nothing is mapped, a guest address erred. */
static int is_unmapped(uint64_t address) {
    unsigned char resident;
    return jq_syscall(SYS_mincore, (long) (address & ~4095ULL), 1, (long) &resident, 0, 0, 0) == -12;
}

static void chain(const struct jq_kernel_action *old, int signal, siginfo_t *info, void *context) {
    if ((uintptr_t) old->handler <= 1) {
        jq_die(signal);
    }
    old->handler(signal, info, context);
}

/* A fault of the copying routines ends them with -EFAULT. */
static int fix_up(ucontext_t *context) {
    uint64_t pc = jq_pc(context);
    if (pc >= (uint64_t) jq_fixup_start && pc < (uint64_t) jq_fixup_end) {
        jq_set_pc(context, (uint64_t) jq_fixup_landing);
        return 1;
    }
    if (pc >= (uint64_t) jq_fixup16_start && pc < (uint64_t) jq_fixup16_end) {
        jq_set_pc(context, (uint64_t) jq_fixup16_landing);
        return 1;
    }
    return 0;
}

#ifdef __x86_64__

static int is_write(const ucontext_t *context, const struct jq_insn *insn) {
    if (context->uc_mcontext.gregs[REG_TRAPNO] == 14) {
        return (context->uc_mcontext.gregs[REG_ERR] >> 1) & 1;
    }
    return insn->writes;
}

static int decode(const ucontext_t *context, struct jq_insn *insn) {
    jq_decode((const unsigned char *) jq_pc(context), context->uc_mcontext.gregs, insn);
    return insn->length;
}

/* Goes on behind the access. A compare-and-exchange appears to succeed: the loops around one must end. */
static void skip(ucontext_t *context, const struct jq_insn *insn) {
    context->uc_mcontext.gregs[REG_RIP] += insn->length;
    if (insn->exchanges) {
        context->uc_mcontext.gregs[REG_EFL] |= 0x40;
    }
}

#else


static int is_write(const ucontext_t *context, const struct jq_insn *insn) {
    (void) insn;
    const unsigned char *record = (const unsigned char *) context->uc_mcontext.__reserved;
    const unsigned char *end = record + sizeof context->uc_mcontext.__reserved;
    while (record + 16 <= end) {
        uint32_t magic, size;
        uint64_t esr;
        memcpy(&magic, record, 4);
        memcpy(&size, record + 4, 4);
        if (magic == 0 || size == 0) {
            break;
        }
        if (magic == ESR_MAGIC) {
            memcpy(&esr, record + 8, 8);
            return (int) (esr >> 6) & 1;
        }
        record += size;
    }
    return 0;
}

static int decode(const ucontext_t *context, struct jq_insn *insn) {
    (void) context;
    memset(insn, 0, sizeof *insn);
    insn->length = 4;
    return 4;
}

/* A load exclusive (l 1) or store exclusive (l 0), without CASP. */
static int is_exclusive(uint32_t word, uint32_t l) {
    return (word & 0x3fc00000U) == (0x08000000U | l << 22) && !(word >> 31 == 0 && (word & 0x00200000U));
}

/* Goes on behind the access. A load exclusive that faulted leaves no reservation, so that its loop would never end:
   go on behind its store, which appears to succeed. */
static void skip(ucontext_t *context, const struct jq_insn *insn) {
    const uint32_t *code = (const uint32_t *) context->uc_mcontext.pc;
    int steps = is_exclusive(*code, 1) ? 16 : 1;
    for (int i = 0; i < steps; i++) {
        if (is_exclusive(code[i], 0)) {
            context->uc_mcontext.regs[(code[i] >> 16) & 31] = 0;
            context->uc_mcontext.pc = (uint64_t) (code + i + 1);
            return;
        }
    }
    context->uc_mcontext.pc += (uint64_t) insn->length;
}

#endif

/* Says whether the fault is the guest's, and where: the processor reports no address for a non-canonical one. */
static int is_guest(int signal, const siginfo_t *info, const ucontext_t *context, struct jq_insn *insn,
                    uint64_t *address) {
    *address = (uint64_t) info->si_addr;
    if (info->si_code == SI_KERNEL) {
        (void) signal; /* SIGBUS where the base register was rsp or rbp */
        if (!jq_self || !is_accessing_code(jq_pc(context)) || !decode(context, insn) || !insn->has_address) {
            return 0;
        }
        *address = insn->address;
        return *address >= guest_base;
    }
    if (*address - (guest_base - JQ_GUARD) < guest_size + 2 * JQ_GUARD) {
        return 1;
    }
    return *address >= guest_base && jq_self && is_accessing_code(jq_pc(context)) && is_unmapped(*address);
}

static void record(struct jq_slot *slot, int signal, const siginfo_t *info, uint64_t address, int write, uint64_t pc) {
    slot->fault_count++;
    if (slot->fault) {
        return; /* the first of several accesses behind one check is the guest's fault */
    }
    int kernel = info->si_code == SI_KERNEL;
    slot->fault_signal = kernel ? SIGSEGV : signal;
    slot->fault_address = address;
    slot->fault_code = kernel ? SEGV_MAPERR : info->si_code;
    slot->fault_write = write;
    slot->fault_pc = pc;
    slot->fault = 1;
}

void jq_fault(int signal, siginfo_t *info, void *opaque) {
    ucontext_t *context = opaque;
    struct jq_insn insn = {0};
    uint64_t address;
    if (info->si_code <= 0) {
        jq_sent_signal(signal, info, context);
        return;
    }
    if (fix_up(context)) {
        return;
    }
    if (!is_guest(signal, info, context, &insn, &address)) {
        chain(signal == SIGSEGV ? &hotspot_segv : &hotspot_bus, signal, info, context);
        return;
    }
    struct jq_slot *slot = jq_self;
    if (mode == JQ_DIE || !slot) {
        jq_die(info->si_code == SI_KERNEL ? SIGSEGV : signal);
    }
    int known = insn.length || decode(context, &insn);
    record(slot, signal, info, address, is_write(context, &insn), jq_pc(context));
    if (known) {
        skip(context, &insn);
        return;
    }
    /* HotSpot skips an access that got SIGBUS, and queues an InternalError that Java has to absorb. */
    info->si_signo = SIGBUS;
    info->si_code = BUS_ADRERR;
    chain(&hotspot_bus, SIGBUS, info, context);
}

struct vm_struct {
    const char *type, *field, *type_string;
    int32_t is_static;
    uint64_t offset;
    void *address;
};

extern struct vm_struct *gHotSpotVMStructs __attribute__((weak));

static void find_code_cache(void) {
    if (!&gHotSpotVMStructs) {
        return;
    }
    for (const struct vm_struct *entry = gHotSpotVMStructs; entry->type; entry++) {
        if (entry->is_static && strcmp(entry->type, "CodeCache") == 0) {
            if (strcmp(entry->field, "_low_bound") == 0) {
                code_low = *(uint64_t *) entry->address;
            } else if (strcmp(entry->field, "_high_bound") == 0) {
                code_high = *(uint64_t *) entry->address;
            }
        }
    }
}

static int find_libjvm(struct dl_phdr_info *info, size_t size, void *data) {
    (void) size;
    (void) data;
    const char *name = strrchr(info->dlpi_name, '/');
    if (!name || strcmp(name, "/libjvm.so") != 0) {
        return 0;
    }
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type == PT_LOAD && (header->p_flags & PF_X)) {
            libjvm_low = info->dlpi_addr + header->p_vaddr;
            libjvm_high = libjvm_low + header->p_memsz;
        }
    }
    return 1;
}

long jq_install_fault_handler(uint64_t base, uint64_t size) {
    guest_base = base;
    guest_size = size;
    if (installed) {
        return 0;
    }
    find_code_cache();
    dl_iterate_phdr(find_libjvm, 0);
    long error = jq_sigaction(SIGSEGV, 0, &hotspot_segv);
    if (!error) {
        error = jq_sigaction(SIGBUS, 0, &hotspot_bus);
    }
    if (error) {
        return error;
    }
    struct jq_kernel_action action = hotspot_segv;
    action.handler = jq_fault;
    action.flags |= SA_SIGINFO | SA_ONSTACK;
    installed = 1;
    error = jq_sigaction(SIGSEGV, &action, 0);
    return error ? error : jq_sigaction(SIGBUS, &action, 0);
}

int jq_fault_installed(void) {
    return installed;
}

void jq_set_fault_mode(int new_mode) {
    mode = new_mode;
}
