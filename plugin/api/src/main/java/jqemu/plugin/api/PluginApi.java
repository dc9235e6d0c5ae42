package jqemu.plugin.api;

/// The version of this API, one integer.
///
/// [#VERSION] grows by one when something is added, [#MIN_VERSION] when something that exists is changed or removed.
/// Both are compile-time constants: javac copies the value into the plugin, so [Plugin#apiVersion] tells the version
/// that the plugin was built against, not the one it runs under.
///
/// ```java
/// final class NeedsVersionTwo implements Plugin {
///     @Override
///     public int apiVersion() {
///         return PluginApi.VERSION;
///     }
///
///     @Override
///     public void install(PluginContext context, PluginArguments arguments) {
///         if (context.target().apiVersion() < 2) {
///             throw new PluginException("this jqemu-user is too old");
///         }
///     }
/// }
/// ```
///
/// Version 2 added registers, guest memory, system calls, discontinuities, resume, reset and uninstall.
///
/// Mirrors `QEMU_PLUGIN_VERSION`, but counts the versions of the Java API, from 1.
public final class PluginApi {
    /// The version that this jar defines.
    public static final int VERSION = 3;

    /// The oldest version a plugin may have been built against and still be loaded.
    public static final int MIN_VERSION = 1;

    private PluginApi() {}

    /// Tells whether a plugin that was built against a version can be loaded.
    ///
    /// @param version what [Plugin#apiVersion] returned
    /// @return whether it lies between [#MIN_VERSION] and [#VERSION]
    public static boolean isSupported(int version) {
        return version >= MIN_VERSION && version <= VERSION;
    }
}
