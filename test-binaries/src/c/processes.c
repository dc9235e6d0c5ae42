/* Child processes: fork, vfork, posix_spawn, execve, the ways to wait, and what a child has of its parent. */
#include "ctest.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *self = "/proc/self/exe";
static int global = 1;
static volatile uintptr_t nowhere = 8;
static volatile sig_atomic_t children;

static void show(const char *what, int status) {
    if (WIFEXITED(status)) printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else if (WIFSIGNALED(status)) printf("%s: signal %d\n", what, WTERMSIG(status));
    else if (WIFSTOPPED(status)) printf("%s: stopped %d\n", what, WSTOPSIG(status));
    else if (WIFCONTINUED(status)) printf("%s: continued\n", what);
}

static int wait_for(pid_t pid) {
    int status = -1;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

static void on_child(int signal) {
    (void) signal;
    children++;
}

static void memory_is_copied(void) {
    int local = 1;
    char *heap = strdup("parent");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        global = 2;
        local = 2;
        strcpy(heap, "child!");
        char *more = malloc(1 << 20);
        memset(more, 1, 1 << 20);
        _exit(global + local + (heap[0] == 'c') + more[1000]);
    }
    show("memory", wait_for(pid));
    printf("parent has %d %d %s\n", global, local, heap);
    free(heap);
}

/* Also when it waits, and goes on in a process of its own. */
static void name_is_kept(void) {
    char before[16], name[16];
    prctl(PR_GET_NAME, before);
    prctl(PR_SET_NAME, "parent's");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        usleep(1000);
        prctl(PR_GET_NAME, name);
        int inherited = !strcmp(name, "parent's");
        prctl(PR_SET_NAME, "a/child's");
        usleep(1000);
        prctl(PR_GET_NAME, name);
        _exit(inherited + 2 * !strcmp(name, "a/child's"));
    }
    show("names", wait_for(pid));
    prctl(PR_SET_NAME, before);
}

static void memory_is_shared(void) {
    int *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        shared[0] = 42;
        usleep(1000);
        shared[1] = 43;
        _exit(0);
    }
    wait_for(pid);
    printf("shared: %d %d\n", shared[0], shared[1]);
    munmap(shared, 4096);
}

static void pipes_and_offsets(const char *folder) {
    char path[200], text[64] = {0};
    int ends[2];
    pipe(ends);
    snprintf(path, sizeof path, "%s/file", folder);
    int file = open(path, O_RDWR | O_CREAT, 0600);
    write(file, "0123456789", 10);
    lseek(file, 2, SEEK_SET);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        read(file, text, 3);
        sleep(0);
        usleep(2000);
        dprintf(ends[1], "child read %s", text);
        _exit(0);
    }
    close(ends[1]);
    wait_for(pid);
    read(ends[0], text, sizeof text);
    printf("%s, parent is at %d\n", text, (int) lseek(file, 0, SEEK_CUR));
    close(ends[0]);
    close(file);
}

static void deep(void) {
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        pid_t inner = fork();
        if (inner == 0) {
            pid_t innermost = fork();
            if (innermost == 0) _exit(7);
            _exit(WEXITSTATUS(wait_for(innermost)) + 1);
        }
        _exit(WEXITSTATUS(wait_for(inner)) + 1);
    }
    show("three deep", wait_for(pid));
}

static void ids(void) {
    fflush(stdout);
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        int good = getppid() == parent && getpid() != parent;
        usleep(1000);
        good += getppid() == parent && getpid() != parent;
        setsid();
        good += getsid(0) == getpid() && getpgrp() == getpid();
        _exit(good);
    }
    show("ids", wait_for(pid));
}

static void signals(void) {
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        raise(SIGTERM);
        _exit(1);
    }
    show("raise", wait_for(pid));
    pid = fork();
    if (pid == 0) {
        for (;;) pause();
    }
    usleep(1000);
    kill(pid, SIGSTOP);
    int status;
    waitpid(pid, &status, WUNTRACED);
    show("stop", status);
    kill(pid, SIGCONT);
    waitpid(pid, &status, WCONTINUED);
    show("go on", status);
    kill(pid, SIGKILL);
    show("kill", wait_for(pid));
    pid = fork();
    if (pid == 0) {
        *(volatile int *) nowhere = 1;
        _exit(1);
    }
    show("fault", wait_for(pid));
    signal(SIGCHLD, on_child);
    pid = fork();
    if (pid == 0) _exit(5);
    show("counted", wait_for(pid));
    printf("SIGCHLD %d\n", (int) children);
    signal(SIGCHLD, SIG_DFL);
}

static void waitids(void) {
    siginfo_t info = {0};
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) _exit(9);
    int result = waitid(P_PID, pid, &info, WEXITED | WNOWAIT);
    printf("waitid %d: signo %d code %d status %d pid %d\n", result, info.si_signo, info.si_code, info.si_status,
           info.si_pid == pid);
    show("still there", wait_for(pid));
    errno = 0;
    printf("no child %d", (int) waitpid(-1, 0, 0));
    printf(" %s\n", errno == ECHILD ? "ECHILD" : "?");
    pid = fork();
    if (pid == 0) {
        usleep(50000);
        _exit(0);
    }
    printf("not yet %d\n", waitpid(pid, 0, WNOHANG));
    wait_for(pid);
}

static void spawn(void) {
    char *words[] = {"ctest", "processes", "child", "two words", "", 0};
    char *variables[] = {"A=1", "B=", 0};
    pid_t pid;
    fflush(stdout);
    int error = posix_spawn(&pid, self, 0, 0, words, variables);
    printf("spawn %d\n", error);
    fflush(stdout);
    show("spawned", wait_for(pid));
    error = posix_spawn(&pid, "/nonexistent", 0, 0, words, variables);
    printf("spawn of nothing: %s\n", error == ENOENT ? "ENOENT" : "?");
    pid = vfork();
    if (pid == 0) _exit(6);
    show("vfork", wait_for(pid));
    pid = vfork();
    if (pid == 0) {
        execve(self, words, variables);
        _exit(1);
    }
    show("vfork and exec", wait_for(pid));
    show("system", system("exit 3"));
    FILE *in = popen("echo from popen; exit 2", "r");
    char line[40] = {0};
    fgets(line, sizeof line, in);
    printf("%s", line);
    show("pclose", pclose(in));
}

static void scripts(const char *folder) {
    char path[200];
    snprintf(path, sizeof path, "%s/script", folder);
    int file = open(path, O_WRONLY | O_CREAT, 0700);
    dprintf(file, "#!%s processes\nnot read\n", self);
    close(file);
    char *words[] = {"zero", "one", 0}, *none[] = {0};
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        execve(path, words, none);
        _exit(1);
    }
    show("script", wait_for(pid));
    chmod(path, 0600);
    errno = 0;
    execve(path, words, none);
    printf("not executable: %s\n", errno == EACCES ? "EACCES" : "?");
    errno = 0;
    execve(folder, words, none);
    printf("a folder: %s\n", errno == EACCES ? "EACCES" : "?");
    errno = 0;
    execve(path, (char **) nowhere, none);
    printf("bad words: %s\n", errno == EFAULT || errno == EACCES ? "refused" : "?");
}

static void handed_over(void) {
    char *words[] = {"ctest", "processes", "state", 0};
    int kept = open("/dev/null", O_RDONLY), closed = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(kept, 20);
    dup2(closed, 21);
    fcntl(21, F_SETFD, FD_CLOEXEC);
    signal(SIGUSR1, SIG_IGN);
    signal(SIGUSR2, on_child);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, 0);
    umask(027);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        execv(self, words);
        _exit(1);
    }
    show("state", wait_for(pid));
    sigprocmask(SIG_UNBLOCK, &set, 0);
    umask(022);
    close(20);
    close(21);
}

static int state(void) {
    struct sigaction one, two;
    sigset_t mask;
    sigaction(SIGUSR1, 0, &one);
    sigaction(SIGUSR2, 0, &two);
    sigprocmask(SIG_BLOCK, 0, &mask);
    printf("ignored %d %d, blocked %d %d, umask %o, open %d %d\n", one.sa_handler == SIG_IGN, two.sa_handler == SIG_DFL,
           sigismember(&mask, SIGHUP), sigismember(&mask, SIGINT), umask(0), fcntl(20, F_GETFD), fcntl(21, F_GETFD));
    return 0;
}

static void *waits(void *argument) {
    pause();
    return argument;
}

static void with_threads(void) {
    pthread_t thread;
    pthread_create(&thread, 0, waits, 0);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        global++;
        _exit(global + 10);
    }
    show("with threads", wait_for(pid));
    printf("parent has %d\n", global);
}

static void busy(void) {
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        volatile long sum = 0;
        for (long i = 0; i < 30000000; i++) sum += i & 3;
        _exit(sum == 45000000 ? 0 : 1);
    }
    show("busy", wait_for(pid));
}

int test_processes(int argc, char **argv) {
    if (argc > 1 && !strcmp(argv[1], "child")) {
        printf("child");
        for (int i = 0; i < argc; i++) printf(" [%s]", argv[i]);
        for (char **each = environ; *each; each++) printf(" %s", *each);
        printf("\n");
        return 4;
    }
    if (argc > 1 && !strcmp(argv[1], "state")) return state();
    if (argc > 2) {
        printf("interpreter of %s with %d arguments, last %s\n", strrchr(argv[1], '/'), argc, argv[argc - 1]);
        return 8;
    }
    memory_is_copied();
    name_is_kept();
    memory_is_shared();
    pipes_and_offsets(argv[1]);
    deep();
    ids();
    signals();
    waitids();
    spawn();
    scripts(argv[1]);
    handed_over();
    busy();
    with_threads();
    return 0;
}
