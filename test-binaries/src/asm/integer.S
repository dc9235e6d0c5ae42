/* Flags, carries, conditional compare and select, multiply and divide corner cases, bit fields, shifts, CRC32.
 * Memory accesses: none.
 */
#include "check.h"
        .arch   armv8-a+crc
        .global _start
_start:
        /* Flags of additions and subtractions: N Z C V. */
        mov64   x0, 0x7fffffffffffffff
        adds    x1, x0, #1
        EXPECT_FLAGS(0b1001)
        EXPECT(x1, 0x8000000000000000)
        mov     x0, #-1
        adds    x1, x0, #1
        EXPECT_FLAGS(0b0110)
        adds    w1, w0, #1
        EXPECT_FLAGS(0b0110)
        EXPECT(x1, 0)
        mov     w0, #0x80000000
        subs    w1, w0, #1
        EXPECT_FLAGS(0b0011)
        EXPECT(x1, 0x7fffffff)
        mov     x0, #5
        cmp     x0, #5
        EXPECT_FLAGS(0b0110)
        cmp     x0, #6
        EXPECT_FLAGS(0b1000)
        cmn     x0, #5
        EXPECT_FLAGS(0b0000)
        negs    x1, xzr
        EXPECT_FLAGS(0b0110)
        negs    x1, x0
        EXPECT_FLAGS(0b1000)
        mov     x0, #-1
        ands    x1, x0, #0x8000000000000000
        EXPECT_FLAGS(0b1000)
        tst     w0, #0x10
        EXPECT_FLAGS(0b0000)
        bics    x1, x0, x0
        EXPECT_FLAGS(0b0100)

        /* Carry chains: a 128-bit addition and subtraction. */
        mov     x0, #-1
        mov     x1, #1
        mov     x2, #1
        mov     x3, #0
        adds    x4, x0, x2
        adc     x5, x1, x3
        EXPECT(x5, 2)
        subs    x4, xzr, x2
        sbc     x5, x1, x3
        EXPECT(x4, 0xffffffffffffffff)
        cmp     xzr, xzr                        /* C = 1 */
        adcs    x4, x0, xzr
        EXPECT_FLAGS(0b0110)
        EXPECT(x4, 0)
        cmp     xzr, x2                         /* C = 0 */
        sbcs    x4, xzr, x0
        EXPECT_FLAGS(0b0100)
        cmp     xzr, x2
        ngc     x4, xzr
        EXPECT(x4, 0xffffffffffffffff)
        cmp     xzr, xzr
        mov64   x0, 0xffffffff7fffffff
        adcs    w4, w0, wzr
        EXPECT_FLAGS(0b1001)
        EXPECT(x4, 0x80000000)

        /* Extended registers. */
        mov64   x0, 0x00000000000080ff
        mov     x3, #0
        add     x1, x3, w0, sxtb
        EXPECT(x1, 0xffffffffffffffff)
        add     x1, x3, w0, uxth #2
        EXPECT(x1, 0x203fc)
        sub     x1, x3, w0, sxth #4
        EXPECT(x1, 0x7f010)
        mov64   x0, 0xf0000000
        mov     x2, #1
        subs    x1, x2, w0, sxtw
        EXPECT(x1, 0x10000001)

        /* Conditional compare. */
        mov     x0, #3
        cmp     x0, #3
        ccmp    x0, #4, #0b0001, eq
        EXPECT_FLAGS(0b1000)
        cmp     x0, #3
        ccmp    x0, #4, #0b0101, ne
        EXPECT_FLAGS(0b0101)
        cmp     x0, #4
        ccmn    w0, w0, #0b1111, lt
        EXPECT_FLAGS(0b0000)

        /* Conditional select. */
        mov     x1, #10
        mov     x2, #20
        cmp     x0, #3
        csel    x3, x1, x2, eq
        csinc   x4, x1, x2, ne
        csinv   x5, x1, x2, ne
        csneg   w6, w1, w2, ne
        cset    x7, eq
        csetm   w8, eq
        cinc    x9, x1, eq
        EXPECT(x3, 10)
        EXPECT(x4, 21)
        EXPECT(x5, 0xffffffffffffffeb)
        EXPECT(x6, 0xffffffec)
        EXPECT(x7, 1)
        EXPECT(x8, 0xffffffff)
        EXPECT(x9, 11)

        /* Division: by zero gives 0, the smallest number by -1 gives itself. */
        mov     x0, #-7
        mov     x1, #2
        sdiv    x2, x0, x1
        EXPECT(x2, 0xfffffffffffffffd)
        udiv    x2, x0, x1
        EXPECT(x2, 0x7ffffffffffffffc)
        sdiv    x2, x0, xzr
        EXPECT(x2, 0)
        udiv    w2, w0, wzr
        EXPECT(x2, 0)
        mov64   x0, 0x8000000000000000
        mov     x1, #-1
        sdiv    x2, x0, x1
        EXPECT(x2, 0x8000000000000000)
        mov     w0, #0x80000000
        sdiv    w2, w0, w1
        EXPECT(x2, 0x80000000)
        udiv    w2, w0, w1
        EXPECT(x2, 0)

        /* Multiplication. */
        mov64   x0, 0xffffffffffffffff
        mov64   x1, 0xfffffffffffffffe
        mul     x2, x0, x1
        EXPECT(x2, 2)
        umulh   x2, x0, x1
        EXPECT(x2, 0xfffffffffffffffd)
        smulh   x2, x0, x1
        EXPECT(x2, 0)
        mov64   x3, 0x8000000000000000
        smulh   x2, x3, x3
        EXPECT(x2, 0x4000000000000000)
        smulh   x2, x3, x0
        EXPECT(x2, 0)
        umull   x2, w0, w1
        EXPECT(x2, 0xfffffffd00000002)
        smull   x2, w0, w1
        EXPECT(x2, 2)
        mov     x4, #100
        umaddl  x2, w0, w1, x4
        EXPECT(x2, 0xfffffffd00000066)
        smsubl  x2, w0, w1, x4
        EXPECT(x2, 98)
        madd    w2, w0, w1, w4
        EXPECT(x2, 102)
        msub    x2, x0, x1, x4
        EXPECT(x2, 98)
        mneg    x2, x4, x4
        EXPECT(x2, 0xffffffffffffd8f0)

        /* Bit fields. */
        mov64   x0, 0x123456789abcdef0
        ubfx    x1, x0, #4, #8
        EXPECT(x1, 0xef)
        sbfx    x1, x0, #4, #8
        EXPECT(x1, 0xffffffffffffffef)
        sbfx    w1, w0, #28, #4
        EXPECT(x1, 0xfffffff9)
        ubfiz   x1, x0, #60, #4
        EXPECT(x1, 0)
        ubfiz   x1, x0, #8, #12
        EXPECT(x1, 0xef000)
        sbfiz   w1, w0, #4, #8
        EXPECT(x1, 0xffffff00)
        mov     x1, #-1
        bfi     x1, x0, #16, #16
        EXPECT(x1, 0xffffffffdef0ffff)
        mov     x1, #-1
        bfxil   x1, x0, #32, #32
        EXPECT(x1, 0xffffffff12345678)
        mov     x1, #-1
        bfi     w1, w0, #0, #8
        EXPECT(x1, 0xfffffff0)
        extr    x1, x0, x0, #20
        EXPECT(x1, 0xcdef0123456789ab)
        extr    w1, w0, wzr, #4
        EXPECT(x1, 0)
        ror     w1, w0, #8
        EXPECT(x1, 0xf09abcde)
        sxtw    x1, w0
        EXPECT(x1, 0xffffffff9abcdef0)

        /* Shifts by a register use its low bits only. */
        mov     x1, #68
        lsl     x2, x0, x1
        EXPECT(x2, 0x23456789abcdef00)
        asr     w2, w0, w1
        EXPECT(x2, 0xf9abcdef)
        lsr     w2, w0, w1
        EXPECT(x2, 0x09abcdef)
        ror     x2, x0, x1
        EXPECT(x2, 0x0123456789abcdef)
        mov     x1, #64
        lsl     x2, x0, x1
        EXPECT(x2, 0x123456789abcdef0)

        /* Counting and reversing. */
        clz     x1, x0
        EXPECT(x1, 3)
        clz     w1, wzr
        EXPECT(x1, 32)
        cls     x1, x0
        EXPECT(x1, 2)
        cls     w1, w0
        EXPECT(x1, 0)
        mov     x2, #-1
        cls     x1, x2
        EXPECT(x1, 63)
        rbit    x1, x0
        EXPECT(x1, 0x0f7b3d591e6a2c48)
        rev     x1, x0
        EXPECT(x1, 0xf0debc9a78563412)
        rev32   x1, x0
        EXPECT(x1, 0x78563412f0debc9a)
        rev16   x1, x0
        EXPECT(x1, 0x34127856bc9af0de)
        rev     w1, w0
        EXPECT(x1, 0xf0debc9a)

        /* Logic with shifted registers and bit mask immediates. */
        mov64   x0, 0x00ff00ff00ff00ff
        orr     x1, xzr, x0, lsl #8
        EXPECT(x1, 0xff00ff00ff00ff00)
        orn     w1, wzr, w0, ror #4
        EXPECT(x1, 0x0ff00ff0)
        eon     x1, x0, x0
        EXPECT(x1, 0xffffffffffffffff)
        bic     x1, x0, x0, lsr #4
        EXPECT(x1, 0x00f000f000f000f0)
        eor     x1, x0, #0x5555555555555555
        EXPECT(x1, 0x55aa55aa55aa55aa)
        and     w1, w0, #0x7ffffffe
        EXPECT(x1, 0x00ff00fe)

        /* CRC32 of the bytes of "123456789": the published check values (before the final inversion). */
        mov64   x1, 0x3837363534333231
        mov     w2, #0x39
        mov     w0, #-1
        crc32x  w0, w0, x1
        crc32b  w0, w0, w2
        EXPECT(x0, 0x340bc6d9)                  /* ~0xcbf43926 */
        mov     w0, #-1
        crc32cx w0, w0, x1
        crc32cb w0, w0, w2
        EXPECT(x0, 0x1cf96d7c)                  /* ~0xe3069283 */
        mov     w0, #-1
        crc32h  w0, w0, w1
        lsr     x3, x1, #16
        crc32h  w0, w0, w3
        lsr     x3, x1, #32
        crc32w  w0, w0, w3
        crc32b  w0, w0, w2
        EXPECT(x0, 0x340bc6d9)
        exit    0
        check_code
