/* Loops that end on each condition code, and each condition taken and not taken. Memory accesses: none. */
#include "check.h"
        .global _start

        /* Sets NZCV to the number \flags, then counts in x20 whether b.\cond was taken. */
        .macro branches cond, flags
        mov     x0, #(\flags << 28)
        msr     nzcv, x0
        lsl     x20, x20, #1
        b.\cond 1f
        b       2f
1:      orr     x20, x20, #1
2:
        .endm

        /* All sixteen NZCV values: bit 15-n of x20 is set where the condition holds for the value n. */
        .macro truth cond
        mov     x20, #0
        .irp    flags, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        branches \cond, \flags
        .endr
        .endm

_start:
        truth   eq
        EXPECT(x20, 0x0f0f)
        truth   ne
        EXPECT(x20, 0xf0f0)
        truth   cs
        EXPECT(x20, 0x3333)
        truth   cc
        EXPECT(x20, 0xcccc)
        truth   mi
        EXPECT(x20, 0x00ff)
        truth   pl
        EXPECT(x20, 0xff00)
        truth   vs
        EXPECT(x20, 0x5555)
        truth   vc
        EXPECT(x20, 0xaaaa)
        truth   hi
        EXPECT(x20, 0x3030)
        truth   ls
        EXPECT(x20, 0xcfcf)
        truth   ge
        EXPECT(x20, 0xaa55)
        truth   lt
        EXPECT(x20, 0x55aa)
        truth   gt
        EXPECT(x20, 0xa050)
        truth   le
        EXPECT(x20, 0x5faf)
        truth   al
        EXPECT(x20, 0xffff)
        truth   nv
        EXPECT(x20, 0xffff)

        /* Loops: the counter starts at a value and steps until the condition fails. */
        mov     x0, #0
        mov     x1, #0
1:      add     x1, x1, x0
        add     x0, x0, #1
        cmp     x0, #10
        b.ne    1b
        EXPECT(x1, 45)
        mov     w0, #-5
        mov     x1, #0
1:      add     x1, x1, #1
        add     w0, w0, #1
        cmp     w0, #5
        b.lt    1b
        EXPECT(x1, 10)
        mov     x0, #100
        mov     x1, #0
1:      add     x1, x1, #1
        subs    x0, x0, #7
        b.hs    1b
        EXPECT(x1, 15)
        mov     x0, #8
        mov     x1, #0
1:      add     x1, x1, #1
        sub     x0, x0, #1
        cbnz    x0, 1b
        EXPECT(x1, 8)
        mov     x0, #0x100
        mov     x1, #0
1:      add     x1, x1, #1
        lsr     x0, x0, #1
        tbz     x0, #0, 1b
        EXPECT(x1, 8)
        mov     w0, #1
        mov     x1, #0
1:      add     x1, x1, #1
        lsl     w0, w0, #1
        cbz     w0, 2f
        b       1b
2:      EXPECT(x1, 32)
        mov     x0, #1
        mov     x1, #0
1:      add     x1, x1, #1
        lsl     x0, x0, #1
        tbnz    x0, #63, 2f
        b       1b
2:      EXPECT(x1, 63)
        exit    0
        check_code
