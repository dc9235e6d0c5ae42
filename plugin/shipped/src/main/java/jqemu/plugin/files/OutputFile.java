package jqemu.plugin.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jqemu.plugin.api.PluginException;

/// Names and writes the file of a plugin.
public final class OutputFile {
    private static final Path SELF = Path.of("/proc/self");

    private OutputFile() {}

    /// The path that the user meant: `%p` stands for the id of the process that asks. A forked child asks anew, so
    /// that it does not overwrite its parent's file.
    ///
    /// @param name as the user wrote it
    /// @return the path
    public static Path path(String name) {
        return Path.of(name.contains("%p") ? name.replace("%p", processId()) : name);
    }

    /// Writes a whole file.
    ///
    /// @param name  as for [#path]
    /// @param bytes what is in it afterwards
    /// @throws PluginException when that fails
    public static void write(String name, byte[] bytes) {
        Path path = path(name);
        try {
            Files.write(path, bytes);
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    /// Writes a whole file of text.
    ///
    /// @param name as for [#path]
    /// @param text what is in it afterwards
    /// @throws PluginException when that fails
    public static void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// What is thrown when a file cannot be written.
    ///
    /// @param path  the file
    /// @param cause why
    /// @return the exception
    public static PluginException cannotWrite(Path path, IOException cause) {
        return new PluginException("cannot write " + path, cause);
    }

    /// The JVM's own idea of its id is that of the parent after a fork.
    private static String processId() {
        try {
            return Files.readSymbolicLink(SELF).toString();
        } catch (IOException e) {
            return Long.toString(ProcessHandle.current().pid());
        }
    }
}
