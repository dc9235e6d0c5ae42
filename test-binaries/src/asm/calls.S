/* Calls, recursion, indirect calls, tail calls, jump tables through BR.
 *
 * Memory accesses (counted by hand for the plugin test): fib(n) does one STP and one LDP of 16 bytes and one STR and one
 * LDR for each call with n >= 2; fib(12) makes 232 such calls: 928. The jump table does one LDRSW per round: 16.
 * Total 944.
 */
#include "check.h"
        .global _start
_start:
        mov     x0, #12
        bl      fib
        EXPECT(x0, 144)

        /* An indirect call and a tail call through a register. */
        adr     x1, add_one
        mov     x0, #41
        blr     x1
        EXPECT(x0, 42)
        mov     x0, #1
        bl      tail
        EXPECT(x0, 12)

        /* BLR x30: the target is read before the link register is written. */
        adr     x30, add_one
        mov     x0, #6
        blr     x30
        EXPECT(x0, 7)

        /* RET through another register than x30. */
        mov     x0, #5
        adr     x9, 1f
        b       back_by_x9
1:      EXPECT(x0, 50)

        /* A function that does not return to its caller but to the caller's caller. */
        mov     x0, #0
        bl      outer
        EXPECT(x0, 3)

        /* Jump table: 16 rounds through 4 cases. */
        mov     x19, #0
        mov     x20, #0
dispatch:
        adr     x1, table
        and     x2, x19, #3
        ldrsw   x3, [x1, x2, lsl #2]
        add     x1, x1, x3
        br      x1
case0:  add     x20, x20, #1
        b       next
case1:  add     x20, x20, #10
        b       next
case2:  add     x20, x20, #100
        b       next
case3:  add     x20, x20, #1000
next:   add     x19, x19, #1
        cmp     x19, #16
        b.lo    dispatch
        EXPECT(x20, 4444)
        exit    0

        .balign 4
table:  .word   case0 - table, case1 - table, case2 - table, case3 - table

fib:    cmp     x0, #2
        b.lo    1f
        stp     x29, x30, [sp, #-32]!
        str     x19, [sp, #16]
        mov     x19, x0
        sub     x0, x0, #1
        bl      fib
        sub     x1, x19, #2
        mov     x19, x0
        mov     x0, x1
        bl      fib
        add     x0, x0, x19
        ldr     x19, [sp, #16]
        ldp     x29, x30, [sp], #32
1:      ret

add_one:
        add     x0, x0, #1
        ret

tail:   add     x0, x0, #10
        adr     x16, add_one
        br      x16

back_by_x9:
        mov     x1, #10
        mul     x0, x0, x1
        ret     x9

outer:  mov     x10, x30
        bl      inner
        mov     x0, #99
        ret
inner:  mov     x0, #3
        ret     x10
        /* A plugin sees these names: the Makefile leaves this program its symbols. */
        .irp    name, _start, fib, add_one, tail, back_by_x9, outer, inner
        .type   \name, %function
        .endr
        .size   _start, table - _start
        .size   fib, add_one - fib
        .size   add_one, tail - add_one
        .size   tail, back_by_x9 - tail
        .size   back_by_x9, outer - back_by_x9
        .size   outer, inner - outer
        .size   inner, check_failed - inner
        check_code
