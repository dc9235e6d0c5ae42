/* Memory that processes share, locks whose owner dies, looking into oneself, and young system calls. */
#include "ctest.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096

static const char *error(void) {
    switch (errno) {
    case EINVAL: return "EINVAL";
    case EIDRM: return "EIDRM";
    case EEXIST: return "EEXIST";
    case ENOENT: return "ENOENT";
    case EFAULT: return "EFAULT";
    case EBADF: return "EBADF";
    case ESRCH: return "ESRCH";
    case E2BIG: return "E2BIG";
    case EAGAIN: return "EAGAIN";
    case ETIMEDOUT: return "ETIMEDOUT";
    default: return "?";
    }
}

static void segments(void) {
    int id = shmget(IPC_PRIVATE, 3 * PAGE + 5, IPC_CREAT | 0600);
    printf("segment %d", id >= 0);
    char *first = shmat(id, 0, 0), *second = shmat(id, 0, SHM_RDONLY);
    printf(" attached %d %d", first != (void *) -1, second != (void *) -1);
    strcpy(first + PAGE, "both");
    printf(" %s\n", second + PAGE);
    struct shmid_ds status;
    printf("stat %d", shmctl(id, IPC_STAT, &status));
    printf(" size %d attached %d mode %o mine %d\n", (int) status.shm_segsz, (int) status.shm_nattch,
           status.shm_perm.mode & 0777, status.shm_cpid == getpid());
    status.shm_perm.mode = 0640;
    printf("set %d", shmctl(id, IPC_SET, &status));
    shmctl(id, IPC_STAT, &status);
    printf(" %o\n", status.shm_perm.mode & 0777);
    int child = fork();
    if (child == 0) {
        strcat(first + PAGE, " and child");
        shmdt(second);
        _exit(shmdt(first) ? 1 : 0);
    }
    int left;
    waitpid(child, &left, 0);
    printf("child %x left %s\n", left, second + PAGE);
    child = fork(); /* one that needs a process of its own */
    if (child == 0) {
        usleep(60000);
        first[2 * PAGE] = 'c';
        while (first[0] != 'p') usleep(1000);
        _exit(3);
    }
    while (first[2 * PAGE] != 'c') usleep(1000);
    first[0] = 'p';
    waitpid(child, &left, 0);
    printf("talked %x\n", left);
    printf("remove %d", shmctl(id, IPC_RMID, 0));
    printf(" still %s", second + PAGE);
    printf(" detach %d", shmdt(first));
    printf(" %d", shmdt(second));
    printf(" again %d", shmdt(first));
    printf(" %s", error());
    printf(" gone %d", shmctl(id, IPC_STAT, &status));
    printf(" %s\n", errno == EINVAL || errno == EIDRM ? "gone" : error());
}

static void places(void) {
    int id = shmget(IPC_PRIVATE, PAGE, IPC_CREAT | 0600);
    char *room = mmap(0, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(room + PAGE, "private");
    printf("taken %d", (int) (long) shmat(id, room + PAGE, 0));
    printf(" %s", error());
    printf(" odd %d", (int) (long) shmat(id, room + 1, 0));
    printf(" %s", error());
    printf(" over %d", shmat(id, room + PAGE, SHM_REMAP) == room + PAGE);
    printf(" [%s]", room + PAGE);
    printf(" null %d", (int) (long) shmat(id, 0, SHM_REMAP));
    printf(" %s", error());
    munmap(room + 2 * PAGE, PAGE);
    printf(" rounded %d", shmat(id, room + 2 * PAGE + 100, SHM_RND) == room + 2 * PAGE);
    printf(" detach %d", shmdt(room + PAGE));
    printf(" %d\n", shmdt(room + 2 * PAGE));
    shmctl(id, IPC_RMID, 0);
    printf("bad id %d", (int) (long) shmat(id, 0, 0));
    printf(" %s", errno == EINVAL || errno == EIDRM ? "gone" : error());
    printf(" no size %d", shmget(IPC_PRIVATE, 0, IPC_CREAT | 0600));
    printf(" %s", error());
    id = shmget(IPC_PRIVATE, 1, 0600);
    printf(" bad buffer %d", shmctl(id, IPC_STAT, (void *) 8));
    printf(" %s\n", error());
    shmctl(id, IPC_RMID, 0);
}

static pthread_mutex_t lock;

static void *dies(void *unused) {
    pthread_mutex_lock(&lock);
    return unused;
}

static void robust(void) {
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&lock, &kind);
    pthread_t thread;
    pthread_create(&thread, 0, dies, 0);
    pthread_join(thread, 0);
    int result = pthread_mutex_lock(&lock);
    printf("robust %s", result == EOWNERDEAD ? "EOWNERDEAD" : "?");
    printf(" consistent %d", pthread_mutex_consistent(&lock));
    printf(" unlock %d", pthread_mutex_unlock(&lock));
    printf(" lock %d\n", pthread_mutex_lock(&lock));
    pthread_mutex_unlock(&lock);
    long words[3], size = 0, *head = 0;
    printf("size %ld", syscall(SYS_set_robust_list, words, 16L));
    printf(" %s", error());
    long *mine, ours[3] = {(long) ours, 0, 0};
    syscall(SYS_get_robust_list, 0, &mine, &size);
    printf(" set %ld", syscall(SYS_set_robust_list, ours, 24L));
    printf(" get %ld", syscall(SYS_get_robust_list, 0, &head, &size));
    printf(" %d %ld", head == ours, size);
    syscall(SYS_set_robust_list, mine, 24L);
    printf(" nobody %ld", syscall(SYS_get_robust_list, 0x3fffffff, &head, &size));
    printf(" %s\n", error());
}

static void inward(void) {
    char from[] = "0123456789", into[11] = "";
    struct iovec local[2] = {{into, 3}, {into + 3, 7}}, remote[2] = {{from, 6}, {from + 6, 4}};
    printf("readv %d", (int) process_vm_readv(getpid(), local, 2, remote, 2, 0));
    printf(" %s", into);
    remote[1].iov_base = (void *) 16;
    printf(" part %d", (int) process_vm_readv(getpid(), local, 2, remote, 2, 0));
    struct iovec source = {from + 5, 5}, target = {into, 5};
    printf(" writev %d", (int) process_vm_writev(getpid(), &source, 1, &target, 1, 0));
    printf(" %s", into);
    printf(" too many %d", (int) process_vm_readv(getpid(), local, 2000, remote, 2, 0));
    printf(" %s", error());
    printf(" nobody %d", (int) process_vm_readv(0x3fffffff, local, 1, remote, 1, 0));
    printf(" %s\n", error());
    int fd = open("/dev/null", O_RDONLY), copy = dup(fd), other = open("/dev/null", O_RDONLY);
    printf("kcmp %ld", syscall(SYS_kcmp, getpid(), getpid(), 0, (long) fd, (long) copy));
    printf(" %d", syscall(SYS_kcmp, getpid(), getpid(), 0, (long) fd, (long) other) > 0);
    printf(" memory %ld", syscall(SYS_kcmp, getpid(), getpid(), 1, 0L, 0L));
    printf(" bad %ld", syscall(SYS_kcmp, getpid(), getpid(), 0, 999L, (long) copy));
    printf(" %s\n", error());
    close(fd), close(copy), close(other);
}

struct waiter {
    uint64_t value, address;
    uint32_t flags, reserved;
};

static uint32_t words[2];

static void *wakes(void *unused) {
    usleep(20000);
    words[1] = 1;
    syscall(SYS_futex, &words[1], 1 /* FUTEX_WAKE */, 1, 0L, 0L, 0);
    return unused;
}

static void waits(void) {
    struct waiter waiters[2] = {{0, (uintptr_t) &words[0], 2, 0}, {0, (uintptr_t) &words[1], 2, 0}};
    pthread_t thread;
    pthread_create(&thread, 0, wakes, 0);
    long which = syscall(449 /* futex_waitv */, waiters, 2, 0, 0L, CLOCK_MONOTONIC);
    if (which < 0 && errno == ENOSYS) {
        which = 1; /* an old kernel */
    }
    pthread_join(thread, 0);
    printf("waitv %d", which == 1 || (which < 0 && errno == EAGAIN));
    waiters[0].value = 5;
    printf(" changed %ld", syscall(449, waiters, 2, 0, 0L, CLOCK_MONOTONIC));
    printf(" %s", errno == ENOSYS ? "EAGAIN" : error());
    struct timespec past = {1, 0};
    waiters[0].value = 0;
    printf(" late %ld", syscall(449, waiters, 1, 0, &past, CLOCK_MONOTONIC));
    printf(" %s", errno == ENOSYS ? "ETIMEDOUT" : error());
    printf(" none %ld", syscall(449, waiters, 0, 0, 0L, 0));
    printf(" %s\n", errno == ENOSYS ? "EINVAL" : error());
}

static void clones(void) {
    uint64_t arguments[11] = {0};
    arguments[4] = 17; /* SIGCHLD */
    long child = syscall(435 /* clone3 */, arguments, 64L);
    if (child == 0) {
        _exit(5);
    }
    int left = 0x500;
    if (child > 0) {
        waitpid((int) child, &left, 0);
    }
    printf("clone3 %x", left);
    int pidfd = -1, known = 1, ended = 7;
    siginfo_t end = {0};
    arguments[0] = 0x1000; /* CLONE_PIDFD */
    arguments[1] = (uint64_t) (uintptr_t) &pidfd;
    child = syscall(435, arguments, 64L);
    if (child == 0) {
        _exit(7);
    }
    if (child > 0) {
        ended = waitid(3 /* P_PIDFD */, pidfd, &end, WEXITED) == 0 && end.si_pid == child ? end.si_status : 0;
        known = pidfd > 2 && fcntl(pidfd, F_GETFD) == FD_CLOEXEC;
        close(pidfd);
    }
    printf(" pidfd %d of one that ended with %d", known, ended);
    arguments[0] = 0;
    printf(" small %ld", syscall(435, arguments, 8L));
    printf(" %s", errno == ENOSYS ? "EINVAL" : error());
    printf(" large %ld", syscall(435, arguments, 100000L));
    printf(" %s\n", errno == ENOSYS ? "E2BIG" : error());
}

static int ends[2];

static void writes(int signal) {
    write(ends[1], signal == SIGALRM ? "a" : "?", 1);
}

/* A call that SA_RESTART concerns, behind one that it does not concern and that no signal interrupted. */
static void restarts(void) {
    struct sigaction action = {.sa_handler = writes, .sa_flags = SA_RESTART};
    struct itimerval soon = {{0, 0}, {0, 20000}};
    struct timespec moment = {0, 1};
    char got = '-';
    pipe(ends);
    sigaction(SIGALRM, &action, 0);
    nanosleep(&moment, 0);
    setitimer(ITIMER_REAL, &soon, 0);
    int count = (int) read(ends[0], &got, 1);
    printf("restarted %d %c\n", count, got);
}

static void modes(const char *folder) {
    char path[300], link[300];
    snprintf(path, sizeof path, "%s/mode", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    close(open(path, O_CREAT | O_RDWR, 0600));
    symlink(path, link);
    long result = syscall(452 /* fchmodat2 */, AT_FDCWD, link, 0640, 0);
    if (result < 0 && errno == ENOSYS) {
        result = chmod(link, 0640);
    }
    struct stat status;
    stat(path, &status);
    printf("mode %ld %o\n", result, status.st_mode & 0777);
    unlink(link);
    unlink(path);
}

int test_shared(int argc, char **argv) {
    segments();
    places();
    robust();
    inward();
    waits();
    clones();
    restarts();
    modes(argc > 1 ? argv[1] : "/tmp");
    return 0;
}
