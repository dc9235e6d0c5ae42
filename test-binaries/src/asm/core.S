/* Dies by SIGSEGV with registers and memory that a core file shows: x19 and v8 hold constants, x20 the address of the
 * instruction that dies, x21 that of data that the program has changed, x22 how often the loop before it ran.
 */
#include "check.h"
        .global _start
_start:
        mov     x22, #0
        adrp    x21, changed
        add     x21, x21, :lo12:changed
1:      add     x22, x22, #1
        str     x22, [x21, #8]
        cmp     x22, #1000
        b.ne    1b
        mov     x19, #0x1919
        movk    x19, #0x8000, lsl #48
        fmov    d8, #1.5
        mov     x0, #0x5555
        str     x0, [x21]
        adr     x20, dies
        mov     x2, #0x10
        cmp     x2, #0x10
dies:   ldr     x1, [x2]
        exit    0
        .data
        .balign 16
changed:
        .xword  0x1111, 0
