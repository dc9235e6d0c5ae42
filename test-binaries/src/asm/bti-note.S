/* The note of a program that has landing pads everywhere makes all of its code guarded. */
#include "check.h"
#include "signals.h"
        .arch   armv8.5-a
        .section .note.gnu.property, "a"
        .balign 8
        .word   4, 16, 5                /* name, descriptor, NT_GNU_PROPERTY_TYPE_0 */
        .asciz  "GNU"
        .word   0xc0000000, 4, 1, 0     /* GNU_PROPERTY_AARCH64_FEATURE_1_AND: BTI */
        .text
        .global _start
_start:
        bti     c
        handle  SIGILL, handler
        mov     x19, #0
        adr     x9, pad
        blr     x9
        EXPECT(x19, 0)
        adr     x9, no_pad
        blr     x9
        EXPECT(x19, 1)
        EXPECT(x20, 2)
        exit    0
pad:    bti     c
        ret
no_pad: ret
handler:
        bti     c
        ldr     x3, [x2, #UC_X(19)]
        add     x3, x3, #1
        str     x3, [x2, #UC_X(19)]
        ldr     x3, [x2, #UC_PSTATE]
        ubfx    x4, x3, #10, #2
        str     x4, [x2, #UC_X(20)]
        bic     x3, x3, #(3 << 10)
        str     x3, [x2, #UC_PSTATE]
        ldr     x3, [x2, #UC_X(30)]
        str     x3, [x2, #UC_PC]
        ret
        check_code
