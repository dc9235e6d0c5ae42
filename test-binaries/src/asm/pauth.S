/* Pointer authentication with -cpu max,pauth=on: signing, checking, stripping, and new keys by prctl(2). The handler
 * counts in x19 and steps over the instruction. */
#include "check.h"
#include "signals.h"
        .arch   armv8.5-a
#define SYS_prctl 167
#define PR_PAC_RESET_KEYS 54

        .macro  reset keys
        mov     x0, #PR_PAC_RESET_KEYS
        mov     x1, #\keys
        mov     x2, #0
        mov     x3, #0
        mov     x4, #0
        syscall SYS_prctl
        .endm

        /* The pointer in \signed is refused by \instruction, or not. */
        .macro  check instruction, signed, modifier, faults
        mov     x19, #0
        mov     x9, \signed
        \instruction x9, \modifier
        EXPECT(x19, \faults)
        .endm

        .global _start
_start:
        handle  SIGILL, handler
        adr     x20, _start
        mov     x21, #1234
        mov     x22, x20
        pacia   x22, x21
        mov     x23, x20
        pacib   x23, x21
        mov     x24, x20
        pacda   x24, x21
        check   autia, x22, x21, 0
        sub     x10, x9, x20
        EXPECT(x10, 0)
        check   autib, x23, x21, 0
        check   autda, x24, x21, 0
        eor     x22, x22, #(1 << 50)
        check   autia, x22, x21, 1
        eor     x22, x22, #(1 << 50)
        xpaci   x23
        sub     x10, x23, x20
        EXPECT(x10, 0)
        mov     x23, x20
        pacib   x23, x21

        /* Key IA anew: what it signed before is refused (but for one in 2^7), the other keys are as before. */
        mov     x28, #0
        mov     x29, #0
1:      mov     x22, x20
        add     x21, x21, #1
        pacia   x22, x21
        reset   1
        EXPECT(x0, 0)
        mov     x19, #0
        autia   x22, x21
        add     x29, x29, x19
        add     x20, x20, #4
        tbz     x20, #8, 1b
        cmp     x29, #8
        cset    x10, hi
        EXPECT(x10, 1)
        mov     x21, #1234
        check   autib, x23, x21, 0
        check   autda, x24, x21, 0
        reset   32                              /* no such key */
        EXPECT(x0, -22)
        mov     x0, #PR_PAC_RESET_KEYS
        mov     x1, #1
        mov     x2, #1
        mov     x3, #0
        mov     x4, #0
        syscall SYS_prctl
        EXPECT(x0, -22)
        exit    0

handler:
        ldr     x3, [x2, #UC_X(19)]
        add     x3, x3, #1
        str     x3, [x2, #UC_X(19)]
        ldr     x3, [x2, #UC_PC]
        add     x3, x3, #4
        str     x3, [x2, #UC_PC]
        ret
        check_code
