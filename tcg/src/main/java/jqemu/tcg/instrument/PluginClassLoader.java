package jqemu.tcg.instrument;

import java.net.URL;
import java.net.URLClassLoader;
import jqemu.plugin.api.Plugin;

/// Loads one plugin's classes. Besides its own jar, and those its manifest names, a plugin sees the JDK and the
/// package of the API; nothing else of ours, and no other plugin.
final class PluginClassLoader extends URLClassLoader {
    private static final String API_PREFIX = Plugin.class.getPackageName() + ".";

    static {
        registerAsParallelCapable();
    }

    /// Makes the class loader of one plugin.
    ///
    /// @param name the plugin's name, which stack traces show
    /// @param jar  the plugin's jar
    PluginClassLoader(String name, URL jar) {
        super("plugin " + name, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        // ours even if the plugin's jar carries a copy: its Plugin would not be our Plugin
        if (name.startsWith(API_PREFIX)) {
            return Class.forName(name, false, Plugin.class.getClassLoader());
        }
        return super.loadClass(name, resolve);
    }
}
