/* BRK: SIGTRAP with the address of the instruction; the handler steps over it. Without a handler: see case "brk" of
 * the program fault.
 */
#include "check.h"
#include "signals.h"
        .global _start
_start:
        handle  SIGTRAP, handler
        mov     x19, #0
        mov     x24, #3
1:      brk     #1
        subs    x24, x24, #1
        b.ne    1b
        EXPECT(x19, 3)
        EXPECT(x20, SIGTRAP)
        adr     x0, 1b
        sub     x0, x21, x0
        EXPECT(x0, 0)
        EXPECT(x23, 1)                          /* si_code TRAP_BRKPT */
        exit    0
handler:
        ldr     x3, [x2, #UC_X(19)]
        add     x3, x3, #1
        str     x3, [x2, #UC_X(19)]
        str     x0, [x2, #UC_X(20)]
        ldr     x3, [x2, #UC_PC]
        str     x3, [x2, #UC_X(21)]
        add     x3, x3, #4
        str     x3, [x2, #UC_PC]
        ldrsw   x3, [x1, #SI_CODE]
        str     x3, [x2, #UC_X(23)]
        ret
        check_code
