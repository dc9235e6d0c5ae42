/* System calls with bad pointers and bad descriptors: errors, not signals. */
#include "ctest.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static void report(const char *what, long result) {
    const char *name = errno == EFAULT   ? "EFAULT"
                       : errno == EBADF  ? "EBADF"
                       : errno == ENOMEM ? "ENOMEM"
                       : errno == ENOENT ? "ENOENT"
                       : errno == EINVAL ? "EINVAL"
                       : errno == ENOSYS ? "ENOSYS"
                       : errno == ENOTDIR ? "ENOTDIR"
                                         : "another error";
    printf("%s: %ld %s\n", what, result, result < 0 ? name : "");
    errno = 0;
}

int test_badptr(int argc, char **argv) {
    (void)argc;
    (void)argv;
    setvbuf(stdout, NULL, _IOLBF, 0);
    char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(page + 4096, 4096, PROT_NONE);
    char *readonly = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *gone = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(gone, 4096);
    int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDONLY);

    report("write NULL", syscall(SYS_write, 1, NULL, 5));
    report("write unmapped", syscall(SYS_write, 1, gone, 5));
    report("write PROT_NONE", syscall(SYS_write, 1, page + 4096, 5));
    report("write -8", syscall(SYS_write, 1, -8L, 5));
    report("write non-canonical", syscall(SYS_write, 1, 0x0055555555555550, 5));
    report("write length 0", syscall(SYS_write, null, NULL, 0));
    report("read NULL", syscall(SYS_read, zero, NULL, 5));
    report("read into read-only", syscall(SYS_read, zero, readonly, 5));
    report("read PROT_NONE", syscall(SYS_read, zero, page + 4096, 5));
    report("read good", syscall(SYS_read, zero, page, 5));
    report("openat NULL", syscall(SYS_openat, AT_FDCWD, NULL, O_RDONLY, 0));
    for (int i = 1; i <= 4; i++) page[4096 - i] = 'a';
    report("openat unterminated", syscall(SYS_openat, AT_FDCWD, page + 4092, O_RDONLY, 0));
    report("openat missing", syscall(SYS_openat, AT_FDCWD, "/no/such/file", O_RDONLY, 0));
    report("openat empty", syscall(SYS_openat, AT_FDCWD, "", O_RDONLY, 0));
    report("openat not a folder", syscall(SYS_openat, AT_FDCWD, "/dev/null/x", O_RDONLY, 0));
    report("newfstatat unmapped", syscall(SYS_newfstatat, AT_FDCWD, "/", gone, 0));
    report("fstat read-only", syscall(SYS_fstat, null, readonly));
    report("uname NULL", syscall(SYS_uname, NULL));
    report("clock_gettime read-only", syscall(SYS_clock_gettime, CLOCK_REALTIME, readonly));
    report("getcwd unmapped", syscall(SYS_getcwd, gone, 100));
    report("rt_sigaction NULL", syscall(SYS_rt_sigaction, 10, 8L, NULL, 8));
    report("rt_sigprocmask bad size", syscall(SYS_rt_sigprocmask, 0, NULL, NULL, 4));
    report("nanosleep NULL", syscall(SYS_nanosleep, NULL, NULL));
    report("getrandom unmapped", syscall(SYS_getrandom, gone, 16, 0));
    report("pipe2 NULL", syscall(SYS_pipe2, NULL, 0));
    struct iovec vectors[2] = {{page, 4}, {gone, 4}};
    report("writev first bad", syscall(SYS_writev, null, gone, 2));
    report("readv second bad", syscall(SYS_readv, zero, vectors, 1));
    report("write to 999", syscall(SYS_write, 999, page, 1));
    report("close -1", syscall(SYS_close, -1));
    report("fstat 999", syscall(SYS_fstat, 999, page));
    report("munmap unaligned", syscall(SYS_munmap, page + 1, 4096));
    report("mlock from nowhere", syscall(SYS_mlock, 8, 1L << 45));
    report("mlock over a gap", syscall(SYS_mlock, page, 1L << 38));
    report("msync over a gap", syscall(SYS_msync, page, 1L << 38, MS_ASYNC));
    report("munlock over a gap", syscall(SYS_munlock, page, 1L << 38));
    report("mmap length 0", syscall(SYS_mmap, 0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    report("unknown call", syscall(5000, 1, 2, 3));
    return 0;
}
