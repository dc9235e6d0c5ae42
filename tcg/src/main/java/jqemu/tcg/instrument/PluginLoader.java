package jqemu.tcg.instrument;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginException;

/// Makes plugins of jars and source files: finds the file, the class that it names, and checks the API version.
///
/// Each plugin has a class loader of its own, a [PluginClassLoader], so that plugins cannot collide with each other or
/// with us. Installing is the caller's: [Plugin#install] may throw a [PluginException], too.
public final class PluginLoader {
    private static final String SERVICE = "META-INF/services/" + Plugin.class.getName();

    private final Path shippedPlugins;

    /// A plugin that was loaded and is to be installed.
    ///
    /// @param name      the path that the user gave, for messages
    /// @param plugin    the object
    /// @param arguments what [Plugin#install] gets
    public record LoadedPlugin(String name, Plugin plugin, PluginArguments arguments) {}

    /// Makes a loader.
    ///
    /// @param shippedPlugins the directory with the plugins of this distribution
    public PluginLoader(Path shippedPlugins) {
        this.shippedPlugins = shippedPlugins;
    }

    /// Loads one plugin.
    ///
    /// @param option what the command line says
    /// @return the plugin, not yet installed
    /// @throws PluginException with one line for the user when it cannot be loaded; the exit status is 1
    public LoadedPlugin load(PluginOption option) {
        String name = option.path();
        Path file = resolve(name);
        Plugin plugin = name.endsWith(".java")
                ? instantiate(PluginSource.load(file, name), name)
                : instantiate(classIn(file, providerIn(file, name), name), name);
        checkVersion(plugin, name);
        return new LoadedPlugin(name, plugin, PluginArguments.of(option.arguments()));
    }

    /// The file of a plugin: itself, or where a name without `/` is no file here, the shipped plugin of that name.
    private Path resolve(String name) {
        try {
            Path file = Path.of(name);
            if (Files.exists(file) && !(Files.isDirectory(file) && isPlain(name))) {
                return file;
            }
            if (name.indexOf('/') < 0) {
                for (String candidate : List.of(name, name + ".jar")) {
                    Path shipped = shippedPlugins.resolve(candidate);
                    if (candidate.endsWith(".jar") && Files.isRegularFile(shipped)) {
                        return shipped;
                    }
                }
            }
        } catch (InvalidPathException e) {
            throw failure(name, "not a path", e);
        }
        throw failure(name, "no such file" + (isPlain(name) ? " or shipped plugin" : ""));
    }

    /// Whether the name may be that of a shipped plugin; a folder of that name is not meant.
    private static boolean isPlain(String name) {
        return name.indexOf('/') < 0;
    }

    private static String providerIn(Path jar, String name) {
        List<String> providers = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(SERVICE);
            if (entry == null) {
                throw failure(name, "not a plugin, it has no " + SERVICE);
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(file.getInputStream(entry), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int comment = line.indexOf('#');
                    String provider = (comment < 0 ? line : line.substring(0, comment)).strip();
                    if (!provider.isEmpty()) {
                        providers.add(provider);
                    }
                }
            }
        } catch (IOException e) {
            throw failure(name, "not a readable jar: " + e.getMessage(), e);
        }
        if (providers.size() != 1) {
            throw failure(name, SERVICE + " must name one class, it names " + providers.size());
        }
        return providers.getFirst();
    }

    private static Class<? extends Plugin> classIn(Path jar, String className, String name) {
        try {
            URL url = jar.toAbsolutePath().toUri().toURL();
            // not closed: the plugin loads classes until the program ends
            @SuppressWarnings("resource")
            ClassLoader loader = new PluginClassLoader(name, url);
            return Class.forName(className, true, loader).asSubclass(Plugin.class);
        } catch (ClassCastException e) {
            throw failure(name, className + " does not implement " + Plugin.class.getName(), e);
        } catch (ClassNotFoundException | LinkageError | IOException e) {
            throw failure(name, className + " cannot be loaded: " + e, e);
        }
    }

    private static Plugin instantiate(Class<? extends Plugin> type, String name) {
        try {
            return type.getConstructor().newInstance();
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw failure(name, type.getName() + " has no public constructor without parameters", e);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failure(name, "its constructor failed: " + cause, cause);
        } catch (LinkageError e) {
            throw failure(name, type.getName() + " cannot be loaded: " + e, e);
        }
    }

    private static void checkVersion(Plugin plugin, String name) {
        int version;
        try {
            version = plugin.apiVersion();
        } catch (AbstractMethodError e) {
            throw failure(name, "it states no API version (the method apiVersion() is missing)", e);
        } catch (RuntimeException | LinkageError e) {
            throw failure(name, "apiVersion() failed: " + e, e);
        }
        if (!PluginApi.isSupported(version)) {
            throw failure(
                    name,
                    "it needs API version " + version + ", supported are " + PluginApi.MIN_VERSION + " to "
                            + PluginApi.VERSION);
        }
    }

    private static PluginException failure(String name, String reason) {
        return new PluginException("could not load plugin " + name + ": " + reason);
    }

    private static PluginException failure(String name, String reason, Throwable cause) {
        return new PluginException("could not load plugin " + name + ": " + reason, cause);
    }
}
