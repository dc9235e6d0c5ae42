package jqemu.loader.host;

/// What happens at a guest access that faults.
public enum FaultMode {
    /// The process dies at once by the true SIGSEGV or SIGBUS.
    DIE,
    /// The access is skipped (a load gives garbage) and recorded in the thread's slot; the code behind it looks at
    /// [ThreadSlot#FAULT] before it does anything else. A thread without a slot dies.
    POST_CHECK
}
