#include "ctest.h"
#include "contexts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FRAME 160

#pragma GCC visibility push(hidden)
void start_context(void);
#pragma GCC visibility pop

__asm__(".pushsection .text\n"
        ".global call_on\n"
        "call_on:\n\t"
        "stp x29, x30, [sp, #-16]!\n\t"
        "mov x29, sp\n\t"
        "mov sp, x0\n\t"
        "mov x0, x2\n\t"
        "blr x1\n\t"
        "mov sp, x29\n\t"
        "ldp x29, x30, [sp], #16\n\t"
        "ret\n"
        ".global switch_context\n"
        "switch_context:\n\t"
        "stp x29, x30, [sp, #-160]!\n\t"
        "stp x19, x20, [sp, #16]\n\t"
        "stp x21, x22, [sp, #32]\n\t"
        "stp x23, x24, [sp, #48]\n\t"
        "stp x25, x26, [sp, #64]\n\t"
        "stp x27, x28, [sp, #80]\n\t"
        "stp d8, d9, [sp, #96]\n\t"
        "stp d10, d11, [sp, #112]\n\t"
        "stp d12, d13, [sp, #128]\n\t"
        "stp d14, d15, [sp, #144]\n\t"
        "mov x2, sp\n\t"
        "str x2, [x0]\n\t"
        "mov sp, x1\n\t"
        "ldp x19, x20, [sp, #16]\n\t"
        "ldp x21, x22, [sp, #32]\n\t"
        "ldp x23, x24, [sp, #48]\n\t"
        "ldp x25, x26, [sp, #64]\n\t"
        "ldp x27, x28, [sp, #80]\n\t"
        "ldp d8, d9, [sp, #96]\n\t"
        "ldp d10, d11, [sp, #112]\n\t"
        "ldp d12, d13, [sp, #128]\n\t"
        "ldp d14, d15, [sp, #144]\n\t"
        "ldp x29, x30, [sp], #160\n\t"
        "ret\n"
        ".global start_context\n"
        "start_context:\n\t" /* of a new context: x19 the function, x20 its argument */
        "mov x0, x20\n\t"
        "blr x19\n\t"
        "brk #0\n"
        ".popsection");

char *new_stack(size_t size) {
    char *stack = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    return stack;
}

void *new_context(char *top, void *function, void *argument) {
    uint64_t *frame = (uint64_t *) (top - FRAME);
    memset(frame, 0, FRAME);
    frame[1] = (uintptr_t) start_context;
    frame[2] = (uintptr_t) function;
    frame[3] = (uintptr_t) argument;
    return frame;
}
