/* System calls and accesses to guest memory, x86-64. Leaf routines that never touch the stack, so that the fault
   handler can end any of them by moving rip to a landing pad that returns -EFAULT. */
    .intel_syntax noprefix
    .text

    .globl jq_syscall
    .type jq_syscall, @function
jq_syscall:                             # (number, a0..a5)
    mov rax, rdi
    mov rdi, rsi
    mov rsi, rdx
    mov rdx, rcx
    mov r10, r8
    mov r8, r9
    mov r9, [rsp + 8]
    syscall
    ret

/* Returns -ERESTARTSYS without a system call where the slot's pending flag is set. The signal handler moves a rip
   that is inside the window to jq_window_restart, which closes the race between the check and the call; the kernel
   rewinds rip onto the syscall instruction for SA_RESTART, which therefore ends here too. */
    .globl jq_syscall_interruptible, jq_window_start, jq_window_end, jq_window_restart
    .type jq_syscall_interruptible, @function
jq_syscall_interruptible:               # (slot, number, a0..a5)
    mov rax, rsi
    mov r11, rdi
    mov rdi, rdx
    mov rsi, rcx
    mov rdx, r8
    mov r10, r9
    mov r8, [rsp + 8]
    mov r9, [rsp + 16]
jq_window_start:
    cmp dword ptr [r11], 0
    jne jq_window_restart
    syscall
jq_window_end:
    ret
jq_window_restart:
    mov rax, -512
    ret

    .globl jq_restorer
    .type jq_restorer, @function
jq_restorer:
    mov eax, 15                         # rt_sigreturn
    syscall

/* clone(2) with another stack: the child calls run(argument), which never returns. */
    .globl jq_clone
    .type jq_clone, @function
jq_clone:                               # (flags, stack top, word to clear, run, argument)
    mov r10, rdx
    mov r9, rcx
    xor edx, edx
    and rsi, -16
    mov eax, 56
    syscall
    test rax, rax
    jz 1f
    ret
1:  xor ebp, ebp
    mov rdi, r8
    call r9
    ud2

    .globl jq_fixup_start, jq_fixup_end, jq_fixup_landing
jq_fixup_start:

    .globl jq_copy
    .type jq_copy, @function
jq_copy:                                # (target, source, count)
    mov rcx, rdx
    rep movsb
    xor eax, eax
    ret

    .globl jq_copy_string
    .type jq_copy_string, @function
jq_copy_string:                         # (target, source, limit): length, or limit where there is no NUL
    xor eax, eax
1:  cmp rax, rdx
    je 2f
    mov cl, [rsi + rax]
    mov [rdi + rax], cl
    test cl, cl
    jz 2f
    inc rax
    jmp 1b
2:  ret

    .globl jq_load
    .type jq_load, @function
jq_load:                                # (address, size, result)
    cmp esi, 4
    ja 8f
    je 4f
    cmp esi, 2
    je 2f
    movzx eax, byte ptr [rdi]
    jmp 9f
2:  movzx eax, word ptr [rdi]
    jmp 9f
4:  mov eax, [rdi]
    jmp 9f
8:  mov rax, [rdi]
9:  mov [rdx], rax
    xor eax, eax
    ret

    .globl jq_store
    .type jq_store, @function
jq_store:                               # (address, size, value)
    xor eax, eax
    cmp esi, 4
    ja 8f
    je 4f
    cmp esi, 2
    je 2f
    mov [rdi], dl
    ret
2:  mov [rdi], dx
    ret
4:  mov [rdi], edx
    ret
8:  mov [rdi], rdx
    ret
jq_fixup_end:

jq_fixup_landing:
    mov rax, -14
    ret

    .globl jq_compare_and_exchange_16, jq_fixup16_start, jq_fixup16_end, jq_fixup16_landing
    .type jq_compare_and_exchange_16, @function
jq_compare_and_exchange_16:             # (address, {expected low, high, new low, high}): 1, 0 or -EFAULT
    mov r8, rbx
    mov rax, [rsi]
    mov rdx, [rsi + 8]
    mov rbx, [rsi + 16]
    mov rcx, [rsi + 24]
jq_fixup16_start:
    lock cmpxchg16b [rdi]
jq_fixup16_end:
    mov [rsi], rax
    mov [rsi + 8], rdx
    sete al
    movzx eax, al
    mov rbx, r8
    ret
jq_fixup16_landing:
    mov rbx, r8
    mov rax, -14
    ret

    .section .note.GNU-stack, "", @progbits
