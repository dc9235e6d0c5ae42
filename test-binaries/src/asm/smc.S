/* Self-modifying code: a function is rewritten and called again, with the cache maintenance that Arm demands
 * (DC CVAU, DSB, IC IVAU, DSB, ISB). Code is written over code that has run, patched in its middle, and run from a page
 * that is mapped, unmapped and mapped again.
 */
#include "check.h"
        .global _start

        /* Makes the cache line at \address visible to instruction fetch. */
        .macro  sync address
        dc      cvau, \address
        dsb     ish
        ic      ivau, \address
        dsb     ish
        isb
        .endm

_start:
        mov     x0, #0
        bl      map_page
        mov     x20, x0

        /* movz w0, #n ; ret, for n = 0 to 49, each called once. */
        movz    w21, #0x0000
        movk    w21, #0x5280, lsl #16           /* movz w0, #0 */
        movz    w22, #0x03c0
        movk    w22, #0xd65f, lsl #16           /* ret */
        mov     x19, #0
        mov     x23, #0
1:      orr     w0, w21, w19, lsl #5
        str     w0, [x20]
        str     w22, [x20, #4]
        sync    x20
        blr     x20
        add     x23, x23, x0
        add     x19, x19, #1
        cmp     x19, #50
        b.lo    1b
        EXPECT(x23, 1225)

        /* A long run of code, called often enough to become hot, then patched in the middle. */
        mov     x19, #0
        movz    w0, #0x0400
        movk    w0, #0x1100, lsl #16            /* add w0, w0, #1 */
1:      str     w0, [x20, x19, lsl #2]
        add     x19, x19, #1
        cmp     x19, #20
        b.lo    1b
        str     w22, [x20, x19, lsl #2]
        sync    x20
        add     x1, x20, #64
        sync    x1
        mov     x0, #0
        mov     x19, #5000
1:      blr     x20
        subs    x19, x19, #1
        b.ne    1b
        EXPECT(x0, 100000)
        movz    w1, #0x2800
        movk    w1, #0x1100, lsl #16            /* add w0, w0, #10 */
        str     w1, [x20, #40]
        add     x2, x20, #40
        sync    x2
        mov     x0, #0
        blr     x20
        EXPECT(x0, 29)

        /* Another page at the same address: no cache maintenance is needed for a new mapping. */
        mov     x0, x20
        mov     x1, #4096
        syscall SYS_munmap
        mov     x0, x20
        bl      map_page
        sub     x0, x0, x20
        EXPECT(x0, 0)
        movz    w0, #0x0e40
        movk    w0, #0x5280, lsl #16            /* movz w0, #114 */
        str     w0, [x20]
        str     w22, [x20, #4]
        sync    x20
        blr     x20
        EXPECT(x0, 114)

        /* Code on the program's own page that is changed while it runs: the next instruction but some. */
        adr     x0, own
        and     x0, x0, #~4095
        mov     x1, #4096
        mov     x2, #7
        syscall SYS_mprotect
        EXPECT(x0, 0)
        adr     x1, patched
        movz    w2, #0x0860
        movk    w2, #0x5280, lsl #16            /* movz w0, #67 */
        .balign 128                             /* own and patched on one page */
own:    str     w2, [x1]
        sync    x1
patched:
        mov     w0, #1
        EXPECT(x0, 67)
        exit    0

        /* x0: wanted address or 0 -> a new page that may be written and executed. */
map_page:
        mov     x1, #4096
        mov     x2, #7                          /* PROT_READ | PROT_WRITE | PROT_EXEC */
        mov     x3, #0x22                       /* MAP_PRIVATE | MAP_ANONYMOUS */
        mov     x4, #-1
        mov     x5, #0
        syscall SYS_mmap
        ret
        check_code
