/* For the programs with signal handlers: numbers, the layout of the frame, installing a handler.
 * On entry to a handler: x0 signal, x1 siginfo_t, x2 ucontext_t; the return address is a trampoline of the kernel or,
 * where SA_RESTORER is set, the given one.
 */
#define SIGILL 4
#define SIGTRAP 5
#define SIGBUS 7
#define SIGSEGV 11
#define SA_SIGINFO 4

#define SI_CODE 8
#define SI_ADDR 16

/* In ucontext_t: the machine context starts at 176 with the fault address, then x0 to x30, sp, pc, pstate. */
#define UC_FAULT_ADDRESS 176
#define UC_X(n) (184 + 8 * (n))
#define UC_SP 432
#define UC_PC 440
#define UC_PSTATE 448

        /* Installs \handler for the signal \number. Changes x0 to x4 and x8. */
        .macro  handle number, handler
        sub     sp, sp, #32
        adr     x4, \handler
        mov     x0, #SA_SIGINFO
        stp     x4, x0, [sp]
        stp     xzr, xzr, [sp, #16]
        mov     x0, #\number
        mov     x1, sp
        mov     x2, #0
        mov     x3, #8
        syscall SYS_rt_sigaction
        add     sp, sp, #32
        .endm
