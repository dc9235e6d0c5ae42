/* For the taint example: reads 4 bytes, changes them in registers and memory, compares one with a constant and writes 8
 * bytes: 4 that depend on the input and 4 that do not.
 */
#include "check.h"
#define SYS_read 63
        .global _start
_start:
        adrp    x20, data
        add     x20, x20, :lo12:data
        mov     x0, #0
        mov     x1, x20
        mov     x2, #4
        syscall SYS_read
        ldr     w3, [x20]
        mov     w4, #1
        add     w5, w3, w4
        str     w5, [x20, #16]
        str     w4, [x20, #20]
        cmp     w4, #1
        b.ne    1f
        ldrb    w6, [x20]
        cmp     w6, #65
        b.ne    1f
        nop
1:      mov     w3, #0
        str     w3, [x20]                       /* no longer tainted */
        mov     x0, #1
        add     x1, x20, #16
        mov     x2, #8
        syscall SYS_write
        mov     x0, #1
        mov     x1, x20
        mov     x2, #4
        syscall SYS_write
        exit    0

        .data
        .balign 16
data:   .space  32
