/* System calls and accesses to guest memory, AArch64. Leaf routines that never touch the stack: see arch_x86_64.S. */
    .text

    .globl jq_syscall
    .type jq_syscall, %function
jq_syscall:                             // (number, a0..a5)
    mov x8, x0
    mov x0, x1
    mov x1, x2
    mov x2, x3
    mov x3, x4
    mov x4, x5
    mov x5, x6
    svc #0
    ret

    .globl jq_syscall_interruptible, jq_window_start, jq_window_end, jq_window_restart
    .type jq_syscall_interruptible, %function
jq_syscall_interruptible:               // (slot, number, a0..a5)
    mov x9, x0
    mov x8, x1
    mov x0, x2
    mov x1, x3
    mov x2, x4
    mov x3, x5
    mov x4, x6
    mov x5, x7
jq_window_start:
    ldr w10, [x9]
    cbnz w10, jq_window_restart
    svc #0
jq_window_end:
    ret
jq_window_restart:
    mov x0, #-512
    ret

    .globl jq_restorer
    .type jq_restorer, %function
jq_restorer:
    mov x8, #139                        // rt_sigreturn
    svc #0

/* clone(2) with another stack: the child calls run(argument), which never returns. */
    .globl jq_clone
    .type jq_clone, %function
jq_clone:                               // (flags, stack top, word to clear, run, argument)
    mov x9, x3
    mov x10, x4
    and x1, x1, #-16
    mov x4, x2
    mov x2, #0
    mov x3, #0
    mov x8, #220
    svc #0
    cbz x0, 1f
    ret
1:  mov x29, #0
    mov x0, x10
    blr x9
    brk #0

    .globl jq_fixup_start, jq_fixup_end, jq_fixup_landing
jq_fixup_start:

    .globl jq_copy
    .type jq_copy, %function
jq_copy:                                // (target, source, count)
1:  cmp x2, #16
    b.lo 2f
    ldp x3, x4, [x1], #16
    stp x3, x4, [x0], #16
    sub x2, x2, #16
    b 1b
2:  cbz x2, 3f
    ldrb w3, [x1], #1
    strb w3, [x0], #1
    sub x2, x2, #1
    b 2b
3:  mov x0, #0
    ret

    .globl jq_copy_string
    .type jq_copy_string, %function
jq_copy_string:                         // (target, source, limit): length, or limit where there is no NUL
    mov x3, #0
1:  cmp x3, x2
    b.eq 2f
    ldrb w4, [x1, x3]
    strb w4, [x0, x3]
    cbz w4, 2f
    add x3, x3, #1
    b 1b
2:  mov x0, x3
    ret

    .globl jq_load
    .type jq_load, %function
jq_load:                                // (address, size, result)
    cmp w1, #4
    b.hi 8f
    b.eq 4f
    cmp w1, #2
    b.eq 2f
    ldrb w3, [x0]
    b 9f
2:  ldrh w3, [x0]
    b 9f
4:  ldr w3, [x0]
    b 9f
8:  ldr x3, [x0]
9:  str x3, [x2]
    mov x0, #0
    ret

    .globl jq_store
    .type jq_store, %function
jq_store:                               // (address, size, value)
    cmp w1, #4
    b.hi 8f
    b.eq 4f
    cmp w1, #2
    b.eq 2f
    strb w2, [x0]
    b 9f
2:  strh w2, [x0]
    b 9f
4:  str w2, [x0]
    b 9f
8:  str x2, [x0]
9:  mov x0, #0
    ret
jq_fixup_end:

jq_fixup_landing:
    mov x0, #-14
    ret

    .globl jq_compare_and_exchange_16, jq_fixup16_start, jq_fixup16_end, jq_fixup16_landing
    .type jq_compare_and_exchange_16, %function
jq_compare_and_exchange_16:             // (address, {expected low, high, new low, high}): 1, 0 or -EFAULT
    ldp x2, x3, [x1]
    ldp x4, x5, [x1, #16]
jq_fixup16_start:
1:  ldaxp x6, x7, [x0]
    cmp x6, x2
    ccmp x7, x3, #0, eq
    b.ne 2f
    stlxp w8, x4, x5, [x0]
    cbnz w8, 1b
    b 3f
2:  stlxp w8, x6, x7, [x0]              // a pair is read in one piece only if it could be stored back
    cbnz w8, 1b
3:
jq_fixup16_end:
    cmp x6, x2
    ccmp x7, x3, #0, eq
    cset x8, eq
    stp x6, x7, [x1]
    mov x0, x8
    ret
jq_fixup16_landing:
    mov x0, #-14
    ret

    .section .note.GNU-stack, "", %progbits
