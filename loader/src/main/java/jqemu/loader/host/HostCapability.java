package jqemu.loader.host;

/// What a [Host] may or may not be able to do. A test that needs one of these skips where it is missing.
public enum HostCapability {
    /// A stray access to guest memory is recorded, or kills the process by the true signal. Without it every guest
    /// access has to be checked against the page table before it is made.
    UNCHECKED_ACCESS,
    /// Copies from and to host memory answer -EFAULT where it is not accessible.
    FAULT_SAFE_COPY,
    /// A system call that a signal interrupts without a race: [Host#interruptibleSyscall] never loses a wakeup.
    INTERRUPTIBLE_SYSCALL,
    /// All signals, with their siginfo, on the thread that they were meant for.
    PRECISE_SIGNALS,
    /// A signal's default action can be restored and taken on ourselves, also for SIGSEGV.
    DEATH_BY_SIGNAL,
    /// Atomic compare-and-exchange of 16 bytes.
    ATOMIC_16,
    /// Child processes and other programs: [Host#startAgent], [Host#runCalls].
    AGENT
}
