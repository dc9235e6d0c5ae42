/* What the assembly programs share: system calls and checks. They use no libc.
 *
 * EXPECT(reg, value) compares a 64-bit register with a constant. When they differ the program prints
 * "line N: expected X, got Y" (hexadecimal) on stdout and exits with status 1, so a failure names its instruction by the
 * source line. It changes x25 to x28 and the flags, so take flags out (cset, mrs) before the first check.
 * The macros load no constants from memory: the plugins' memory counts stay easy to derive.
 */
#define SYS_exit 93
#define SYS_exit_group 94
#define SYS_write 64
#define SYS_rt_sigaction 134
#define SYS_rt_sigreturn 139
#define SYS_munmap 215
#define SYS_mmap 222
#define SYS_mprotect 226

#define EXPECT(reg, value) expect reg, value, __LINE__
#define EXPECT_FLAGS(value) expect_flags value, __LINE__

        .macro mov64 reg, value
        movz    \reg, #((\value) & 0xffff)
        movk    \reg, #(((\value) >> 16) & 0xffff), lsl #16
        movk    \reg, #(((\value) >> 32) & 0xffff), lsl #32
        movk    \reg, #(((\value) >> 48) & 0xffff), lsl #48
        .endm

        .macro expect reg, value, line
        mov     x25, \reg
        mov64   x26, \value
        mov     x27, #\line
        cmp     x25, x26
        b.eq    7f
        b       check_failed
7:
        .endm

        /* NZCV as a number of four bits, N the highest. */
        .macro expect_flags value, line
        mrs     x25, nzcv
        lsr     x25, x25, #28
        mov     x26, #\value
        mov     x27, #\line
        cmp     x25, x26
        b.eq    7f
        b       check_failed
7:
        .endm

        .macro syscall number
        mov     x8, #\number
        svc     #0
        .endm

        .macro exit status
        mov     x0, #\status
        syscall SYS_exit_group
        .endm

        /* The failure report. x25: got, x26: expected, x27: line. */
        .macro check_code
check_failed:
        sub     sp, sp, #128
        mov     x19, sp
        adr     x1, 1f
        bl      check_text
        mov     x2, x27
        mov     x3, #10
        bl      check_number
        adr     x1, 2f
        bl      check_text
        mov     x2, x26
        mov     x3, #16
        bl      check_number
        adr     x1, 3f
        bl      check_text
        mov     x2, x25
        mov     x3, #16
        bl      check_number
        mov     w4, #10
        strb    w4, [x19], #1
        mov     x0, #1
        mov     x1, sp
        sub     x2, x19, x1
        syscall SYS_write
        exit    1
check_text:
        ldrb    w4, [x1], #1
        cbz     w4, 9f
        strb    w4, [x19], #1
        b       check_text
9:      ret
check_number:                           /* x2 in base x3 */
        mov     x5, #0
8:      udiv    x4, x2, x3
        msub    x6, x4, x3, x2
        cmp     x6, #10
        add     x7, x6, #'0'
        add     x6, x6, #('a' - 10)
        csel    x6, x7, x6, lo
        add     x5, x5, #1
        sub     x7, sp, x5
        strb    w6, [x7]
        mov     x2, x4
        cbnz    x2, 8b
8:      sub     x7, sp, x5
        ldrb    w6, [x7]
        strb    w6, [x19], #1
        subs    x5, x5, #1
        b.ne    8b
        ret
1:      .asciz "line "
2:      .asciz ": expected "
3:      .asciz ", got "
        .balign 4
        .endm
