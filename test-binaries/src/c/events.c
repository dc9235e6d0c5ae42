/* Descriptors that tell of events, POSIX timers, message queues and semaphores. */
#include "ctest.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static volatile int ticks, value;

static void epolls(void) {
    int pipes[2], set = epoll_create1(EPOLL_CLOEXEC), counter = eventfd(3, EFD_NONBLOCK);
    pipe(pipes);
    struct epoll_event event = {EPOLLIN, {.u64 = 0x1234567890abcdef}}, other = {EPOLLIN | EPOLLET, {.u32 = 7}}, got[4];
    printf("cloexec %d\n", fcntl(set, F_GETFD));
    printf("add %d", epoll_ctl(set, EPOLL_CTL_ADD, pipes[0], &event));
    printf(" %d", epoll_ctl(set, EPOLL_CTL_ADD, counter, &other));
    printf(" again %d", epoll_ctl(set, EPOLL_CTL_ADD, counter, &other));
    printf(" %s\n", errno == EEXIST ? "EEXIST" : "?");
    int count = epoll_wait(set, got, 4, 1000);
    printf("ready %d: %x %d\n", count, got[0].events, (int) got[0].data.u32);
    printf("edge %d\n", epoll_wait(set, got, 4, 0));
    write(pipes[1], "x", 1);
    count = epoll_wait(set, got, 4, 1000);
    printf("ready %d: %x %llx\n", count, got[0].events, (unsigned long long) got[0].data.u64);
    event.events = 0;
    event.data.u64 = 9;
    printf("modify %d", epoll_ctl(set, EPOLL_CTL_MOD, pipes[0], &event));
    printf(" wait %d", epoll_wait(set, got, 4, 5));
    printf(" delete %d", epoll_ctl(set, EPOLL_CTL_DEL, pipes[0], 0));
    printf(" %d\n", epoll_ctl(set, EPOLL_CTL_DEL, counter, 0));
    printf("no room %d", epoll_wait(set, got, 0, 0));
    printf(" %s", errno == EINVAL ? "EINVAL" : "?");
    printf(" no set %d", epoll_wait(pipes[0], got, 1, 0));
    printf(" %s\n", errno == EINVAL ? "EINVAL" : "?");
    uint64_t number = 0;
    read(counter, &number, 8);
    printf("eventfd %d", (int) number);
    printf(" empty %d", (int) read(counter, &number, 8));
    printf(" %s\n", errno == EAGAIN ? "EAGAIN" : "?");
    close(set);
    close(counter);
}

static void timerfds(void) {
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    struct itimerspec later = {{0, 1000000}, {1000, 0}}, soon = {{0, 1000000}, {0, 2000000}}, left;
    printf("timerfd %d", timerfd_settime(timer, 0, &later, 0));
    printf(" %d\n", fcntl(timer, F_GETFD));
    timerfd_gettime(timer, &left);
    printf("interval %ld left %d\n", left.it_interval.tv_nsec, left.it_value.tv_sec > 900 && left.it_value.tv_sec <= 1000);
    timerfd_settime(timer, 0, &soon, &left);
    usleep(10000);
    uint64_t expired = 0;
    read(timer, &expired, 8);
    printf("expired %d\n", expired >= 2);
    close(timer);
}

static void signalfds(void) {
    sigset_t set;
    struct signalfd_siginfo info;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGRTMIN + 3);
    sigprocmask(SIG_BLOCK, &set, 0);
    int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    kill(getpid(), SIGTERM);
    union sigval number = {.sival_int = 42};
    sigqueue(getpid(), SIGRTMIN + 3, number);
    printf("read %d", (int) read(fd, &info, sizeof info));
    printf(" signal %d pid %d\n", info.ssi_signo, info.ssi_pid == (unsigned) getpid());
    printf("read %d", (int) read(fd, &info, sizeof info));
    printf(" signal +%d value %d\n", (int) info.ssi_signo - SIGRTMIN, info.ssi_int);
    printf("read %d", (int) read(fd, &info, sizeof info));
    printf(" %s\n", errno == EAGAIN ? "EAGAIN" : "?");
    close(fd);
    sigprocmask(SIG_UNBLOCK, &set, 0);
}

static void inotifies(const char *folder) {
    char path[200], buffer[512];
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    int watch = inotify_add_watch(fd, folder, IN_CREATE | IN_DELETE);
    snprintf(path, sizeof path, "%s/file", folder);
    close(open(path, O_CREAT | O_WRONLY, 0600));
    unlink(path);
    ssize_t size = read(fd, buffer, sizeof buffer);
    for (char *at = buffer; at < buffer + size;) {
        struct inotify_event *event = (struct inotify_event *) at;
        printf("inotify %d %x %s\n", event->wd == watch, event->mask, event->name);
        at += sizeof *event + event->len;
    }
    printf("remove %d", inotify_rm_watch(fd, watch));
    printf(" again %d", inotify_rm_watch(fd, watch));
    printf(" %s\n", errno == EINVAL ? "EINVAL" : "?");
    close(fd);
}

static void on_tick(int signal, siginfo_t *info, void *context) {
    (void) signal;
    (void) context;
    ticks++;
    value = info->si_code == SI_TIMER ? info->si_value.sival_int : -1;
}

static void timers(void) {
    struct sigaction action = {.sa_sigaction = on_tick, .sa_flags = SA_SIGINFO};
    sigaction(SIGUSR1, &action, 0);
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 77};
    timer_t timer;
    printf("create %d", timer_create(CLOCK_REALTIME, &event, &timer));
    struct itimerspec often = {{0, 2000000}, {0, 1000000}}, left;
    printf(" set %d\n", timer_settime(timer, 0, &often, 0));
    while (ticks < 3) pause();
    timer_gettime(timer, &left);
    printf("value %d interval %ld overrun %d\n", value, left.it_interval.tv_nsec, timer_getoverrun(timer) >= 0);
    printf("delete %d", timer_delete(timer));
    printf(" again %d\n", timer_delete(timer) != 0);
}

static void queues(void) {
    struct {
        long type;
        char text[16];
    } message = {3, "third"}, got = {0};
    int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
    msgsnd(queue, &message, 6, 0);
    message.type = 5;
    strcpy(message.text, "fifth");
    msgsnd(queue, &message, 6, 0);
    struct msqid_ds status;
    printf("msgctl %d", msgctl(queue, IPC_STAT, &status));
    printf(" messages %d\n", (int) status.msg_qnum);
    printf("msgrcv %d", (int) msgrcv(queue, &got, sizeof got.text, 5, 0));
    printf(" %ld %s", got.type, got.text);
    printf(" none %d", (int) msgrcv(queue, &got, sizeof got.text, 9, IPC_NOWAIT));
    printf(" %s\n", errno == ENOMSG ? "ENOMSG" : "?");
    msgctl(queue, IPC_RMID, 0);
    int set = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
    union semun {
        int val;
        struct semid_ds *buf;
        unsigned short *array;
    } argument;
    unsigned short values[3] = {1, 2, 3};
    struct semid_ds semaphores;
    argument.array = values;
    semctl(set, 0, SETALL, argument);
    struct sembuf operations[2] = {{0, -1, 0}, {2, 4, 0}};
    printf("semop %d", semop(set, operations, 2));
    argument.buf = &semaphores;
    printf(" stat %d", semctl(set, 0, IPC_STAT, argument));
    printf(" of %d", (int) semaphores.sem_nsems);
    printf(" recent %d", semaphores.sem_otime > 1600000000);
    argument.array = values;
    semctl(set, 0, GETALL, argument);
    printf(" values %d %d %d", values[0], values[1], values[2]);
    operations[0].sem_flg = IPC_NOWAIT;
    printf(" busy %d", semop(set, operations, 1));
    printf(" %s\n", errno == EAGAIN ? "EAGAIN" : "?");
    semctl(set, 0, IPC_RMID);
    struct mq_attr attributes = {.mq_maxmsg = 4, .mq_msgsize = 32}, now;
    mqd_t posix = mq_open("/jqemu-ctest", O_RDWR | O_CREAT | O_EXCL | O_NONBLOCK, 0600, &attributes);
    mq_unlink("/jqemu-ctest");
    printf("mq_send %d", mq_send(posix, "low", 4, 1));
    printf(" %d\n", mq_send(posix, "high", 5, 9));
    mq_getattr(posix, &now);
    printf("messages %ld of %ld, size %ld\n", now.mq_curmsgs, now.mq_maxmsg, now.mq_msgsize);
    char text[32];
    unsigned priority;
    printf("mq_receive %d", (int) mq_receive(posix, text, sizeof text, &priority));
    printf(" %s %u\n", text, priority);
    mq_close(posix);
}

int test_events(int argc, char **argv) {
    if (argc != 2) return 2;
    epolls();
    timerfds();
    signalfds();
    inotifies(argv[1]);
    timers();
    queues();
    return 0;
}
