package jqemu.plugin.api;

/// What an execution callback does with the guest's registers. Mirrors `qemu_plugin_cb_flags`.
///
/// Translated code keeps guest registers in the host's; it stores them before a callback only where the callback says
/// that it needs them, which costs time at each execution.
///
/// ```java
/// insn.onExecute(RegisterAccess.READ, vcpu -> context.print("about to execute\n"));
/// ```
public enum RegisterAccess {
    /// The callback does not look at registers.
    NONE,
    /// The callback reads registers.
    READ,
    /// The callback reads and writes registers.
    READ_WRITE
}
