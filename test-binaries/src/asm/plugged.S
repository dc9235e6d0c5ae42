/* For the plugin API: code that a plugin can change. The exit status tells what it did, all 3000 times: 1 answer was
 * skipped and x0 is 42, 2 x3 was written, 4 v1 was written, 8 the Z flag was cleared, 16 getppid was filtered (4711),
 * 32 memory was written. Without a plugin the status is 0. Then come an undefined instruction and a signal, both with a
 * handler, and 20 threads that are alive at the same time.
 */
#include "check.h"
#include "signals.h"
#define SIGUSR1 10
#define SYS_nanosleep 101
#define SYS_sched_yield 124
#define SYS_kill 129
#define SYS_getpid 172
#define SYS_getppid 173
#define SYS_clone 220
#define THREADS 20
/* VM, FS, FILES, SIGHAND, THREAD, SYSVSEM */
#define CLONE_FLAGS 0x50f00

        .macro  function name
        .type   \name, %function
\name:
        .endm
        .macro  endfunction name
        .size   \name, . - \name
        .endm
        .macro  bit number, condition
        cset    x1, \condition
        orr     x21, x21, x1, lsl #\number
        .endm

        .arch   armv8.1-a
        .global _start
function _start
        adrp    x22, data
        add     x22, x22, :lo12:data
        mov     x19, #3000
        mov     x20, #63
1:      bl      iteration
        and     x20, x20, x21
        subs    x19, x19, #1
        b.ne    1b

        handle  SIGILL, on_sigill
        handle  SIGUSR1, on_signal
        bl      undefined
        syscall SYS_getpid
        mov     x1, #SIGUSR1
        syscall SYS_kill

        mov     x19, #THREADS
2:      mov     x0, #(CLONE_FLAGS & 0xffff)
        movk    x0, #(CLONE_FLAGS >> 16), lsl #16
        mov     x1, #0
        mov     x2, #0
        mov     x3, #0
        mov     x4, #0
        syscall SYS_clone
        cbz     x0, thread
        subs    x19, x19, #1
        b.ne    2b
3:      adr     x0, pause
        mov     x1, #0
        syscall SYS_nanosleep
        ldar    x1, [x24]
        cmp     x1, #THREADS
        b.ne    3b
        mov     x0, x20
        syscall SYS_exit_group
endfunction _start

function iteration
        mov     x23, x30
        mov     x21, #0
        str     xzr, [x22]
        bl      answer
        cmp     x0, #42
        bit     0, eq
        mov     x3, #5
        bl      writex
        cmp     x3, #6
        bit     1, eq
        movi    v1.16b, #0
        bl      writev
        mov     x4, v1.d[1]
        mov     x5, #0x1234
        cmp     x4, x5
        bit     2, eq
        cmp     x0, x0
        bl      writeflags
        bit     3, ne
        syscall SYS_getppid
        mov     x5, #4711
        cmp     x0, x5
        bit     4, eq
        ldr     x4, [x22]
        cmp     x4, #0x77
        bit     5, eq
        bl      accesses
        add     x24, x22, #128
        ret     x23
endfunction iteration

function answer
        mov     x0, #7
        ret
endfunction answer

function writex
        nop
        ret
endfunction writex

function writev
        nop
        ret
endfunction writev

function writeflags
        nop
        ret
endfunction writeflags

/* Each size of access, with the values that the probe knows. */
function accesses
        add     x6, x22, #64
        ldp     x7, x9, [x22, #16]
        strb    w7, [x6]
        strh    w7, [x6]
        str     w7, [x6]
        str     x7, [x6]
        stp     x7, x9, [x6]
        ldrsb   x10, [x6]
        ldr     q2, [x6]
        ret
endfunction accesses

function undefined
        udf     #0
        ret
endfunction undefined

function on_sigill
        ldr     x3, [x2, #UC_PC]
        add     x3, x3, #4
        str     x3, [x2, #UC_PC]
        ret
endfunction on_sigill

function on_signal
        ret
endfunction on_signal

/* Waits until all threads are alive, then ends. */
function thread
        add     x25, x24, #8
        mov     x1, #1
        ldaddal x1, x2, [x25]
1:      syscall SYS_sched_yield
        ldar    x1, [x25]
        cmp     x1, #THREADS
        b.ne    1b
        mov     x1, #1
        ldaddal x1, x2, [x24]
        mov     x0, #0
        syscall SYS_exit
endfunction thread

        .balign 8
pause:  .quad   0, 1000000

        .data
        .balign 16
data:   .quad   0, 0
        .quad   0x8182838485868788, 0x1112131415161718
        .space  256
