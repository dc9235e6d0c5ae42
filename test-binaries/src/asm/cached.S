/* Memory accesses at known addresses, for the cache model: walks through 32 KiB in several ways.
 *
 *   1. in order, 8 bytes at a time, twice: more than the first-level cache of the plugin's defaults
 *   2. one word of each 64 bytes, 8 times through 4 KiB: fits, hits from the second time on
 *   3. one word of each 2 KiB, 64 times: 16 blocks that fall into one set of the default cache
 *   4. pseudo-random places, loads and stores
 *   5. one place between any two steps through its set: stays in an LRU cache, not in a FIFO one
 *
 * Nothing is on the stack, so an access has the same address under each emulator.
 */
#include "check.h"
        .global _start
_start:
        adrp    x20, area
        add     x20, x20, :lo12:area

        mov     x0, #0
1:      and     x1, x0, #0x7fff
        ldr     x2, [x20, x1]
        add     x2, x2, x0
        str     x2, [x20, x1]
        add     x0, x0, #8
        tst     x0, #0x10000
        b.eq    1b

        mov     x0, #0
2:      lsl     x1, x0, #6
        and     x1, x1, #0xfff
        ldr     w2, [x20, x1]
        add     x0, x0, #1
        cmp     x0, #512
        b.lo    2b

        mov     x0, #0
3:      lsl     x1, x0, #11
        and     x1, x1, #0x7fff
        ldrh    w2, [x20, x1]
        add     x0, x0, #1
        cmp     x0, #1024
        b.lo    3b

        mov     w3, #1
        movz    w4, #0x4e6d
        movk    w4, #0x41c6, lsl #16
        movz    w5, #12345
        mov     x0, #0
4:      madd    w3, w3, w4, w5
        lsr     w1, w3, #16
        and     x1, x1, #0x7ff8
        tbz     w3, #31, 5f
        str     x0, [x20, x1]
        b       6f
5:      ldr     x2, [x20, x1]
6:      add     x0, x0, #1
        cmp     x0, #2048
        b.lo    4b

        mov     x0, #0
7:      lsl     x1, x0, #11
        and     x1, x1, #0x7fff
        ldrb    w2, [x20, x1]
        ldrb    w2, [x20, #64]
        ldrb    w2, [x20]
        add     x0, x0, #1
        cmp     x0, #512
        b.lo    7b
        exit    0

        .bss
        .balign 4096
area:   .space  32768
