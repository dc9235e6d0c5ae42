package jqemu.tcg.interp;

/// How a block was left: what [Interpreter#run] returns. Plain numbers, since each block execution makes one.
public final class BlockExit {
    /// By its unconditional exit; chain slot 0 leads on.
    public static final int CHAIN_0 = 0;
    /// By its conditional exit; chain slot 1 leads on.
    public static final int CHAIN_1 = 1;
    /// To the pc in env, which has to be looked up.
    public static final int LOOKUP = 2;
    /// A system call, not yet served; the pc is behind it.
    public static final int SYSTEM_CALL = 3;
    /// A synchronous exception at the pc, described by the interpreter.
    public static final int EXCEPTION = 4;
    /// A failed memory access at the pc, recorded in the thread's slot.
    public static final int FAULT = 5;
    /// A failed memory access at the pc, described by the interpreter.
    public static final int CHECKED_FAULT = 6;
    /// A region met an access that only tier 1 can describe: the instruction at the pc is to be executed there.
    public static final int INTERPRET = 7;

    /// A region's exit that all frames of translated code hand on: the pc in env has to be looked up by the vCPU,
    /// after it has looked for interrupts. So does code end that may have changed itself, and calls that are nested
    /// too deeply.
    public static final int UNWIND = 8;
    /// A region's exit by a guest return to the pc in env: each frame compares it with the address that it waits
    /// for.
    public static final int RETURN = 9;
    /// What a call of a region that was not left by a return comes to when the guest returns behind it after all.
    public static final int ARRIVED = 10;

    private BlockExit() {}
}
