package jqemu.tcg.instrument;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import jqemu.plugin.api.Plugin;

/// Loads one plugin's classes. Besides its own jar, and those its manifest names, a plugin sees the JDK and the
/// package of the API; nothing else of ours, and no other plugin.
final class PluginClassLoader extends URLClassLoader {
    private static final String API_PREFIX = Plugin.class.getPackageName() + ".";

    private final Map<String, byte[]> classes;

    static {
        registerAsParallelCapable();
    }

    /// Makes the class loader of one plugin.
    ///
    /// @param name the plugin's name, which stack traces show
    /// @param jar  the plugin's jar
    PluginClassLoader(String name, URL jar) {
        this(name, new URL[] {jar}, Map.of());
    }

    /// Makes the class loader of one plugin.
    ///
    /// @param name    the plugin's name, which stack traces show
    /// @param jars    where its classes are
    /// @param classes class files that are in no jar, by name
    PluginClassLoader(String name, URL[] jars, Map<String, byte[]> classes) {
        super("plugin " + name, jars, ClassLoader.getPlatformClassLoader());
        this.classes = Map.copyOf(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
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
