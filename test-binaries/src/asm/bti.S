/* Branch targets in guarded pages: which landing pad takes which kind of branch, and what a signal saves of it. The
 * handler counts in x19 and returns to x30 of the interrupted code; x20 is the BTYPE that it was interrupted with. */
#include "check.h"
#include "signals.h"
        .arch   armv8.5-a
#define PROT_READ_EXEC_BTI 0x15

        .macro  attempt how, target, faults, btype
        mov     x19, #0
        mov     x20, #0
        adr     x9, \target
        mov     x16, x9
        mov     x17, x9
        adr     x30, 1f
        \how
1:      EXPECT(x19, \faults)
        EXPECT(x20, \btype)
        .endm
#define CALL "blr x9"
#define JUMP "br x9"
#define JUMP16 "br x16"
#define JUMP17 "br x17"
#define FAR "b guarded_jump"
#define FAR16 "b guarded_jump_16"

        .global _start
_start:
        handle  SIGILL, handler
        /* Nothing is guarded yet. */
        attempt CALL, none, 0, 0
        attempt JUMP, none, 0, 0
        adrp    x0, guarded_jump
        mov     x1, #4096
        mov     x2, #PROT_READ_EXEC_BTI
        syscall SYS_mprotect
        EXPECT(x0, 0)
        mov     x24, #3         /* again, now that all is translated */
again:
        attempt CALL, none, 1, 2
        attempt JUMP, none, 1, 1
        attempt FAR, none, 1, 3
        attempt CALL, call, 0, 0
        attempt JUMP, call, 0, 0
        attempt JUMP16, call, 0, 0
        attempt FAR, call, 1, 3
        attempt FAR16, call, 0, 0
        attempt CALL, jump, 1, 2
        attempt JUMP, jump, 0, 0
        attempt JUMP17, jump, 0, 0
        attempt FAR, jump, 0, 0
        attempt CALL, both, 0, 0
        attempt FAR, both, 0, 0
        attempt JUMP, both, 0, 0
        attempt CALL, sign, 0, 0
        attempt JUMP, sign, 0, 0
        attempt FAR, sign, 1, 3
        attempt CALL, pad_without_targets, 1, 2
        attempt CALL, unguarded, 0, 0
        attempt FAR, unguarded, 0, 0
        /* Direct branches and returns need no landing pad. */
        mov     x19, #0
        bl      none
        EXPECT(x19, 0)
        adr     x9, none
        adr     x30, 2f
        ret     x9
2:      EXPECT(x19, 0)
        subs    x24, x24, #1
        b.ne    again
        /* A handler in a guarded page needs one. */
        handle  SIGTRAP, trap_handler
        brk     #0
        EXPECT(x21, 77)
        exit    0

unguarded:
        ret
handler:
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

        .balign 4096
guarded_jump:
        br      x9
guarded_jump_16:
        br      x16
none:   ret
call:   bti     c
        ret
jump:   bti     j
        ret
both:   bti     jc
        ret
sign:   paciasp
        autiasp
        ret
pad_without_targets:
        bti
        ret
trap_handler:
        bti     c
        ldr     x3, [x2, #UC_PC]
        add     x3, x3, #4
        str     x3, [x2, #UC_PC]
        mov     x3, #77
        str     x3, [x2, #UC_X(21)]
        ret
        .balign 4096
