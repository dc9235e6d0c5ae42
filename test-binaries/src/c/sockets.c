/* Sockets on this machine: pairs, streams, datagrams, messages with descriptors and credentials, options. */
#include "ctest.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

static void pairs(void) {
    int pair[2];
    socklen_t size = 4;
    char text[16] = {0};
    printf("pair %d\n", socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
    printf("cloexec %d\n", fcntl(pair[0], F_GETFD));
    printf("sent %d", (int) send(pair[0], "hello", 5, 0));
    printf(" received %d", (int) recv(pair[1], text, sizeof text, 0));
    printf(" %s\n", text);
    printf("nothing %d", (int) recv(pair[1], text, sizeof text, MSG_DONTWAIT));
    printf(" %s\n", errno == EAGAIN ? "EAGAIN" : "?");
    shutdown(pair[0], SHUT_WR);
    printf("end %d\n", (int) recv(pair[1], text, sizeof text, 0));
    close(pair[1]);
    signal(SIGPIPE, SIG_IGN);
    printf("broken %d", (int) send(pair[0], "x", 1, 0));
    printf(" %s\n", errno == EPIPE ? "EPIPE" : "?");
    close(pair[0]);
    errno = 0;
    printf("closed %d", (int) send(pair[0], "x", 1, 0));
    printf(" %s", errno == EBADF ? "EBADF" : "?");
    printf(" %d", socket(AF_UNIX, 99, 0));
    printf(" %d\n", getsockopt(-1, SOL_SOCKET, SO_TYPE, text, &size));
}

static void pass_descriptors(void) {
    int pair[2], pipes[2];
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(2 * sizeof(int))];
    } control;
    char first[4] = "abc", second[8] = {0}, got[16] = {0};
    struct iovec out[2] = {{first, 3}, {"defgh", 5}}, in[2] = {{got, 5}, {second, 7}};
    struct msghdr message = {.msg_iov = out, .msg_iovlen = 2, .msg_control = &control, .msg_controllen = sizeof control};
    socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
    pipe(pipes);
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(2 * sizeof(int));
    memcpy(CMSG_DATA(rights), pipes, sizeof pipes);
    printf("sendmsg %d\n", (int) sendmsg(pair[0], &message, 0));
    memset(&control, 0, sizeof control);
    message.msg_iov = in;
    message.msg_controllen = sizeof control;
    message.msg_flags = 0;
    printf("recvmsg %d", (int) recvmsg(pair[1], &message, MSG_CMSG_CLOEXEC));
    printf(" %s %s flags %d\n", got, second, message.msg_flags & ~MSG_CMSG_CLOEXEC);
    rights = CMSG_FIRSTHDR(&message);
    int passed[2];
    memcpy(passed, CMSG_DATA(rights), sizeof passed);
    printf("rights %d, new numbers %d, cloexec %d\n", rights->cmsg_type == SCM_RIGHTS,
           passed[0] != pipes[0] && passed[1] != pipes[1], fcntl(passed[0], F_GETFD));
    write(passed[1], "through", 7);
    memset(got, 0, sizeof got);
    read(pipes[0], got, sizeof got);
    printf("%s\n", got);
    int bad = 999;
    message.msg_iov = out;
    message.msg_controllen = CMSG_SPACE(sizeof bad);
    rights->cmsg_len = CMSG_LEN(sizeof bad);
    memcpy(CMSG_DATA(rights), &bad, sizeof bad);
    printf("bad descriptor %d", (int) sendmsg(pair[0], &message, 0));
    printf(" %s\n", errno == EBADF ? "EBADF" : "?");
    int on = 1;
    setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
    send(pair[0], "who", 3, 0);
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(struct ucred))];
    } who;
    struct msghdr asked = {.msg_iov = in, .msg_iovlen = 1, .msg_control = &who, .msg_controllen = sizeof who};
    recvmsg(pair[1], &asked, 0);
    struct ucred from;
    memcpy(&from, CMSG_DATA(CMSG_FIRSTHDR(&asked)), sizeof from);
    printf("credentials %d %d\n", CMSG_FIRSTHDR(&asked)->cmsg_type == SCM_CREDENTIALS, from.pid == getpid());
}

static struct sockaddr_in peer;
static socklen_t peer_length = sizeof peer;

static void *echo(void *argument) {
    int listener = *(int *) argument;
    int connection = accept4(listener, (struct sockaddr *) &peer, &peer_length, SOCK_CLOEXEC);
    char buffer[100];
    for (ssize_t count; (count = read(connection, buffer, sizeof buffer)) > 0;) write(connection, buffer, count);
    close(connection);
    return 0;
}

static void streams(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1, type = 0;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    printf("bind %d", bind(listener, (struct sockaddr *) &address, sizeof address));
    printf(" listen %d", listen(listener, 4));
    printf(" name %d\n", getsockname(listener, (struct sockaddr *) &address, &length));
    pthread_t thread;
    pthread_create(&thread, 0, echo, &listener);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    printf("connect %d\n", connect(client, (struct sockaddr *) &address, sizeof address));
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    length = sizeof type;
    getsockopt(client, SOL_SOCKET, SO_TYPE, &type, &length);
    struct timeval limit = {3, 500000}, got = {0, 0};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    socklen_t size = sizeof got;
    getsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &got, &size);
    printf("type %d length %d timeout %d.%d\n", type == SOCK_STREAM, (int) length, (int) got.tv_sec, (int) got.tv_usec / 100000);
    char text[20] = {0};
    write(client, "over tcp", 8);
    recv(client, text, 8, MSG_WAITALL);
    printf("%s\n", text);
    shutdown(client, SHUT_WR);
    printf("end %d\n", (int) read(client, text, 1));
    close(client);
    pthread_join(thread, 0);
    printf("accepted from %s, length %d\n", inet_ntoa(peer.sin_addr), (int) peer_length);
    close(listener);
    errno = 0;
    client = socket(AF_INET, SOCK_STREAM, 0);
    printf("refused %d", connect(client, (struct sockaddr *) &address, sizeof address));
    printf(" %s\n", errno == ECONNREFUSED ? "ECONNREFUSED" : "?");
    close(client);
}

static void datagrams(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, from = {0};
    socklen_t length = sizeof address;
    int server = socket(AF_INET, SOCK_DGRAM, 0), client = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    bind(server, (struct sockaddr *) &address, sizeof address);
    getsockname(server, (struct sockaddr *) &address, &length);
    char text[32] = {0}, more[32] = {0};
    printf("sendto %d\n", (int) sendto(client, "datagram", 8, 0, (struct sockaddr *) &address, sizeof address));
    length = sizeof from;
    printf("recvfrom %d", (int) recvfrom(server, text, sizeof text, 0, (struct sockaddr *) &from, &length));
    printf(" %s from %s\n", text, inet_ntoa(from.sin_addr));
    connect(client, (struct sockaddr *) &address, sizeof address);
    struct iovec parts[2] = {{"one", 3}, {"three", 5}}, rooms[2] = {{text, sizeof text}, {more, sizeof more}};
    struct mmsghdr out[2] = {{.msg_hdr = {.msg_iov = &parts[0], .msg_iovlen = 1}},
                             {.msg_hdr = {.msg_iov = &parts[1], .msg_iovlen = 1}}};
    struct mmsghdr in[2] = {{.msg_hdr = {.msg_iov = &rooms[0], .msg_iovlen = 1}},
                            {.msg_hdr = {.msg_iov = &rooms[1], .msg_iovlen = 1}}};
    memset(text, 0, sizeof text);
    printf("sendmmsg %d", sendmmsg(client, out, 2, 0));
    printf(" of %d and %d\n", (int) out[0].msg_len, (int) out[1].msg_len);
    printf("recvmmsg %d", recvmmsg(server, in, 2, MSG_WAITFORONE, 0));
    printf(" %d %s %d %s\n", (int) in[0].msg_len, text, (int) in[1].msg_len, more);
    struct pollfd wait = {server, POLLIN, 0};
    printf("poll %d\n", poll(&wait, 1, 0));
    close(server);
    close(client);
}

static void paths(const char *folder) {
    struct sockaddr_un address = {.sun_family = AF_UNIX}, name = {0};
    socklen_t length = sizeof name;
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    int listener = socket(AF_UNIX, SOCK_SEQPACKET, 0), client = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    printf("bind to a path %d", bind(listener, (struct sockaddr *) &address, sizeof address));
    listen(listener, 1);
    printf(" connect %d\n", connect(client, (struct sockaddr *) &address, sizeof address));
    int server = accept(listener, 0, 0);
    getpeername(client, (struct sockaddr *) &name, &length);
    printf("peer %d\n", !strcmp(name.sun_path, address.sun_path));
    write(client, "packet", 6);
    char text[3];
    struct iovec room = {text, 3};
    struct msghdr message = {.msg_iov = &room, .msg_iovlen = 1};
    printf("part %d", (int) recvmsg(server, &message, 0));
    printf(" truncated %d\n", (message.msg_flags & MSG_TRUNC) != 0);
    close(server);
    close(client);
    close(listener);
}

int test_sockets(int argc, char **argv) {
    if (argc != 2) return 2;
    pairs();
    pass_descriptors();
    streams();
    datagrams();
    paths(argv[1]);
    return 0;
}
