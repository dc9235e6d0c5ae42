/* Accesses that kill the program: `fault CASE` does one. The name of a case says what is expected:
 * an access that works ends with exit status 0, "no fault" on stdout and exit status 1 when it should have died.
 * No handler is installed: the program dies by the signal (shell status 139 for SIGSEGV, 135 SIGBUS, 132 SIGILL,
 * 133 SIGTRAP). What it printed before ("before") must be there.
 */
#include "check.h"
        .global _start

        /* One case: its name, its code. */
        .macro  case name
        .pushsection .rodata.names, "a"
99:     .asciz  "\name"
        .popsection
        .pushsection .data.cases, "aw"
        .quad   99b, 98f
        .popsection
98:
        .endm

        .section .data.cases, "aw"
        .balign 8
cases:
        .text
_start:
        ldr     x0, [sp]
        cmp     x0, #2
        b.ne    usage
        ldr     x19, [sp, #16]                  /* argv[1] */
        mov     x0, #1
        adr     x1, before
        mov     x2, #7
        syscall SYS_write

        /* x20: a page to read and write; the next is read-only, then PROT_NONE, then a hole. */
        mov     x0, #0
        mov     x1, #0x4000
        mov     x2, #3
        mov     x3, #0x22
        mov     x4, #-1
        mov     x5, #0
        syscall SYS_mmap
        mov     x20, x0
        add     x0, x20, #0x1000
        mov     x1, #0x1000
        mov     x2, #1
        syscall SYS_mprotect
        add     x0, x20, #0x2000
        mov     x1, #0x1000
        mov     x2, #0
        syscall SYS_mprotect
        add     x0, x20, #0x3000
        mov     x1, #0x1000
        syscall SYS_munmap
        add     x21, x20, #0x1000
        add     x22, x20, #0x2000
        add     x23, x20, #0x3000

        adrp    x9, cases
        add     x9, x9, :lo12:cases
find:   ldp     x10, x11, [x9], #16
        cbz     x10, usage
        mov     x12, x19
1:      ldrb    w13, [x10], #1
        ldrb    w14, [x12], #1
        cmp     w13, w14
        b.ne    find
        cbnz    w13, 1b
        bl      1f
        mov     x0, #1
        adr     x1, nofault
        mov     x2, #9
        syscall SYS_write
        exit    1
1:      br      x11

good:   exit    0
usage:  exit    2

        case    "unmapped-load"
        ldr     x0, [x23]
        ret
        case    "unmapped-store"
        str     x0, [x23]
        ret
        case    "unmapped-exec"
        br      x23
        case    "unmapped-pair"
        ldp     x0, x1, [x23]
        ret
        case    "unmapped-vector"
        ldr     q0, [x23]
        ret
        case    "unmapped-atomic"
        ldxr    x0, [x23]
        ret
        case    "readonly-load-works"
        ldr     x0, [x21]
        b       good
        case    "readonly-store"
        str     x0, [x21]
        ret
        case    "readonly-exec"
        br      x21
        case    "readonly-atomic"
1:      ldxr    x0, [x21]
        stxr    w1, x0, [x21]
        cbnz    w1, 1b
        ret
        case    "none-load"
        ldr     x0, [x22]
        ret
        case    "none-store"
        str     x0, [x22]
        ret
        case    "none-exec"
        br      x22
        case    "cross-load"                    /* the second half is on the page without access */
        sub     x1, x22, #4
        ldr     x0, [x1]
        ret
        case    "cross-store"
        sub     x1, x22, #4
        str     x0, [x1]
        ret
        case    "text-store"                    /* the program's own code */
        adr     x1, _start
        str     x0, [x1]
        ret
        case    "data-exec"                     /* a page that may not be executed */
        br      x20
        case    "null-load"
        mov     x1, #0
        ldr     x0, [x1]
        ret
        case    "null-store"
        mov     x1, #0
        str     x0, [x1]
        ret
        case    "null-exec"
        mov     x1, #0
        br      x1
        case    "null-offset-load"
        mov     x1, #0
        ldr     x0, [x1, #0xff0]
        ret
        case    "null-minus-8-load"
        mov     x1, #-8
        ldr     x0, [x1]
        ret
        case    "null-minus-8-store"
        mov     x1, #0
        stur    x0, [x1, #-8]
        ret
        case    "null-minus-4-load"             /* wraps around the end of the address space */
        mov     x1, #-4
        ldr     x0, [x1]
        ret
        case    "null-minus-8-exec"
        mov     x1, #-8
        br      x1
        case    "bit-36-load"
        mov     x1, #(1 << 36)
        ldr     x0, [x1]
        ret
        case    "bit-40-load"
        mov     x1, #(1 << 40)
        ldr     x0, [x1]
        ret
        case    "bit-46-load"
        mov     x1, #(1 << 46)
        ldr     x0, [x1]
        ret
        case    "bit-46-minus-8-load"
        mov     x1, #(1 << 46)
        ldr     x0, [x1, #-8]!
        ret
        case    "bit-46-store"
        mov     x1, #(1 << 46)
        str     x0, [x1]
        ret
        case    "bit-46-exec"
        mov     x1, #(1 << 46)
        br      x1
        case    "bit-47-load"
        mov     x1, #(1 << 47)
        ldr     x0, [x1]
        ret
        case    "bit-47-minus-8-load"
        mov     x1, #(1 << 47)
        ldr     x0, [x1, #-8]!
        ret
        case    "bit-47-store"
        mov     x1, #(1 << 47)
        str     x0, [x1]
        ret
        case    "bit-47-exec"
        mov     x1, #(1 << 47)
        br      x1
        case    "bit-48-load"
        mov     x1, #(1 << 48)
        ldr     x0, [x1]
        ret
        case    "bit-52-store"
        mov     x1, #(1 << 52)
        str     x0, [x1]
        ret
        case    "non-canonical-load"
        mov64   x1, 0x0055555555555550
        ldr     x0, [x1]
        ret
        case    "non-canonical-store"
        mov64   x1, 0x00aaaaaaaaaaaaa0
        str     x0, [x1]
        ret
        case    "non-canonical-exec"
        mov64   x1, 0x0055555555555550
        br      x1
        case    "kernel-load"
        mov64   x1, 0xffff800000000000
        ldr     x0, [x1]
        ret
        case    "tagged-works"                  /* the top byte of an address is ignored by data accesses */
        mov     x2, #42
        orr     x1, x20, #0xff00000000000000
        str     x2, [x1, #8]
        orr     x1, x20, #0x7f00000000000000
        ldr     x0, [x1, #8]
        cmp     x0, #42
        b.eq    good
        ret
        case    "tagged-null-load"
        mov     x1, #0xff00000000000000
        ldr     x0, [x1]
        ret
        case    "tagged-unmapped-load"
        orr     x1, x23, #0x0f00000000000000
        ldr     x0, [x1]
        ret
        case    "dead-xzr"                      /* loads whose result nobody reads */
        ldr     xzr, [x23]
        ret
        case    "dead-overwritten"
        ldr     x0, [x23]
        mov     x0, #1
        ret
        case    "dead-narrow"
        ldrb    w0, [x22]
        mov     x0, #1
        ret
        case    "dead-pair"
        ldp     x0, xzr, [x23]
        mov     x0, #1
        ret
        case    "dead-vector"
        ldr     q0, [x23]
        movi    v0.2d, #0
        ret
        case    "dead-float"
        ldr     d0, [x22]
        fmov    d0, xzr
        ret
        case    "dead-acquire"
        ldar    x0, [x23]
        mov     x0, #1
        ret
        case    "dead-hot"                      /* after many accesses that worked, in a loop */
        mov     x2, #0x20000
1:      ldr     x1, [x20]
        mov     x1, #0
        subs    x2, x2, #1
        csel    x20, x23, x20, eq
        b.pl    1b
        ret
        case    "hot-load"
        mov     x2, #0x20000
        mov     x3, #0
1:      ldr     x1, [x20]
        add     x3, x3, x1
        subs    x2, x2, #1
        csel    x20, x22, x20, eq
        b.pl    1b
        ret
        case    "hot-store"
        mov     x2, #0x20000
1:      str     x2, [x20]
        subs    x2, x2, #1
        csel    x20, x21, x20, eq
        b.pl    1b
        ret
        case    "stack-overflow"                /* recursion without end: an 8 MiB stack or less */
1:      sub     sp, sp, #1024
        stp     x29, x30, [sp]
        bl      1b
        ret
        case    "undefined"
        udf     #0
        ret
        case    "brk"
        brk     #0
        ret
        case    "misaligned-pc"                 /* SIGBUS */
        adr     x1, good + 2
        br      x1

before: .ascii  "before\n"
nofault: .ascii "no fault\n"
        .balign 4
        .section .data.cases, "aw"
        .quad   0, 0
