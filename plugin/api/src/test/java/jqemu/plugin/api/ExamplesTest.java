package jqemu.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every public type has an example in its Javadoc, and javac takes each of them without a warning.
class ExamplesTest {
    private static final Path SOURCES = Path.of(System.getProperty("jqemu.root"), "plugin/api/src/main/java");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^ */// ```java\\R((?: *///.*\\R)*?) */// ```$");
    private static final Pattern TYPE = Pattern.compile("class (\\w+)");

    @Test
    void examplesCompile(@TempDir Path directory) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        command.addAll(List.of(
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-d",
                directory.resolve("classes").toString()));
        Path classes = Path.of(PluginApi.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        command.addAll(List.of("-classpath", classes.toString()));
        int count = 0;
        for (Path source : sources()) {
            Matcher example = EXAMPLE.matcher(Files.readString(source));
            boolean found = false;
            while (example.find()) {
                found = true;
                command.add(write(directory, example.group(1).replaceAll("(?m)^ */// ?", ""), count++));
            }
            assertTrue(found, "no example in " + source.getFileName());
        }
        Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, javac.waitFor(), output);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")
                            && !file.toString().endsWith("-info.java"))
                    .sorted()
                    .toList();
        }
    }

    private static String write(Path directory, String example, int number) throws IOException {
        Matcher type = TYPE.matcher(example);
        boolean isClass = type.find();
        String name = isClass ? type.group(1) : "Example" + number;
        String unit = isClass
                ? example
                // fields, which an example's own variables may hide
                : "abstract class " + name + " { PluginContext context; PluginArguments arguments; Block block; "
                        + "Instruction insn; void run() {\n" + example + "} }\n";
        Path folder = Files.createDirectories(directory.resolve("example" + number));
        String header = "package example" + number + ";\nimport jqemu.plugin.api.*;\n";
        return Files.writeString(folder.resolve(name + ".java"), header + unit).toString();
    }
}
