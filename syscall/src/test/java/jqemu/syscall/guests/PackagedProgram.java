package jqemu.syscall.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jqemu.syscall.launcher.PlainShell;

/// The packaged `jqemu-user`, started as `scripts/jqemu-user` starts it but without what the script does before.
///
/// The guest's environment, umask and core limit are those of `test-binaries/README.md`; the current folder is
/// `test-binaries`.
///
/// @param jvmFlags flags for the JVM, behind those of the install
/// @param options options of ours, before the guest program
record PackagedProgram(List<String> jvmFlags, List<String> options) {
    static final Path ROOT = Path.of(System.getProperty("jqemu.root"));
    static final Path TEST_BINARIES = ROOT.resolve("test-binaries");

    private static final Path INSTALL = ROOT.resolve("syscall/target/jqemu");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final int LIMIT_SECONDS = 240;

    /// A clean environment, and limits that Java cannot set; everything else goes on to the command untouched.
    static final String SHELL = "ulimit -c 0; umask 022; exec env -i LC_ALL=C TZ=UTC0 HOME=/ PATH=/nonexistent \"$@\"";

    /// With the install's own flags and the options `options`.
    static PackagedProgram with(String... options) {
        return new PackagedProgram(List.of(), List.of(options));
    }

    /// What is left of a run.
    ///
    /// @param status the exit status as shells give it: 128 + signal after a death by signal
    record Outcome(int status, String output, String errors) {}

    /// Runs a guest; `folder` is for what its streams are kept in.
    Outcome run(Path folder, String... guest) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        int status = run(
                List.of(guest),
                Redirect.from(Path.of("/dev/null").toFile()),
                Redirect.to(output.toFile()),
                Redirect.to(errors.toFile()));
        return new Outcome(status, Files.readString(output, ISO_8859_1), Files.readString(errors, ISO_8859_1));
    }

    /// Runs a guest; returns its exit status. A run that does not end fails the test.
    int run(List<String> guest, Redirect input, Redirect output, Redirect errors)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(SHELL, guest))
                .directory(TEST_BINARIES.toFile())
                .redirectInput(input)
                .redirectOutput(output)
                .redirectError(errors)
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            fail("still running after " + LIMIT_SECONDS + " s: " + guest);
        }
        return process.exitValue();
    }

    /// The command that runs a guest, by way of the shell text `shell`.
    List<String> command(String shell, List<String> guest) {
        List<String> command = PlainShell.command(shell, "sh", JAVA.toString());
        command.add("@" + INSTALL.resolve("jvm.args"));
        if (options.contains("jnr")) {
            command.add("@" + INSTALL.resolve("jnr.args"));
        }
        command.addAll(jvmFlags);
        command.add("-Djqemu.home=" + INSTALL);
        command.add("-jar");
        command.add(INSTALL.resolve("jqemu-user.jar").toString());
        command.addAll(options);
        command.addAll(guest);
        return command;
    }

    /// Deletes a folder with all that is in it.
    static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
