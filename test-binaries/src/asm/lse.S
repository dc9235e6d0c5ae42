/* Atomics of Armv8.1 (LSE). Where ID_AA64ISAR0_EL1 does not announce them the program prints "no LSE" and exits with 0.
 *
 * Memory accesses: each atomic is two (R, then W), a compare-and-swap that fails too.
 */
#include "check.h"
        .arch   armv8.1-a
        .global _start

        /* Cell = \before; \insn with the operand \operand; expects the old value and the new one. */
        .macro  atomic insn, before, operand, after
        mov64   x2, \before
        str     x2, [x20]
        mov64   x3, \operand
        \insn   x3, x4, [x20]
        EXPECT(x4, \before)
        ldr     x4, [x20]
        EXPECT(x4, \after)
        .endm

_start:
        mrs     x0, id_aa64isar0_el1            /* Linux lets EL0 read it */
        ubfx    x0, x0, #20, #4                 /* Atomic */
        cmp     x0, #2
        b.lo    none

        adrp    x20, cell
        add     x20, x20, :lo12:cell
        atomic  ldadd, 5, 7, 12
        atomic  ldadda, 0xffffffffffffffff, 1, 0
        atomic  ldclr, 0xff, 0x0f, 0xf0
        atomic  ldclrl, 0xff, 0xf0, 0x0f
        atomic  ldeor, 0xff, 0x0f, 0xf0
        atomic  ldset, 0xf0, 0x0f, 0xff
        atomic  ldsetal, 1, 2, 3
        atomic  ldsmax, 0xffffffffffffffff, 1, 1
        atomic  ldsmin, 0xffffffffffffffff, 1, 0xffffffffffffffff
        atomic  ldumax, 0xffffffffffffffff, 1, 0xffffffffffffffff
        atomic  ldumin, 0xffffffffffffffff, 1, 1
        atomic  swp, 1, 2, 2
        atomic  swpal, 0x8000000000000000, 0, 0

        /* Narrow ones touch their bytes only, and zero-extend the old value. */
        mov64   x2, 0x80ff80ff80ff80ff
        str     x2, [x20]
        mov     w3, #1
        ldaddb  w3, w4, [x20]
        EXPECT(x4, 0xff)
        ldaddh  w3, w4, [x20]
        EXPECT(x4, 0x8000)
        ldsmaxb w3, w4, [x20]
        EXPECT(x4, 1)
        ldsminh w3, w4, [x20]
        EXPECT(x4, 0x8001)
        ldadd   w3, w4, [x20]
        EXPECT(x4, 0x80ff8001)
        ldr     x4, [x20]
        EXPECT(x4, 0x80ff80ff80ff8002)
        stadd   x3, [x20]
        ldr     x4, [x20]
        EXPECT(x4, 0x80ff80ff80ff8003)

        /* Compare and swap. */
        mov     x2, #5
        str     x2, [x20]
        mov     x3, #5
        mov     x4, #6
        cas     x3, x4, [x20]
        EXPECT(x3, 5)
        mov     x3, #5
        mov     x4, #7
        casal   x3, x4, [x20]
        EXPECT(x3, 6)
        ldr     x4, [x20]
        EXPECT(x4, 6)
        mov64   x3, 0xffffff06
        mov     x4, #9
        casb    w3, w4, [x20]
        EXPECT(x3, 6)
        ldr     x4, [x20]
        EXPECT(x4, 9)

        /* Pairs. */
        mov     x2, #9
        mov     x3, #0
        mov     x4, #100
        mov     x5, #200
        casp    x2, x3, x4, x5, [x20]
        EXPECT(x2, 9)
        EXPECT(x3, 0)
        casp    w2, w3, w4, w5, [x20]
        EXPECT(x2, 100)
        EXPECT(x3, 0)
        ldp     x2, x3, [x20]
        EXPECT(x2, 100)
        EXPECT(x3, 200)
        exit    0

none:   mov     x0, #1
        adr     x1, 1f
        mov     x2, #7
        syscall SYS_write
        exit    0
1:      .ascii  "no LSE\n"
        .balign 4
        check_code
        .bss
        .balign 16
cell:   .skip   16
