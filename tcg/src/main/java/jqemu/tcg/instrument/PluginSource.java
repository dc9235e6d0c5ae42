package jqemu.tcg.instrument;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginException;

/// A plugin that is one source file: compiled in memory against the API, and loaded from there.
final class PluginSource {
    private PluginSource() {}

    /// Compiles the file and finds its one class that is a plugin.
    ///
    /// @param name the file as the user named it, so that javac's messages name it the same way
    /// @throws PluginException with javac's messages as they are when it does not compile
    static Class<? extends Plugin> load(Path file, String name) {
        Map<String, byte[]> classes = compile(file, name);
        ClassLoader loader = new PluginClassLoader(name, new URL[0], classes);
        List<Class<? extends Plugin>> found = new ArrayList<>();
        for (String className : classes.keySet()) {
            try {
                Class<?> type = Class.forName(className, false, loader);
                if (Plugin.class.isAssignableFrom(type) && !type.isInterface()) {
                    found.add(type.asSubclass(Plugin.class));
                }
            } catch (ClassNotFoundException | LinkageError e) {
                throw new PluginException("could not load plugin " + name + ": " + e, e);
            }
        }
        if (found.size() != 1) {
            throw new PluginException("could not load plugin " + name + ": one class of it must implement "
                    + Plugin.class.getName() + ", " + found.size() + " do");
        }
        return found.getFirst();
    }

    private static Map<String, byte[]> compile(Path file, String name) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new PluginException("could not load plugin " + name + ": this Java has no compiler");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Output output = new Output(files)) {
            List<String> options =
                    List.of("-proc:none", "-g", "-classpath", apiFile().toString());
            boolean compiled = compiler.getTask(messages, output, null, options, null, files.getJavaFileObjects(file))
                    .call();
            if (!compiled) {
                throw new PluginException("could not load plugin " + name + ": it does not compile\n"
                        + messages.toString().stripTrailing());
            }
            return output.classes();
        } catch (IOException | URISyntaxException e) {
            throw new PluginException("could not load plugin " + name + ": " + e, e);
        }
    }

    private static Path apiFile() throws URISyntaxException {
        return Path.of(
                Plugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /// Keeps class files in memory.
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

        Output(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new LinkedHashMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
