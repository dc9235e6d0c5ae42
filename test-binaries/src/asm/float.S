/* Scalar floating point: arithmetic, comparisons with NaN, conversions, rounding modes, FPCR and FPSR.
 * Memory accesses: none.
 */
#include "check.h"
        .global _start

        .macro  dconst reg, bits
        mov64   x9, \bits
        fmov    \reg, x9
        .endm

_start:
        msr     fpsr, xzr
        fmov    d0, #1.5
        fmov    d1, #2.0
        fadd    d2, d0, d1
        fmov    x0, d2
        EXPECT(x0, 0x400c000000000000)          /* 3.5 */
        fsub    d2, d0, d1
        fmov    x0, d2
        EXPECT(x0, 0xbfe0000000000000)          /* -0.5 */
        fmul    d2, d0, d0
        fmov    x0, d2
        EXPECT(x0, 0x4002000000000000)          /* 2.25 */
        fnmul   d2, d0, d1
        fmov    x0, d2
        EXPECT(x0, 0xc008000000000000)          /* -3 */
        fmov    d3, #3.0
        fmov    d4, #1.0
        fdiv    d2, d4, d3
        fmov    x0, d2
        EXPECT(x0, 0x3fd5555555555555)
        fsqrt   d2, d1
        fmov    x0, d2
        EXPECT(x0, 0x3ff6a09e667f3bcd)
        fmadd   d2, d0, d1, d3
        fmov    x0, d2
        EXPECT(x0, 0x4018000000000000)          /* 6 */
        fnmsub  d2, d0, d1, d4
        fmov    x0, d2
        EXPECT(x0, 0x4000000000000000)          /* 1.5 * 2 - 1 */
        fabs    d2, d2
        fneg    d2, d2
        fmov    x0, d2
        EXPECT(x0, 0xc000000000000000)

        /* One rounding in the fused operation: (1 + 2^-52)^2 - (1 + 2^-51) = 2^-104. */
        dconst  d5, 0x3ff0000000000001
        dconst  d6, 0xbff0000000000002
        fmadd   d2, d5, d5, d6
        fmov    x0, d2
        EXPECT(x0, 0x3970000000000000)

        /* Single precision; the upper half of the register becomes zero. */
        fmov    s0, #0.5
        fmov    s1, #3.0
        fdiv    s2, s0, s1
        fmov    x0, d2
        EXPECT(x0, 0x3e2aaaab)
        fcvt    d3, s2
        fmov    x0, d3
        EXPECT(x0, 0x3fc5555560000000)
        fcvt    s3, d3
        fmov    w0, s3
        EXPECT(x0, 0x3e2aaaab)
        fcvt    h3, s1
        fmov    w0, s3
        EXPECT(x0, 0x4200)
        fcvt    d3, h3
        fmov    x0, d3
        EXPECT(x0, 0x4008000000000000)

        /* Zeros, infinities, NaN. */
        fmov    d7, xzr
        fneg    d8, d7
        fadd    d2, d7, d8
        fmov    x0, d2
        EXPECT(x0, 0)
        fdiv    d9, d4, d8
        fmov    x0, d9
        EXPECT(x0, 0xfff0000000000000)          /* 1 / -0 */
        fdiv    d2, d7, d8
        fmov    x0, d2
        EXPECT(x0, 0x7ff8000000000000)          /* the default NaN is positive */
        fsub    d2, d9, d9
        fmov    x0, d2
        EXPECT(x0, 0x7ff8000000000000)
        mrs     x0, fpsr
        and     x0, x0, #0x1f
        EXPECT(x0, 0x13)                        /* inexact, division by zero, invalid */
        dconst  d10, 0x7ff0000000000123         /* signalling: is quieted, payload kept */
        fadd    d2, d4, d10
        fmov    x0, d2
        EXPECT(x0, 0x7ff8000000000123)
        dconst  d11, 0xfff8000000000456
        fadd    d2, d11, d10                    /* signalling before quiet */
        fmov    x0, d2
        EXPECT(x0, 0x7ff8000000000123)

        /* Comparisons. */
        fmov    d1, #2.0
        fcmp    d4, d1
        EXPECT_FLAGS(0b1000)
        fcmp    d1, d4
        EXPECT_FLAGS(0b0010)
        fcmp    d7, d8
        EXPECT_FLAGS(0b0110)
        fcmp    d4, d11
        EXPECT_FLAGS(0b0011)
        fcmpe   d8, #0.0
        EXPECT_FLAGS(0b0110)
        fcmp    d4, d4
        fccmp   d4, d1, #0b0000, eq
        EXPECT_FLAGS(0b1000)
        fcmp    d4, d1
        fcsel   d2, d4, d1, mi
        fmov    x0, d2
        EXPECT(x0, 0x3ff0000000000000)
        fmaxnm  d2, d4, d11
        fmov    x0, d2
        EXPECT(x0, 0x3ff0000000000000)
        fmax    d2, d4, d11
        fmov    x0, d2
        EXPECT(x0, 0xfff8000000000456)
        fmin    d2, d7, d8
        fmov    x0, d2
        EXPECT(x0, 0x8000000000000000)

        /* To integers: saturation, NaN, rounding. */
        fmov    d0, #-2.5
        fcvtzs  x0, d0
        EXPECT(x0, 0xfffffffffffffffe)
        fcvtns  x0, d0
        EXPECT(x0, 0xfffffffffffffffe)
        fcvtas  x0, d0
        EXPECT(x0, 0xfffffffffffffffd)
        fcvtms  w0, d0
        EXPECT(x0, 0xfffffffd)
        fcvtps  w0, d0
        EXPECT(x0, 0xfffffffe)
        fcvtzu  x0, d0
        EXPECT(x0, 0)
        fcvtzs  x0, d11
        EXPECT(x0, 0)
        fcvtzs  x0, d9
        EXPECT(x0, 0x8000000000000000)
        fcvtzs  w0, d9
        EXPECT(x0, 0x80000000)
        fneg    d2, d9
        fcvtzu  x0, d2
        EXPECT(x0, 0xffffffffffffffff)
        fcvtzu  w0, d2
        EXPECT(x0, 0xffffffff)
        fmov    d0, #2.5
        fcvtzs  x0, d0, #4
        EXPECT(x0, 40)

        /* From integers. */
        mov     x1, #-1
        ucvtf   d2, x1
        fmov    x0, d2
        EXPECT(x0, 0x43f0000000000000)          /* 2^64 */
        scvtf   d2, x1
        fmov    x0, d2
        EXPECT(x0, 0xbff0000000000000)
        ucvtf   d2, w1
        fmov    x0, d2
        EXPECT(x0, 0x41efffffffe00000)
        mov64   x1, 0x0020000000000001
        scvtf   d2, x1
        fmov    x0, d2
        EXPECT(x0, 0x4340000000000000)          /* ties to even */
        mov64   x1, 0x7fffffbfffffffff
        scvtf   s2, x1                          /* one rounding, not two through double */
        fmov    w0, s2
        EXPECT(x0, 0x5effffff)
        mov     w1, #3
        scvtf   s2, w1, #1
        fmov    w0, s2
        EXPECT(x0, 0x3fc00000)                  /* 1.5 */

        /* Rounding to integral values. */
        fmov    d0, #2.5
        frintn  d2, d0
        fmov    x0, d2
        EXPECT(x0, 0x4000000000000000)
        frinta  d2, d0
        fmov    x0, d2
        EXPECT(x0, 0x4008000000000000)
        frintm  d2, d0
        fmov    x0, d2
        EXPECT(x0, 0x4000000000000000)
        frintp  d2, d0
        fmov    x0, d2
        EXPECT(x0, 0x4008000000000000)
        fmov    d0, #-0.5
        frintz  d2, d0
        fmov    x0, d2
        EXPECT(x0, 0x8000000000000000)

        /* The rounding mode of FPCR: 1/3 upwards, downwards; FRINTI follows it. */
        fmov    d0, #1.0
        fmov    d3, #3.0
        mov     x1, #(1 << 22)
        msr     fpcr, x1
        fdiv    d2, d0, d3
        fmov    x0, d2
        EXPECT(x0, 0x3fd5555555555556)
        frinti  d4, d2
        fmov    x0, d4
        EXPECT(x0, 0x3ff0000000000000)
        mov     x1, #(2 << 22)
        msr     fpcr, x1
        fdiv    d2, d0, d3
        fmov    x0, d2
        EXPECT(x0, 0x3fd5555555555555)
        frinti  d4, d2
        fmov    x0, d4
        EXPECT(x0, 0)
        mrs     x0, fpcr
        EXPECT(x0, 2 << 22)
        msr     fpcr, xzr

        /* Underflow to a denormal number; flushed to zero where FPCR.FZ says so. */
        dconst  d5, 0x0010000000000000
        fmov    d6, #0.5
        fmul    d2, d5, d6
        fmov    x0, d2
        EXPECT(x0, 0x0008000000000000)
        mov     x1, #(1 << 24)
        msr     fpcr, x1
        fmul    d2, d5, d6
        fmov    x0, d2
        msr     fpcr, xzr
        EXPECT(x0, 0)
        exit    0
        check_code
