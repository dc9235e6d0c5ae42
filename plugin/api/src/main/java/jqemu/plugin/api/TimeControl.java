package jqemu.plugin.api;

/// The right to move the guest's time. A guest process has the host's time, so [PluginContext#requestTimeControl] gives
/// `null`.
///
/// ```java
/// TimeControl time = context.requestTimeControl();
/// if (time != null) {
///     time.update(1_000_000);
/// }
/// ```
public interface TimeControl {
    /// Moves time forward. Mirrors `qemu_plugin_update_ns`.
    ///
    /// @param nanoseconds the time since the start
    void update(long nanoseconds);
}
