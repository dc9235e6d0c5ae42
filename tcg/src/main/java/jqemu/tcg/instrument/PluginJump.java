package jqemu.tcg.instrument;

import jqemu.tcg.cpu.CpuState;

/// Takes a vCPU from a callback that called `setPc` to where it goes on: unwinds translated code, whose registers are
/// in env around a callback that may write them.
///
/// An error, so that a plugin that catches exceptions does not stop it.
public final class PluginJump extends Error {
    private static final long serialVersionUID = 1;

    private final long target;

    PluginJump(long target) {
        super("setPc", null, false, false);
        this.target = target;
    }

    /// Sets the pc and ends the callback.
    public void land(CpuState env) {
        env.setPluginAccess(Access.NONE);
        env.setPc(target);
    }
}
