/* Undefined instructions: SIGILL with the address; the handler steps over them and returns. All registers survive. */
#include "check.h"
#include "signals.h"
        .global _start
_start:
        handle  SIGILL, handler
        mov     x19, #0
        mov     x0, #1000
        mov     x1, #1001
        mov     x7, #1007
        mov     x18, #1018
        mov     x30, #1030
        fmov    d8, #3.0
        cmp     x0, x0
first:  udf     #0
        cset    x9, eq
        mov     x10, x0
        adr     x11, first
        EXPECT(x9, 1)
        EXPECT(x10, 1000)
        EXPECT(x1, 1001)
        EXPECT(x7, 1007)
        EXPECT(x18, 1018)
        EXPECT(x30, 1030)
        fmov    x12, d8
        EXPECT(x12, 0x4008000000000000)
        EXPECT(x19, 1)
        sub     x12, x21, x11
        EXPECT(x12, 0)
        sub     x12, x22, x11
        EXPECT(x12, 0)
        EXPECT(x20, SIGILL)
        EXPECT(x23, 1)                          /* si_code ILL_ILLOPC */

        /* An unallocated encoding inside a loop, and one with undefined operands (LDXP to one register is not). */
        mov     x24, #10
1:      .inst   0x00000000
        subs    x24, x24, #1
        b.ne    1b
        EXPECT(x19, 11)

        /* System registers that EL0 may not touch. */
        mrs     x0, sctlr_el1
        EXPECT(x19, 12)
        msr     vbar_el1, x0
        EXPECT(x19, 13)
        /* The handler changes a register of the interrupted code. */
        mov     x0, #5
        mov     x24, #777
        .inst   0x0000dead
        EXPECT(x19, 14)
        EXPECT(x0, 5)
        exit    0

        /* Counts in x19 of the interrupted code; leaves signal, pc, si_addr, si_code in its x20 to x23. */
handler:
        ldr     x3, [x2, #UC_X(19)]
        add     x3, x3, #1
        str     x3, [x2, #UC_X(19)]
        str     x0, [x2, #UC_X(20)]
        ldr     x3, [x2, #UC_PC]
        str     x3, [x2, #UC_X(21)]
        add     x3, x3, #4
        str     x3, [x2, #UC_PC]
        ldr     x3, [x1, #SI_ADDR]
        str     x3, [x2, #UC_X(22)]
        ldrsw   x3, [x1, #SI_CODE]
        str     x3, [x2, #UC_X(23)]
        ret
        check_code
