/* A cross-section of Advanced SIMD, with the loads and stores of vectors.
 *
 * Memory accesses, by QEMU's rule for plugins: Q register one of 16 bytes, LDP q two, LDP d two, LD1 of two registers
 * four of 8 bytes, LD2 4s eight, LD1R one. 66 in all: the counts behind the accesses.
 */
#include "check.h"
        .global _start

#define EXPECT_V(reg, high, low) expect_v reg, high, low, __LINE__
        .macro  expect_v reg, high, low, line
        umov    x0, v\reg\().d[0]
        expect  x0, \low, \line
        umov    x0, v\reg\().d[1]
        expect  x0, \high, \line
        .endm

        .macro  vconst reg, high, low
        mov64   x9, \low
        fmov    d\reg, x9
        mov64   x9, \high
        fmov    v\reg\().d[1], x9
        .endm

_start:
        vconst  0, 0x0000000000000005, 0xffffffff00000003
        vconst  1, 0x0000000200000007, 0x0000000400000009

        /* Lanes of 32 bits: {3, -1, 5, 0} and {9, 4, 7, 2}. */
        add     v2.4s, v0.4s, v1.4s
        EXPECT_V(2, 0x000000020000000c, 0x000000030000000c)
        sub     v2.4s, v0.4s, v1.4s
        EXPECT_V(2, 0xfffffffefffffffe, 0xfffffffbfffffffa)
        mul     v2.4s, v0.4s, v1.4s
        EXPECT_V(2, 0x0000000000000023, 0xfffffffc0000001b)
        mla     v2.4s, v0.4s, v0.4s
        EXPECT_V(2, 0x000000000000003c, 0xfffffffd00000024)
        smax    v2.4s, v0.4s, v1.4s
        EXPECT_V(2, 0x0000000200000007, 0x0000000400000009)
        umin    v2.4s, v0.4s, v1.4s
        EXPECT_V(2, 0x0000000000000005, 0x0000000400000003)
        cmgt    v2.4s, v1.4s, v0.4s
        EXPECT_V(2, 0xffffffffffffffff, 0xffffffffffffffff)
        cmhi    v2.4s, v1.4s, v0.4s
        EXPECT_V(2, 0xffffffffffffffff, 0x00000000ffffffff)
        cmeq    v2.4s, v0.4s, #0
        EXPECT_V(2, 0xffffffff00000000, 0)
        cmtst   v2.4s, v0.4s, v1.4s
        EXPECT_V(2, 0x00000000ffffffff, 0xffffffffffffffff)
        neg     v2.4s, v0.4s
        EXPECT_V(2, 0x00000000fffffffb, 0x00000001fffffffd)
        abs     v2.4s, v0.4s
        EXPECT_V(2, 5, 0x0000000100000003)
        addv    s2, v0.4s
        EXPECT_V(2, 0, 7)
        smaxv   s2, v0.4s
        EXPECT_V(2, 0, 5)
        umaxv   s2, v0.4s
        EXPECT_V(2, 0, 0xffffffff)
        saddlv  d2, v0.4s
        EXPECT_V(2, 0, 7)
        addp    v2.4s, v0.4s, v1.4s
        EXPECT_V(2, 0x000000090000000d, 0x0000000500000002)

        /* Widening and narrowing. */
        saddl   v2.2d, v0.2s, v1.2s
        EXPECT_V(2, 3, 12)
        uaddl   v2.2d, v0.2s, v1.2s
        EXPECT_V(2, 0x100000003, 12)
        smull2  v2.2d, v0.4s, v1.4s
        EXPECT_V(2, 0, 35)
        umlal   v2.2d, v0.2s, v1.2s
        EXPECT_V(2, 0x3fffffffc, 62)
        xtn     v2.2s, v2.2d
        EXPECT_V(2, 0, 0xfffffffc0000003e)
        sshll   v2.2d, v0.2s, #4
        EXPECT_V(2, 0xfffffffffffffff0, 48)
        sqxtn   v2.4h, v0.4s
        EXPECT_V(2, 0, 0x00000005ffff0003)
        uqxtn2  v2.8h, v0.4s
        EXPECT_V(2, 0x00000005ffff0003, 0x00000005ffff0003)

        /* Saturation sets FPSR.QC (bit 27). */
        msr     fpsr, xzr
        movi    v3.16b, #0x7f
        movi    v4.16b, #2
        sqadd   v2.16b, v3.16b, v4.16b
        EXPECT_V(2, 0x7f7f7f7f7f7f7f7f, 0x7f7f7f7f7f7f7f7f)
        mrs     x0, fpsr
        EXPECT(x0, 1 << 27)
        uqadd   v2.8b, v3.8b, v4.8b
        EXPECT_V(2, 0, 0x8181818181818181)
        uqsub   v2.8b, v4.8b, v3.8b
        EXPECT_V(2, 0, 0)
        urhadd  v2.8b, v3.8b, v4.8b
        EXPECT_V(2, 0, 0x4141414141414141)
        sqdmulh v2.8h, v3.8h, v4.8h
        EXPECT_V(2, 0x01ff01ff01ff01ff, 0x01ff01ff01ff01ff)

        /* Shifts: by an immediate, and by a signed lane. */
        shl     v2.16b, v3.16b, #1
        EXPECT_V(2, 0xfefefefefefefefe, 0xfefefefefefefefe)
        ushr    v2.8h, v3.8h, #4
        EXPECT_V(2, 0x07f707f707f707f7, 0x07f707f707f707f7)
        sshr    v2.16b, v2.16b, #3
        EXPECT_V(2, 0x00fe00fe00fe00fe, 0x00fe00fe00fe00fe)
        movi    v2.4s, #0
        usra    v2.4s, v3.4s, #28
        EXPECT_V(2, 0x0000000700000007, 0x0000000700000007)
        mvni    v5.4s, #3                       /* -4 */
        ushl    v2.4s, v1.4s, v5.4s
        EXPECT_V(2, 0, 0)
        srshl   v2.4s, v1.4s, v5.4s
        EXPECT_V(2, 0, 0x0000000000000001)
        sli     v2.2d, v4.2d, #8
        EXPECT_V(2, 0x0202020202020200, 0x0202020202020201)

        /* Logic and selection. */
        bic     v2.16b, v3.16b, v4.16b
        EXPECT_V(2, 0x7d7d7d7d7d7d7d7d, 0x7d7d7d7d7d7d7d7d)
        orn     v2.8b, v4.8b, v3.8b
        EXPECT_V(2, 0, 0x8282828282828282)
        movi    v2.2d, #0xffffffff00000000
        bsl     v2.16b, v0.16b, v1.16b
        EXPECT_V(2, 0x0000000000000007, 0xffffffff00000009)
        bit     v2.16b, v4.16b, v3.16b
        EXPECT_V(2, 0x0202020202020202, 0x8282828202020202)

        /* Permutations. */
        vconst  6, 0x0f0e0d0c0b0a0908, 0x0706050403020100
        rev64   v2.16b, v6.16b
        EXPECT_V(2, 0x08090a0b0c0d0e0f, 0x0001020304050607)
        rev32   v2.8h, v6.8h
        EXPECT_V(2, 0x0d0c0f0e09080b0a, 0x0504070601000302)
        ext     v2.16b, v6.16b, v4.16b, #5
        EXPECT_V(2, 0x02020202020f0e0d, 0x0c0b0a0908070605)
        zip1    v2.16b, v6.16b, v4.16b
        EXPECT_V(2, 0x0207020602050204, 0x0203020202010200)
        uzp2    v2.16b, v6.16b, v4.16b
        EXPECT_V(2, 0x0202020202020202, 0x0f0d0b0907050301)
        trn1    v2.4s, v6.4s, v4.4s
        EXPECT_V(2, 0x020202020b0a0908, 0x0202020203020100)
        vconst  7, 0x1000ff0102030405, 0x0f0e0d0c00010203
        tbl     v2.16b, {v6.16b}, v7.16b
        EXPECT_V(2, 0x0000000102030405, 0x0f0e0d0c00010203)
        tbx     v3.8b, {v6.16b}, v7.8b
        EXPECT_V(3, 0, 0x0f0e0d0c00010203)
        dup     v2.8h, v6.h[1]
        EXPECT_V(2, 0x0302030203020302, 0x0302030203020302)
        mov     v2.b[15], v6.b[1]
        EXPECT_V(2, 0x0102030203020302, 0x0302030203020302)
        smov    x1, v7.b[13]
        EXPECT(x1, 0xffffffffffffffff)
        cnt     v2.8b, v6.8b
        EXPECT_V(2, 0, 0x0302020102010100)
        clz     v2.4h, v6.4h
        EXPECT_V(2, 0, 0x0005000500060007)

        /* Floating point lanes. */
        fmov    v2.2d, #1.5
        fmov    v3.2d, #-2.0
        fmul    v5.2d, v2.2d, v3.2d
        EXPECT_V(5, 0xc008000000000000, 0xc008000000000000)
        fmla    v5.2d, v2.2d, v2.2d
        EXPECT_V(5, 0xbfe8000000000000, 0xbfe8000000000000)
        faddp   d5, v2.2d
        EXPECT_V(5, 0, 0x4008000000000000)
        fcmgt   v5.2d, v2.2d, v3.2d
        EXPECT_V(5, 0xffffffffffffffff, 0xffffffffffffffff)
        scvtf   v5.4s, v0.4s
        EXPECT_V(5, 0x0000000040a00000, 0xbf80000040400000)
        fcvtzs  v5.4s, v5.4s
        EXPECT_V(5, 5, 0xffffffff00000003)
        fcvtl   v5.2d, v5.2s
        fcvtn   v5.2s, v2.2d
        EXPECT_V(5, 0, 0x3fc000003fc00000)

        /* Loads and stores. */
        adrp    x20, data
        add     x20, x20, :lo12:data
        adrp    x21, buffer
        add     x21, x21, :lo12:buffer
        ldr     q2, [x20]                       /* 1 */
        EXPECT_V(2, 0x0f0e0d0c0b0a0908, 0x0706050403020100)
        ldr     d3, [x20, #8]                   /* 1 */
        EXPECT_V(3, 0, 0x0f0e0d0c0b0a0908)
        ldr     s3, [x20, #4]                   /* 1 */
        EXPECT_V(3, 0, 0x07060504)
        ldr     h3, [x20, #2]                   /* 1 */
        EXPECT_V(3, 0, 0x0302)
        ldr     b3, [x20, #1]                   /* 1 */
        EXPECT_V(3, 0, 0x01)
        ldur    q3, [x20, #1]                   /* 1 */
        EXPECT_V(3, 0x100f0e0d0c0b0a09, 0x0807060504030201)
        str     q3, [x21], #16                  /* 1 */
        str     d2, [x21]                       /* 1 */
        str     b2, [x21, #9]                   /* 1 */
        ldp     q2, q3, [x21, #-16]             /* 2 */
        EXPECT_V(2, 0x100f0e0d0c0b0a09, 0x0807060504030201)
        EXPECT_V(3, 0, 0x0706050403020100)
        stp     d2, d3, [x21, #-16]!            /* 2 */
        ldp     d3, d4, [x21]                   /* 2 */
        EXPECT_V(3, 0, 0x0807060504030201)
        EXPECT_V(4, 0, 0x0706050403020100)
        ldp     s3, s4, [x20]                   /* 2 */
        EXPECT_V(4, 0, 0x07060504)
        ld1     {v2.16b, v3.16b}, [x20]         /* 4 */
        EXPECT_V(3, 0x1f1e1d1c1b1a1918, 0x1716151413121110)
        ld2     {v2.4s, v3.4s}, [x20]           /* 8 */
        EXPECT_V(2, 0x1b1a191813121110, 0x0b0a090803020100)
        EXPECT_V(3, 0x1f1e1d1c17161514, 0x0f0e0d0c07060504)
        ld1r    {v4.8h}, [x20]                  /* 1 */
        EXPECT_V(4, 0x0100010001000100, 0x0100010001000100)
        ld1     {v4.b}[3], [x20], #1            /* 1 */
        EXPECT_V(4, 0x0100010001000100, 0x0100010000000100)
        sub     x20, x20, #1
        ld3     {v5.8b, v6.8b, v7.8b}, [x20]    /* 24 */
        EXPECT_V(5, 0, 0x15120f0c09060300)
        EXPECT_V(7, 0, 0x1714110e0b080502)
        st2     {v2.4s, v3.4s}, [x21]           /* 8 */
        ldr     q2, [x21, #16]                  /* 1 */
        EXPECT_V(2, 0x1f1e1d1c1b1a1918, 0x1716151413121110)
        st1     {v4.h}[1], [x21]                /* 1 */
        ldr     h2, [x21]                       /* 1 */
        EXPECT_V(2, 0, 0)
        exit    0
        check_code

        .data
        .balign 16
data:   .byte   0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        .byte   16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        .bss
        .balign 16
buffer: .skip   64
