/*
 * Makes random system calls with random arguments: callfuzz SEED COUNT, in a folder of its own. What could harm the host
 * or others is left out; the guest itself may come to any end that it brings about. Used by scripts/fuzz-syscalls.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#define ARENA (1 << 20)
#define PAGE 4096

int main(int argc, char **argv);

static uint64_t state;
static char *arena, *ground; /* for pointers; for calls that change memory */

static uint64_t next(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state * 0x2545f4914f6cdd1d;
}

static uint64_t below(uint64_t limit) { return next() % limit; }

/* Numbers of asm-generic/unistd.h that reach beyond this process and its folder, end it, or make others. */
static const short excluded[] = {
    39, 40, 41,                 /* umount2, mount, pivot_root */
    51,                         /* chroot */
    60,                         /* quotactl */
    81,                         /* sync */
    89,                         /* acct */
    93, 94,                     /* exit, exit_group */
    97,                         /* unshare */
    104, 105, 106,              /* kexec_load, init_module, delete_module */
    112,                        /* clock_settime */
    116, 117,                   /* syslog, ptrace */
    118, 119, 121, 122,         /* sched_set*, also of others */
    129, 130, 131,              /* kill, tkill, tgkill */
    138, 139, 140,              /* rt_sigqueueinfo, rt_sigreturn, setpriority */
    142, 143, 144, 145, 146, 147, 149, 151, 152, 159, /* reboot, set*id, setgroups */
    30, 161, 162, 164, 170, 171, /* ioprio_set, set*name, setrlimit, settimeofday, adjtimex */
    186, 190, 194,              /* *get of System V: they would stay */
    220, 221, 224, 225, 230,    /* clone, execve, swapon, swapoff, mlockall */
    240, 261, 266, 268, 271, 273, 274, 281, /* rt_tgsigqueueinfo, prlimit64, clock_adjtime, setns, process_vm_writev, finit_module, sched_setattr, execveat */
    424, 435, 438, 91,          /* pidfd_send_signal, clone3, pidfd_getfd, capset */
    429, 430, 431, 432, 433, 442, /* move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr */
};

static int is_excluded(long number) {
    for (unsigned i = 0; i < sizeof excluded / sizeof *excluded; i++) {
        if (excluded[i] == number) return 1;
    }
    return 0;
}

static const char *const names[] = {"a", "b", "c", "d/e", "d", "", ".", "d/", "none/x", "a/b"};

/* A pointer: into the arena at any place, to its end, to what cannot be read or written, or nowhere. */
static uint64_t pointer(void) {
    switch (below(12)) {
    case 0: return 0;
    case 1: return below(PAGE);
    case 2: return next();
    case 3: return (uintptr_t) arena + ARENA - below(64);
    case 4: return (uintptr_t) arena + PAGE * below(ARENA / PAGE);
    case 5: return (uintptr_t) main;
    case 6: return (uintptr_t) names[below(sizeof names / sizeof *names)];
    case 7: return ((uintptr_t) arena + below(ARENA)) | below(256) << 56;
    default: return (uintptr_t) arena + (below(ARENA) & ~7ull);
    }
}

static uint64_t argument(void) {
    switch (below(8)) {
    case 0: return below(24);                       /* a descriptor, a small count, a flag */
    case 1: return 1ull << below(64);
    case 2: return (uint64_t) -(int64_t) below(200);
    case 3: return below(2 * PAGE);
    case 4: return next() >> below(64);
    default: return pointer();
    }
}

static uint64_t on_ground(void) { return (uintptr_t) ground + PAGE * below(ARENA / PAGE); }

/* Calls that change memory change that of the ground. */
static void tame(long number, uint64_t *a) {
    switch (number) {
    case 215: case 226: case 227: case 228: case 229: case 232: case 233: case 234: /* munmap, mprotect, msync, ... */
        a[0] = on_ground();
        a[1] = below(4 * PAGE);
        break;
    case 216: /* mremap */
        a[0] = on_ground();
        a[1] = below(4 * PAGE);
        a[2] = below(4 * PAGE);
        a[3] = below(2);
        break;
    case 222: /* mmap */
        a[0] = below(2) ? 0 : on_ground();
        a[1] = below(8 * PAGE);
        a[3] &= ~0x10ull;
        if (a[0]) a[3] |= 0x10;
        break;
    case 214: a[0] = 0; break; /* brk */
    case 196: a[1] = 0; break; /* shmat */
    case 134: if (a[0] == SIGALRM) a[0] = SIGUSR1; break; /* rt_sigaction */
    case 103: a[0] = 1 + below(2); break; /* setitimer: ITIMER_REAL is ours */
    case 57: if (a[0] < 3) a[0] = 3; break; /* close */
    case 436: if (a[0] < 3) a[0] = 3; break; /* close_range */
    case 120: case 123: case 127: case 275: a[0] = 0; break; /* sched_get*: the caller */
    default: break;
    }
}

static void tick(int signal) { (void) signal; }

static void settle(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    struct itimerval soon = {{0, 20000}, {0, 20000}};
    setitimer(ITIMER_REAL, &soon, 0); /* ends what blocks */
}

int main(int argc, char **argv) {
    state = argc > 1 ? strtoull(argv[1], 0, 0) * 0x9e3779b97f4a7c15 + 1 : 1;
    long count = argc > 2 ? atol(argv[2]) : 1000;
    struct rlimit size = {1 << 20, 1 << 20};
    setrlimit(RLIMIT_FSIZE, &size);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    struct sigaction action = {.sa_handler = tick};
    sigaction(SIGALRM, &action, 0);
    arena = mmap(0, ARENA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ground = mmap(0, ARENA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int ends[2];
    pipe(ends);
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    open("a", O_RDWR | O_CREAT, 0600);
    open(".", O_RDONLY | O_DIRECTORY);
    for (long i = 0; i < count; i++) {
        long number = below(50) ? (long) below(470) : (long) next();
        uint64_t a[6];
        for (int n = 0; n < 6; n++) a[n] = argument();
        if (is_excluded(number)) continue;
        for (int n = 0; n < 16; n++) ((uint64_t *) arena)[below(ARENA / 8)] = argument();
        tame(number, a);
        settle();
        syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    }
    return 0;
}
