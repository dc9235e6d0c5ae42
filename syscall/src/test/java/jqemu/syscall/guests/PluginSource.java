package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import jqemu.plugin.api.Plugin;

/// Makes plugins as a user does: compiles a source file against the API and packs it into a jar.
final class PluginSource {
    private PluginSource() {}

    /// A plugin `NAME.jar` in `folder`.
    ///
    /// @param version the expression that `apiVersion()` returns
    /// @param install the statements of `install`, which see `context`
    static Path jar(Path folder, String name, String version, String install) throws IOException, InterruptedException {
        String source = """
                import jqemu.plugin.api.*;
                import java.util.*;
                import java.util.concurrent.atomic.*;

                public final class %s implements Plugin {
                    @Override public int apiVersion() { return %s; }
                    @Override public void install(PluginContext context, PluginArguments arguments) {
                        %s
                    }
                }
                """.formatted(name, version, install);
        Path classes = Files.createDirectories(folder.resolve("classes-" + name));
        javac(classes, write(classes, name, source));
        return pack(folder, classes, name);
    }

    /// A plugin that was compiled against an API without `apiVersion()`.
    static Path jarWithoutVersion(Path folder, String name) throws IOException, InterruptedException {
        Path classes = Files.createDirectories(folder.resolve("classes-" + name));
        Path api = Files.createDirectories(classes.resolve("jqemu/plugin/api"));
        Path plugin = write(api, "Plugin", """
                package jqemu.plugin.api;

                public interface Plugin {
                    void install(PluginContext context, PluginArguments arguments);
                }
                """);
        Path own = write(classes, name, """
                import jqemu.plugin.api.*;

                public final class %s implements Plugin {
                    @Override public void install(PluginContext context, PluginArguments arguments) {}
                }
                """.formatted(name));
        javac(classes, plugin, own);
        return pack(folder, classes, name);
    }

    private static Path write(Path folder, String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), source);
    }

    private static void javac(Path classes, Path... sources) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        for (Path source : sources) {
            command.add(source.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    /// Only the plugin's own classes: the API is the emulator's.
    private static Path pack(Path folder, Path classes, String name) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.list(classes)) {
            out.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
            out.write(name.getBytes(StandardCharsets.UTF_8));
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                out.putNextEntry(new JarEntry(file.getFileName().toString()));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }
}
