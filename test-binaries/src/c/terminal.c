/* Job control on a terminal: a shell on a pseudo terminal, and what its user types. Says what was seen; a step that does not
   come about within 30 seconds ends the dialogue with what the terminal showed. */
#define _GNU_SOURCE
#include "ctest.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define SECONDS 30

static char *busybox;
static int terminal;
static pid_t shell;
static char shown[65536];
static size_t length, seen;

static void give_up(const char *what) {
    printf("failed: %s\nshown: %s\n", what, shown);
    fflush(stdout);
    kill(-shell, SIGKILL);
    _exit(1);
}

static void type(const char *text) {
    if (write(terminal, text, strlen(text)) < 0) give_up(text);
}

/* Waits for text behind what was seen before. */
static void expect(const char *text) {
    for (int i = 0; i < SECONDS * 10; i++) {
        char *found = strstr(shown + seen, text);
        if (found) {
            seen = found - shown + strlen(text);
            return;
        }
        struct pollfd poll_for = {terminal, POLLIN, 0};
        if (poll(&poll_for, 1, 100) == 1) {
            ssize_t count = read(terminal, shown + length, sizeof shown - 1 - length);
            if (count > 0) length += count;
        }
    }
    give_up(text);
}

/* Waits until another job than the shell has the terminal, or the shell has it again. */
static void expect_foreground(int job) {
    for (int i = 0; i < SECONDS * 100; i++) {
        if ((tcgetpgrp(terminal) != shell) == job) return;
        usleep(10000);
    }
    give_up("a change of the foreground job");
}

/* Types the command of an applet. */
static void run(const char *applet) {
    char command[300];
    snprintf(command, sizeof command, "%s %s\n", busybox, applet);
    type(command);
}

/* Starts this program as a job of the shell, and waits until it runs: what is typed before that, the shell may get. */
static void run_job(void) {
    char path[300] = "", command[400];
    if (readlink("/proc/self/exe", path, sizeof path - 1) < 0) give_up("our name");
    snprintf(command, sizeof command, "%s terminal\n", path);
    type(command);
    expect("\nready\r\n");
    expect_foreground(1);
}

static void answer(const char *command, const char *text) {
    type(command);
    type("\n");
    expect(text);
    expect("$ ");
    printf("%s: %s\n", command, text);
}

static void start_shell(char **command) {
    terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) || unlockpt(terminal)) give_up("a pseudo terminal");
    const char *name = ptsname(terminal);
    shell = fork();
    if (shell == 0) {
        setsid();
        int slave = open(name, O_RDWR);
        ioctl(slave, TIOCSCTTY, 0);
        for (int fd = 0; fd < 3; fd++) dup2(slave, fd);
        if (slave > 2) close(slave);
        close(terminal);
        setenv("PS1", "$ ", 1);
        execv(command[0], command);
        _exit(127);
    }
}

static void stop_and_go_on(void) {
    run_job();
    type("\032"); /* Ctrl-Z */
    expect("topped");
    expect("$ ");
    expect_foreground(0);
    puts("stopped");
    answer("jobs", "topped");
    answer("bg", "terminal");
    answer("jobs", "unning");
    type("fg\n");
    expect_foreground(1);
    type("\003"); /* Ctrl-C */
    expect("$ ");
    expect_foreground(0);
    puts("interrupted");
    answer("echo status $?", "status 130");
    answer("jobs; echo no jobs", "no jobs\r\n");
}

static void quit_and_end(void) {
    run_job();
    type("\034"); /* Ctrl-\ */
    expect("$ ");
    answer("echo status $?", "status 131");
    run("cat");
    expect_foreground(1);
    type("twice\n");
    expect("twice\r\ntwice\r\n");
    type("\004"); /* Ctrl-D */
    expect("$ ");
    puts("end of input");
    answer("kill -TTIN $$; echo shells ignore it", "shells ignore it\r\n");
}

static void resize(void) {
    answer("trap 'echo resized' WINCH", "\r\n");
    struct winsize size = {.ws_row = 33, .ws_col = 99};
    ioctl(terminal, TIOCSWINSZ, &size);
    usleep(100000);
    answer("echo then", "resized\r\n");
    run("stty size");
    expect("33 99");
    expect("$ ");
    puts("33 99");
}

/* Arguments: a busybox for programs, then the shell's command; none for the job. */
int test_terminal(int argc, char **argv) {
    if (argc < 3) {
        puts("ready");
        fflush(stdout);
        for (;;) pause();
    }
    busybox = argv[1];
    signal(SIGHUP, SIG_IGN);
    start_shell(argv + 2);
    expect("$ ");
    stop_and_go_on();
    quit_and_end();
    resize();
    type("exit 3\n");
    int status;
    while (waitpid(shell, &status, 0) < 0 && errno == EINTR) {}
    printf("exited %d, status %d\n", WIFEXITED(status), WEXITSTATUS(status));
    return 0;
}
