/* For the leak example: functions named malloc, calloc and free over a bump allocator. 3 of 10 allocations are freed; 7
 * remain, 2 of 100 bytes by one call, 5 of 8 by another.
 */
#include "check.h"
        .macro  function name
        .type   \name, %function
\name:
        .endm
        .macro  endfunction name
        .size   \name, . - \name
        .endm
        .global _start
function _start
        adrp    x20, heap
        add     x20, x20, :lo12:heap
        mov     x19, #5
1:      mov     x0, #100
        bl      malloc
        cmp     x19, #3
        b.lo    2f
        bl      free
2:      subs    x19, x19, #1
        b.ne    1b
        mov     x19, #5
3:      mov     x0, #4
        mov     x1, #2
        bl      calloc
        subs    x19, x19, #1
        b.ne    3b
        exit    0
endfunction _start

function malloc
        mov     x2, x20
        add     x20, x20, x0
        mov     x0, x2
        ret
endfunction malloc

function calloc
        mul     x0, x0, x1
        stp     x29, x30, [sp, #-16]!
        bl      malloc
        ldp     x29, x30, [sp], #16
        ret
endfunction calloc

function free
        ret
endfunction free

        .bss
heap:   .space  4096
