import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// Makes a jar of each shipped plugin, which holds its package, the packages that it shares with others, and nothing
/// else.
///
/// Arguments: the list (a line `name class [package...]` for each plugin), the folder with the classes, the folder for
/// the jars.
/// Entries have no times, so that the same classes make the same jar.
final class PluginPacker {
    private PluginPacker() {}

    public static void main(String[] arguments) throws IOException {
        Path classes = Path.of(arguments[1]);
        Path jars = Path.of(arguments[2]);
        Files.createDirectories(jars);
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split("\\s+");
                pack(classes, jars.resolve(words[0] + ".jar"), words[1], List.of(words).subList(2, words.length));
            }
        }
    }

    private static void pack(Path classes, Path jar, String className, List<String> shared) throws IOException {
        List<String> packages = new ArrayList<>(shared);
        packages.addFirst(className.substring(0, className.lastIndexOf('.')));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            put(out, "META-INF/services/jqemu.plugin.api.Plugin", (className + "\n").getBytes());
            for (String name : packages) {
                for (Path each : files(classes.resolve(name.replace('.', '/')))) {
                    put(out, classes.relativize(each).toString(), Files.readAllBytes(each));
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
