package jqemu.plugin.api;

/// What is emulated, and by which versions of the API. Mirrors `qemu_info_t`.
///
/// ```java
/// TargetInfo target = context.target();
/// if (!target.name().equals("aarch64") || target.isSystemEmulation()) {
///     throw new PluginException("this plugin knows AArch64 programs only");
/// }
/// ```
public interface TargetInfo {
    /// The guest's architecture, in QEMU's spelling.
    ///
    /// @return `aarch64`
    String name();

    /// The oldest API version that the emulator supports.
    ///
    /// @return the emulator's [PluginApi#MIN_VERSION]
    int minApiVersion();

    /// The API version that the emulator has, which may be newer than the one the plugin was built against.
    ///
    /// @return the emulator's [PluginApi#VERSION]
    int apiVersion();

    /// Tells whether a whole machine is emulated.
    ///
    /// @return `false`: a single process is emulated
    boolean isSystemEmulation();
}
