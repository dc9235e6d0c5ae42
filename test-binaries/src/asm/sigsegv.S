/* SIGSEGV handlers that repair: the faulting access is made possible, the handler returns and the access runs again.
 * counts: faulting 16
 * The registers that an access writes (base with write-back, the first of a pair) are unchanged when it faults.
 */
#include "check.h"
#include "signals.h"
        .global _start
_start:
        handle  SIGSEGV, handler

        /* A page without access; the handler makes it readable and writable. */
        mov     x0, #0
        mov     x1, #0x10000
        mov     x2, #0
        mov     x3, #0x22
        mov     x4, #-1
        mov     x5, #0
        syscall SYS_mmap
        mov     x20, x0
        mov     x19, #0

        mov     x0, #99
        add     x1, x20, #0x18
        ldr     x0, [x1, #-8]!
        EXPECT(x19, 1)
        EXPECT(x0, 0)
        sub     x1, x1, x20
        EXPECT(x1, 0x10)
        sub     x1, x21, x20
        EXPECT(x1, 0x10)                        /* si_addr */
        sub     x1, x23, x20
        EXPECT(x1, 0x10)                        /* fault_address */
        EXPECT(x22, 2)                          /* si_code SEGV_ACCERR */

        /* A store into the next page. */
        add     x1, x20, #0x1000
        mov     x2, #0x1234
        str     x2, [x1], #8
        EXPECT(x19, 2)
        sub     x3, x1, x20
        EXPECT(x3, 0x1008)
        ldr     x0, [x1, #-8]
        EXPECT(x0, 0x1234)

        /* A pair whose base is its first destination, with the second half on a page without access. */
        add     x1, x20, #0x1000
        add     x1, x1, #0xff8
        str     x2, [x1]
        ldp     x1, x2, [x1]
        EXPECT(x19, 3)
        EXPECT(x1, 0x1234)
        EXPECT(x2, 0)

        /* A store that crosses into a page without access: nothing of it is visible in the handler (x24 holds what
         * the handler read from the first page), all of it afterwards. */
        add     x1, x20, #0x2000
        mov     x2, #-1
        add     x3, x1, #0xffc
        mov     w4, #0x55
        str     w4, [x3]
        str     x2, [x3]
        EXPECT(x19, 4)
        ldr     x0, [x3]
        EXPECT(x0, 0xffffffffffffffff)

        /* A load whose result nobody reads still faults. */
        add     x1, x20, #0x4000
        ldr     xzr, [x1]
        EXPECT(x19, 5)
        add     x1, x20, #0x5000
        ldr     x0, [x1]
        mov     x0, #1
        EXPECT(x19, 6)

        /* A vector store. */
        add     x1, x20, #0x6000
        movi    v0.16b, #7
        str     q0, [x1]
        EXPECT(x19, 7)
        ldr     x0, [x1, #8]
        EXPECT(x0, 0x0707070707070707)

        /* Read-only data: the handler makes it writable. */
        adrp    x1, readonly
        add     x1, x1, :lo12:readonly
        str     w19, [x1]
        EXPECT(x19, 8)
        ldr     w0, [x1]
        EXPECT(x0, 8)                           /* the store ran again, with the x19 that the handler set */

        /* An unmapped page: SEGV_MAPERR; the handler maps one. */
        add     x0, x20, #0x8000
        mov     x1, #0x1000
        syscall SYS_munmap
        add     x1, x20, #0x8000
        ldr     x0, [x1, #0x20]
        EXPECT(x19, 9)
        EXPECT(x22, 1)

        /* In a loop: each page of the rest faults once. */
        add     x1, x20, #0x9000
        mov     x2, #7
1:      ldr     w0, [x1]
        ldr     w0, [x1, #4]
        add     x1, x1, #0x1000
        subs    x2, x2, #1
        b.ne    1b
        EXPECT(x19, 16)

        /* A jump to an address without code: the handler returns to the link register. */
        mov     x19, #-1
        mov     x1, #0x10
        blr     x1
        EXPECT(x19, 0)
        EXPECT(x21, 0x10)
        exit    0

        /* Repairs the page of si_addr: maps it where nothing is mapped, else gives it all permissions. */
handler:
        ldr     x3, [x2, #UC_X(19)]
        add     x4, x3, #1
        str     x4, [x2, #UC_X(19)]
        ldr     x4, [x1, #SI_ADDR]
        str     x4, [x2, #UC_X(21)]
        ldrsw   x5, [x1, #SI_CODE]
        str     x5, [x2, #UC_X(22)]
        ldr     x6, [x2, #UC_FAULT_ADDRESS]
        str     x6, [x2, #UC_X(23)]
        cmn     x3, #1
        b.eq    jumped
        and     x0, x4, #~4095
        mov     x1, #0x1000
        mov     x2, #7
        cmp     x5, #1
        b.eq    unmapped
        syscall SYS_mprotect
        ret
unmapped:
        mov     x3, #0x32                       /* MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED */
        mov     x4, #-1
        mov     x5, #0
        syscall SYS_mmap
        ret
jumped: ldr     x3, [x2, #UC_X(30)]
        str     x3, [x2, #UC_PC]
        ret
        check_code
        .section .rodata
        .balign 4
readonly:
        .word   0x11223344
