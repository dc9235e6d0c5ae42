package jqemu.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs a test program in a JVM of its own, which it may kill.
public final class ChildJvm {
    /// Flags that keep HotSpot in its interpreter, or in one of its compilers.
    public enum Tier {
        XINT("-Xint"),
        C1("-XX:TieredStopAtLevel=1", "-Xbatch"),
        C2("-XX:-TieredCompilation", "-Xbatch");

        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
        private final List<String> flags;

        Tier(String... flags) {
            this.flags = List.of(flags);
        }

        /// {@return the JVM flags}
        public List<String> flags() {
            return flags;
        }
    }

    /// What is left of a child.
    ///
    /// @param status exit status as the shell gives it: 128 + signal
    /// @param output stdout and stderr
    public record Result(int status, String output) {}

    private ChildJvm() {}

    /// Runs a program to its end and makes sure that the JVM did not crash.
    public static Result run(List<String> flags, Class<?> program, String... args)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("jqemu-child");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=blackhole,jqemu.loader.memory.GuestMemory::sink"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(args));
        Path output = folder.resolve("output");
        Process child = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!child.waitFor(300, TimeUnit.SECONDS)) {
            child.destroyForcibly();
            throw new AssertionError("hangs: " + command + "\n" + Files.readString(output));
        }
        String text = Files.readString(output);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(output), files.toList(), () -> "files left by " + command + "\n" + text);
        }
        Files.delete(output);
        Files.delete(folder);
        return new Result(child.exitValue(), text);
    }
}
