/* Atomics without LSE: load and store exclusive, in all sizes, pairs, acquire and release.
 *
 * counts: failed-exclusives 2
 * Memory accesses: a load exclusive is one (a pair too), a successful store exclusive two (R, then W), a failed one none.
 */
#include "check.h"
        .global _start
_start:
        adrp    x20, cell
        add     x20, x20, :lo12:cell

        /* A counter that goes from 0 to 100: 100 LDXR, 100 STXR. */
        mov     x19, #100
1:      ldxr    x0, [x20]
        add     x0, x0, #1
        stxr    w1, x0, [x20]
        cbnz    w1, 1b
        subs    x19, x19, #1
        b.ne    1b
        ldr     x0, [x20]
        EXPECT(x0, 100)

        /* Acquire and release. */
1:      ldaxr   w0, [x20]
        add     w0, w0, #5
        stlxr   w1, w0, [x20]
        cbnz    w1, 1b
        EXPECT(x0, 105)
        EXPECT(x1, 0)

        /* Bytes and half words wrap in their size. */
        mov     w0, #0xff
        strb    w0, [x20]
1:      ldxrb   w0, [x20]
        add     w0, w0, #2
        stxrb   w1, w0, [x20]
        cbnz    w1, 1b
        ldr     x0, [x20]
        EXPECT(x0, 1)
        mov     w0, #0xffff
        strh    w0, [x20]
1:      ldaxrh  w0, [x20]
        add     w0, w0, #3
        stlxrh  w1, w0, [x20]
        cbnz    w1, 1b
        ldr     x0, [x20]
        EXPECT(x0, 2)

        /* Pairs. */
        mov     x2, #11
        mov     x3, #22
1:      ldxp    x4, x5, [x20]
        stxp    w1, x2, x3, [x20]
        cbnz    w1, 1b
        EXPECT(x4, 2)
        ldp     x4, x5, [x20]
        EXPECT(x4, 11)
        EXPECT(x5, 22)
1:      ldaxp   w4, w5, [x20]
        stlxp   w1, w3, w2, [x20]
        cbnz    w1, 1b
        EXPECT(x4, 11)
        EXPECT(x5, 0)
        ldr     x4, [x20]
        EXPECT(x4, 0xb00000016)

        /* Without the monitor a store exclusive fails with 1 and stores nothing. */
        mov     x0, #77
        ldxr    x2, [x20]
        clrex
        stxr    w1, x0, [x20]
        EXPECT(x1, 1)
        ldr     x0, [x20]
        EXPECT(x0, 0xb00000016)

        /* A second store exclusive in a row fails: the first has used the monitor up. */
        mov     x0, #1
        mov     x2, #2
1:      ldxr    x3, [x20]
        stxr    w1, x0, [x20]
        cbnz    w1, 1b
        stxr    w1, x2, [x20]
        EXPECT(x1, 1)
        ldr     x0, [x20]
        EXPECT(x0, 1)
        dmb     ish
        dmb     ishld
        dmb     ishst
        dsb     sy
        isb
        exit    0
        check_code
        .bss
        .balign 16
cell:   .skip   16
