package jqemu.tcg.instrument;

import org.jspecify.annotations.Nullable;

/// A plugin's callback threw something. It ends the run; guest memory and other plugins are not touched.
public final class PluginFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Names what failed, for the one line that the user sees.
    ///
    /// @param plugin the plugin, as the user named it
    /// @param callback the kind of callback
    /// @param pc the guest instruction that it was called for, or 0
    /// @param cause what the callback threw
    public PluginFailure(String plugin, String callback, long pc, @Nullable Throwable cause) {
        super(
                "plugin " + plugin + ": " + callback + (pc == 0 ? "" : " at 0x" + Long.toHexString(pc)) + " failed: "
                        + cause,
                cause);
    }
}
