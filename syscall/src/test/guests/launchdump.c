/* Prints what it was started with, for GuestLaunchIT; needs no libc. Build (the binary is committed beside this file):
 *   aarch64-linux-gnu-gcc -O2 -Wall -Wextra -ffreestanding -fno-builtin -fno-stack-protector -nostdlib -static -no-pie
 *       -Wl,--build-id=none -Wl,-z,max-page-size=4096 -s launchdump.c -o launchdump
 *
 *   launchdump [ARG...]   "argument ARG" for each argument from argv[0] on, "variable NAME=VALUE" for the environment
 *   launchdump =exit N    ends with status N
 *   launchdump =kill N    sends itself signal N
 *   launchdump =open      prints which of the descriptors 0 to 9 are open
 *   launchdump =cat       copies standard input to standard output
 */
typedef long word;

static word call(word number, word a, word b, word c) {
    register word x8 __asm__("x8") = number;
    register word x0 __asm__("x0") = a;
    register word x1 __asm__("x1") = b;
    register word x2 __asm__("x2") = c;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
}

enum { FCNTL = 25, READ = 63, WRITE = 64, EXIT_GROUP = 94, KILL = 129, GETPID = 172 };

static void print(const char *text) {
    word length = 0;
    while (text[length]) {
        length++;
    }
    call(WRITE, 1, (word)text, length);
}

static void print_all(const char *title, char **strings) {
    for (; *strings; strings++) {
        print(title);
        print(*strings);
        print("\n");
    }
}

static int equal(const char *a, const char *b) {
    while (*a && *a == *b) {
        a++, b++;
    }
    return *a == *b;
}

static word number(const char *text) {
    word value = 0;
    while (*text >= '0' && *text <= '9') {
        value = 10 * value + *text++ - '0';
    }
    return value;
}

__attribute__((used)) static void start(word *stack) {
    word argc = stack[0];
    char **argv = (char **)(stack + 1);
    const char *command = argc > 1 ? argv[1] : "";
    word status = 0;
    if (equal(command, "=exit")) {
        status = number(argv[2]);
    } else if (equal(command, "=kill")) {
        call(KILL, call(GETPID, 0, 0, 0), number(argv[2]), 0);
    } else if (equal(command, "=open")) {
        for (word fd = 0; fd < 10; fd++) {
            char line[] = {(char)('0' + fd), '\n', 0};
            if (call(FCNTL, fd, 1, 0) >= 0) {
                print(line);
            }
        }
    } else if (equal(command, "=cat")) {
        char buffer[4096];
        word count;
        while ((count = call(READ, 0, (word)buffer, sizeof buffer)) > 0) {
            call(WRITE, 1, (word)buffer, count);
        }
    } else {
        print_all("argument ", argv);
        print_all("variable ", argv + argc + 1);
    }
    call(EXIT_GROUP, status, 0, 0);
}

__asm__(".globl _start\n_start: mov x29, xzr\n mov x0, sp\n b start\n");
