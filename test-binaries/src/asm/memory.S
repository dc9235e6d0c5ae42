/* Every size and addressing mode of the general registers' loads and stores.
 *
 * The comment after an access says how many accesses a memory plugin sees (reference: one per register access, one for
 * a pair as well: LDP x is one access of 16 bytes). 57 in all.
 */
#include "check.h"
        .global _start
_start:
        adrp    x20, data
        add     x20, x20, :lo12:data

        /* Sizes, zero and sign extension, unsigned offset. */
        ldrb    w0, [x20]                       /* 1 */
        EXPECT(x0, 0x88)
        ldrsb   w0, [x20]                       /* 1 */
        EXPECT(x0, 0xffffff88)
        ldrsb   x0, [x20]                       /* 1 */
        EXPECT(x0, 0xffffffffffffff88)
        ldrh    w0, [x20, #2]                   /* 1 */
        EXPECT(x0, 0xbbaa)
        ldrsh   w0, [x20, #2]                   /* 1 */
        EXPECT(x0, 0xffffbbaa)
        ldrsh   x0, [x20, #2]                   /* 1 */
        EXPECT(x0, 0xffffffffffffbbaa)
        ldr     w0, [x20, #4]                   /* 1 */
        EXPECT(x0, 0xffeeddcc)
        ldrsw   x0, [x20, #4]                   /* 1 */
        EXPECT(x0, 0xffffffffffeeddcc)
        ldr     x0, [x20]                       /* 1 */
        EXPECT(x0, 0xffeeddccbbaa9988)
        ldr     x0, literal                     /* 1 */
        EXPECT(x0, 0x0123456789abcdef)
        ldrsw   x0, literal                     /* 1 */
        EXPECT(x0, 0xffffffff89abcdef)
        ldr     w0, literal                     /* 1 */
        EXPECT(x0, 0x89abcdef)

        /* Unscaled and unaligned. */
        ldur    x0, [x20, #1]                   /* 1 */
        EXPECT(x0, 0x11ffeeddccbbaa99)
        ldurh   w0, [x20, #5]                   /* 1 */
        EXPECT(x0, 0xeedd)
        ldursw  x0, [x20, #3]                   /* 1 */
        EXPECT(x0, 0xffffffffeeddccbb)
        ldurb   w0, [x20, #7]                   /* 1 */
        EXPECT(x0, 0xff)
        ldtr    x0, [x20, #8]                   /* 1 */
        EXPECT(x0, 0x8877665544332211)

        /* Pre and post index. */
        mov     x21, x20
        ldr     w0, [x21, #4]!                  /* 1 */
        EXPECT(x0, 0xffeeddcc)
        sub     x1, x21, x20
        EXPECT(x1, 4)
        ldrb    w0, [x21], #-3                  /* 1 */
        EXPECT(x0, 0xcc)
        sub     x1, x21, x20
        EXPECT(x1, 1)

        /* Register offset with each extension. */
        mov     x1, #8
        ldr     x0, [x20, x1]                   /* 1 */
        EXPECT(x0, 0x8877665544332211)
        mov     x1, #1
        ldr     x0, [x20, x1, lsl #3]           /* 1 */
        EXPECT(x0, 0x8877665544332211)
        mov64   x1, 0xffffffff00000002
        ldrh    w0, [x20, w1, uxtw #1]          /* 1 */
        EXPECT(x0, 0xddcc)
        add     x2, x20, #8
        mov64   x1, 0x00000000ffffffff
        ldr     x0, [x2, w1, sxtw #3]           /* 1 */
        EXPECT(x0, 0xffeeddccbbaa9988)
        mov     x1, #-8
        ldr     w0, [x2, x1, sxtx]              /* 1 */
        EXPECT(x0, 0xbbaa9988)

        /* Stores of each size leave their neighbours alone. */
        adrp    x22, buffer
        add     x22, x22, :lo12:buffer
        mov     x1, #-1
        str     x1, [x22]                       /* 1 */
        str     x1, [x22, #8]                   /* 1 */
        mov64   x2, 0x1122334455667788
        strb    w2, [x22, #1]                   /* 1 */
        ldr     x0, [x22]                       /* 1 */
        EXPECT(x0, 0xffffffffffff88ff)
        strh    w2, [x22, #4]                   /* 1 */
        ldr     x0, [x22]                       /* 1 */
        EXPECT(x0, 0xffff7788ffff88ff)
        str     w2, [x22, #8]                   /* 1 */
        ldr     x0, [x22, #8]                   /* 1 */
        EXPECT(x0, 0xffffffff55667788)
        stur    x2, [x22, #3]                   /* 1 */
        ldr     x0, [x22]                       /* 1 */
        EXPECT(x0, 0x44556677 << 32 | 0x88ff88ff)
        str     xzr, [x22], #8                  /* 1 */
        strh    wzr, [x22, #-2]!                /* 1 */
        sub     x22, x22, #6
        ldr     x0, [x22]                       /* 1 */
        EXPECT(x0, 0)

        /* A store that crosses a page. */
        adrp    x23, pages
        add     x23, x23, :lo12:pages
        add     x24, x23, #4093
        str     x2, [x24]                       /* 1 */
        ldrb    w0, [x23, #4095]                /* 1 */
        EXPECT(x0, 0x66)
        mov     x3, #4096
        ldr     w0, [x23, x3]                   /* 1 */
        EXPECT(x0, 0x22334455)
        ldr     x0, [x24]                       /* 1 */
        EXPECT(x0, 0x1122334455667788)

        /* Pairs. */
        mov     x1, #1
        mov     x2, #2
        stp     x1, x2, [x22]                   /* 1 */
        ldp     x3, x4, [x22]                   /* 1 */
        EXPECT(x3, 1)
        EXPECT(x4, 2)
        stp     w2, w1, [x22, #16]!             /* 1 */
        ldp     w3, w4, [x22], #-16             /* 1 */
        EXPECT(x3, 2)
        EXPECT(x4, 1)
        ldr     x3, [x22, #16]                  /* 1 */
        EXPECT(x3, 0x100000002)
        ldpsw   x3, x4, [x20]                   /* 1 */
        EXPECT(x3, 0xffffffffbbaa9988)
        EXPECT(x4, 0xffffffffffeeddcc)
        ldnp    x3, x4, [x20]                   /* 1 */
        EXPECT(x4, 0x8877665544332211)
        stnp    x3, x4, [x22]                   /* 1 */
        ldr     x0, [x22, #8]                   /* 1 */
        EXPECT(x0, 0x8877665544332211)

        /* Acquire and release, and what counts as no access: PRFM. */
        stlr    x1, [x22]                       /* 1 */
        ldar    x0, [x22]                       /* 1 */
        EXPECT(x0, 1)
        stlrb   w2, [x22]                       /* 1 */
        ldarb   w0, [x22]                       /* 1 */
        EXPECT(x0, 2)
        ldarh   w0, [x22]                       /* 1 */
        EXPECT(x0, 2)
        prfm    pldl1keep, [x22]                /* 0 */

        /* The stack pointer as base. */
        str     x1, [sp, #-16]!                 /* 1 */
        ldr     x0, [sp], #16                   /* 1 */
        EXPECT(x0, 1)
        exit    0
        .balign 8
literal:
        .quad   0x0123456789abcdef
        check_code

        .data
        .balign 8
data:   .byte   0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff
        .byte   0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88
        .bss
        .balign 8
buffer: .skip   64
        .balign 4096
pages:  .skip   8192
