package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How plugins are found and loaded, and what users are told when they make a mistake.
final class PluginLoadingIT {
    private static final String GUEST = "bin/calls";

    @TempDir
    private Path temporary;

    private static String source(String name, String install) {
        return """
                import jqemu.plugin.api.*;
                import java.util.*;

                public final class %s implements Plugin {
                    static int loaded;
                    @Override public int apiVersion() { return PluginApi.VERSION; }
                    @Override public void install(PluginContext context, PluginArguments arguments) {
                        loaded++;
                        %s
                    }
                }
                """.formatted(name, install);
    }

    private Path write(String name, String install) throws Exception {
        return Files.writeString(temporary.resolve(name + ".java"), source(name, install));
    }

    private PackagedProgram.Outcome run(String... options) throws Exception {
        return PackagedProgram.with(options).run(temporary, GUEST);
    }

    @Test
    void whatDoesNotCompileIsShownAsJavacShowsIt() throws Exception {
        Path broken = write("Broken", "context.print(42);");
        var outcome = run("-plugin", broken.toString());
        assertEquals(1, outcome.status());
        assertEquals("", outcome.output());
        assertTrue(
                outcome.errors().contains(broken + ":9: error: incompatible types: int cannot be converted to String"),
                outcome.errors());
        assertTrue(outcome.errors().contains("context.print(42);"), outcome.errors());
        assertTrue(outcome.errors().contains("1 error"), outcome.errors());
    }

    @Test
    void aSourceFileNeedsOnePlugin() throws Exception {
        Path none = Files.writeString(temporary.resolve("None.java"), "class None {}");
        var outcome = run("-plugin", none.toString());
        assertEquals(1, outcome.status());
        assertTrue(outcome.errors().contains("one class of it must implement"), outcome.errors());
    }

    @Test
    void eachPluginHasItsOwnClasses() throws Exception {
        String install = "context.onExit(() -> context.print(\"loaded \" + loaded + \"\\n\"));";
        Path one = write("Same", install);
        Path other = Files.createDirectories(temporary.resolve("other")).resolve("Same.java");
        Files.copy(one, other);
        var outcome = run("-d", "plugin", "-plugin", one.toString(), "-plugin", other.toString(), "-plugin", "bb");
        assertTrue(outcome.errors().endsWith("loaded 1\nloaded 1\n"), outcome.errors());
        assertTrue(outcome.errors().contains("bb's"), outcome.errors());
    }

    @Test
    void helpListsTheArgumentsOfAPlugin() throws Exception {
        var outcome = run("-plugin", "insncount,help");
        assertEquals(0, outcome.status());
        assertTrue(outcome.output().startsWith("arguments of plugin insncount:\n  inline=on|off"), outcome::output);
        var none = run("-plugin", write("Plain", "arguments.rejectUnknown();") + ",help");
        assertTrue(none.output().endsWith("Plain.java has no arguments\n"), none.output());
    }

    @Test
    void anUnknownArgumentListsTheOthers() throws Exception {
        var outcome = run("-plugin", "bb,colour=red");
        assertEquals(1, outcome.status());
        assertTrue(
                outcome.errors()
                        .startsWith("jqemu-user: plugin bb: option parsing failed: colour=red\n"
                                + "arguments of plugin bb:\n  inline=on|off"),
                outcome.errors());
    }

    @Test
    void aJarMayNameItsDependencies() throws Exception {
        Path plain = PluginSource.jar(temporary, "Needs", "PluginApi.VERSION", """
                        context.print("found " + dependency() + "\\n");
                    }

                    private static String dependency() {
                        try {
                            return Class.forName("Dependency").getName();
                        } catch (ClassNotFoundException e) {
                            throw new PluginException("not found", e);
                        }
                """);
        Path dependency = PluginSource.jar(temporary, "Dependency", "PluginApi.VERSION", "");
        assertEquals(1, run("-plugin", plain.toString()).status());
        Path jar = temporary.resolve("WithClassPath.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, dependency.getFileName().toString());
        try (OutputStream bytes = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(bytes, manifest);
                JarFile in = new JarFile(plain.toFile())) {
            for (JarEntry entry : in.stream().toList()) {
                out.putNextEntry(new JarEntry(entry.getName()));
                in.getInputStream(entry).transferTo(out);
            }
        }
        var outcome = run("-d", "plugin", "-plugin", jar.toString());
        assertEquals("found Dependency\n", outcome.errors());
        assertEquals(0, outcome.status());
    }

    /// Misuse ends the run with one line that says what is wrong, in every tier; the guest writes nothing that it
    /// would not have written.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Unasked  | block.onExecute(v -> context.register(~x0~).read(v)); | register x0 is read by a callback that did not ask",
                "Unasked2 | block.onExecute(RegisterAccess.READ, v -> context.register(~x0~).write(v, 1)); | register x0 is written by",
                "Jumps    | block.onExecute(RegisterAccess.READ, v -> context.setPc(v, 0x400000)); | setPc is called by a callback that may not",
                "Odd      | block.onExecute(RegisterAccess.READ_WRITE, v -> context.setPc(v, 0x400001)); | no multiple of 4",
                "NoVcpu   | block.onExecute(RegisterAccess.READ, v -> context.register(~x0~).read(7)); | there is no vCPU 7",
                "PcWrite  | block.onExecute(RegisterAccess.READ_WRITE, v -> context.register(~pc~).write(v, 4)); | the pc is changed by setPc",
            })
    void misuseSaysSo(String name, String install, String message) throws Exception {
        Path plugin = write(
                name, "context.onTranslate(block -> " + install.replace(";", "").replace('~', '"') + ");");
        for (String tier : new String[] {"1", "2", "auto"}) {
            var outcome = run("-tier", tier, "-plugin", plugin.toString());
            assertEquals(1, outcome.status(), outcome::errors);
            assertTrue(outcome.errors().matches("jqemu-user: [^\n]*\n"), outcome.errors());
            assertTrue(outcome.errors().contains(message), outcome.errors());
            assertTrue(outcome.errors().contains("plugin " + plugin + ": execution callback at 0x"), outcome.errors());
        }
    }
}
