package jqemu.syscall.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script on a copy of the packaged install.
///
/// Most tests give it a JDK whose `java` is a script: `show` prints its arguments, so that a test sees whether the AOT
/// cache is passed; `dump` runs the real JVM on [LaunchDump]. `real` is the JDK that runs the tests.
final class LauncherIT {
    private static final Path SOURCE_ROOT = Path.of(System.getProperty("jqemu.root"));
    private static final Path REAL_JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    Path temporary;

    private Path root;
    private Path install;
    private Path showJdk;

    record Outcome(int status, String output, String errors) {}

    @BeforeEach
    void copyTheInstall() throws IOException {
        temporary = temporary.toRealPath();
        root = temporary.resolve("root");
        install = root.resolve("syscall/target/jqemu");
        copy(SOURCE_ROOT.resolve("scripts"), root.resolve("scripts"));
        copy(SOURCE_ROOT.resolve("syscall/target/jqemu"), install);
        deleteTree(install.resolve("aot"));
        // makes the "cache" when it is asked to, else prints its arguments, one a line
        showJdk = jdk("show", """
                for argument; do
                    case $argument in
                        -XX:AOTCacheOutput=*) echo cache >"${argument#*=}"; exit ;;
                    esac
                done
                printf '%s\\n' "$@"
                """);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path jdk(String name, String script) throws IOException {
        Path jdk = temporary.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        Path java = jdk.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return jdk;
    }

    /// Runs a line of shell, in which `$launcher` is the script, with an environment of only `PATH`, `launcher`,
    /// and the JDK in `JAVA_HOME`.
    private Outcome shell(Path jdk, String line) throws IOException, InterruptedException {
        Path output = temporary.resolve("output");
        Path errors = temporary.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(PlainShell.command(line))
                .directory(temporary.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("launcher", root.resolve("scripts/jqemu-user").toString());
        int status = builder.start().waitFor();
        return new Outcome(status, Files.readString(output, ISO_8859_1), Files.readString(errors, ISO_8859_1));
    }

    private boolean usesCache(String line) throws IOException, InterruptedException {
        Outcome outcome = shell(showJdk, line);
        assertEquals("", outcome.errors());
        assertEquals(0, outcome.status());
        return outcome.output().contains("-XX:AOTCache=" + install + "/aot/jqemu.aot\n");
    }

    @Test
    void theFirstUseMakesTheCacheAndLaterOnesPassItFromEverywhere() throws Exception {
        assertTrue(usesCache("$launcher prog"));
        FileTime made = Files.getLastModifiedTime(install.resolve("aot/jqemu.aot"));
        Files.createSymbolicLink(temporary.resolve("link"), root.resolve("scripts/jqemu-user"));
        Files.createSymbolicLink(temporary.resolve("link2"), Path.of("link"));
        Files.createSymbolicLink(temporary.resolve("folder"), root);

        assertTrue(usesCache("./link prog"));
        assertTrue(usesCache("cd / && " + temporary + "/link2 prog"));
        assertTrue(usesCache("folder/scripts/jqemu-user prog"));
        assertTrue(usesCache("cd root/scripts && ./jqemu-user prog"));
        assertTrue(usesCache("cd root/syscall && ../scripts/jqemu-user prog"));
        assertTrue(usesCache("PATH=$PATH:" + root + "/scripts && jqemu-user prog"));
        assertTrue(usesCache("PATH= $launcher prog"));
        assertTrue(usesCache("HOME=/nonexistent $launcher prog"));
        assertEquals(made, Files.getLastModifiedTime(install.resolve("aot/jqemu.aot")));
    }

    @Test
    void firstUsesAtTheSameTimeMakeOneCache() throws Exception {
        Path made = temporary.resolve("made");
        Path slow = jdk("slow", """
                for argument; do
                    case $argument in
                        -XX:AOTCacheOutput=*) echo once >>%s; sleep 0.5; echo cache >"${argument#*=}"; exit ;;
                    esac
                done
                """.formatted(made));

        Outcome outcome = shell(slow, "$launcher a & $launcher b & $launcher c & wait");

        assertEquals(new Outcome(0, "", ""), outcome);
        assertEquals("once\n", Files.readString(made));
    }

    @Test
    void aCacheThatDoesNotFitIsNotPassed() throws Exception {
        assertTrue(usesCache("$launcher prog"));
        Path jar = install.resolve("jqemu-user.jar");
        Files.writeString(install.resolve("aot.failed"), ""); // so that it is not made anew

        FileTime time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        assertFalse(usesCache("$launcher prog"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(5000)));
        assertFalse(usesCache("$launcher prog"));
        Files.setLastModifiedTime(jar, time);
        assertTrue(usesCache("$launcher prog"));

        Files.writeString(install.resolve("lib/another.jar"), "");
        assertFalse(usesCache("$launcher prog"));
        Files.delete(install.resolve("lib/another.jar"));

        Files.setLastModifiedTime(
                showJdk.resolve("release"), FileTime.from(Instant.now().plusSeconds(5)));
        assertFalse(usesCache("$launcher prog"));
    }

    @Test
    void aMovedInstallMakesItsOwnCache() throws Exception {
        assertTrue(usesCache("$launcher prog"));
        Path moved = temporary.resolve("moved");
        Files.move(root, moved);
        root = moved;
        install = moved.resolve("syscall/target/jqemu");

        assertTrue(usesCache("$launcher prog"));
        assertEquals(
                install.toString(),
                Files.readAllLines(install.resolve("aot/stamp")).getFirst());
    }

    @Test
    void theRealJvmRunsWithTheCacheAndWithoutIt() throws Exception {
        assertEquals(0, shell(REAL_JDK, "$launcher -version").status());
        assertTrue(Files.exists(install.resolve("aot/jqemu.aot")));
        assertRealJvmRuns();
        Files.delete(install.resolve("aot/jqemu.aot"));
        assertRealJvmRuns();
    }

    private void assertRealJvmRuns() throws Exception {
        Outcome outcome = shell(REAL_JDK, "$launcher -version");
        assertEquals(0, outcome.status());
        assertEquals("", outcome.errors());
        assertTrue(outcome.output().startsWith("jqemu-user version "), outcome.output());
    }

    @Test
    void javaDashJarWorks() throws Exception {
        Outcome outcome = shell(REAL_JDK, "$JAVA_HOME/bin/java -jar " + install + "/jqemu-user.jar -version");
        assertTrue(outcome.output().startsWith("jqemu-user version "));
        assertEquals("", outcome.errors());
    }

    @Test
    void aMistakeIsOneLineAndStatus1() throws Exception {
        Outcome outcome = shell(REAL_JDK, "$launcher -nonsense prog");
        assertEquals(new Outcome(1, "", "jqemu-user: unknown option '-nonsense'\n"), outcome);
    }

    @Test
    void aBuildThatFailsIsOneLineThatNamesTheLog() throws Exception {
        deleteTree(install);
        Outcome outcome = shell(REAL_JDK, "$launcher prog");
        String log = root + "/target/first-use.log";
        assertEquals(new Outcome(1, "", "jqemu-user: the build failed: see " + log + "\n"), outcome);
        assertTrue(Files.size(Path.of(log)) > 0);
    }

    private Path dumpJdk() throws IOException {
        return jdk("dump", """
                jar=
                for argument; do
                    shift
                    case $jar:$argument in
                        :-XX:AOTCacheOutput=*) exit 1 ;;
                        :-jar) ;;
                        :*/jqemu-user.jar)
                            jar=$argument
                            set -- "$@" -cp "$jar:%s" jqemu.syscall.launcher.LaunchDump ;;
                        *) set -- "$@" "$argument" ;;
                    esac
                done
                exec %s/bin/java "$@"
                """.formatted(SOURCE_ROOT.resolve("syscall/target/test-classes"), REAL_JDK));
    }

    private static List<String> linesThatStart(String start, Outcome outcome) {
        assertEquals("", outcome.errors());
        return outcome.output()
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    @Test
    void argumentsArriveByteForByte() throws Exception {
        Outcome outcome = shell(dumpJdk(), """
                $launcher prog '' ' ' '@file' '*' '$x `y` "' -Dx=y -jar "$(printf 'caf\\303\\251 \\377\\001')" '\\' ''
                """);
        assertEquals(
                List.of(
                        "prog",
                        "",
                        " ",
                        "@file",
                        "*",
                        "$x `y` \"",
                        "-Dx=y",
                        "-jar",
                        "caf\u00c3\u00a9 \u00ff\u0001",
                        "\\",
                        ""),
                linesThatStart("argument ", outcome));
    }

    @Test
    void theEnvironmentArrivesByteForByte() throws Exception {
        Outcome outcome = shell(dumpJdk(), """
                exec env -i JAVA_HOME="$JAVA_HOME" JAVA_TOOL_OPTIONS=-Xnonsense JDK_JAVA_OPTIONS=-Xnonsense \\
                    _JAVA_OPTIONS=-Xnonsense LD_LIBRARY_PATH=/nowhere LC_ALL=C a.b=c IFS=x "f%%=() { :; }" \\
                    EMPTY= JQEMU_ENVIRON_1=mine "$(printf 'bytes=\\377\\303')" $launcher prog
                """);
        assertEquals(
                List.of(
                        "JAVA_HOME=" + temporary.resolve("dump"),
                        "JAVA_TOOL_OPTIONS=-Xnonsense",
                        "JDK_JAVA_OPTIONS=-Xnonsense",
                        "_JAVA_OPTIONS=-Xnonsense",
                        "LD_LIBRARY_PATH=/nowhere",
                        "LC_ALL=C",
                        "a.b=c",
                        "IFS=x",
                        "f%%=() { :; }",
                        "EMPTY=",
                        "JQEMU_ENVIRON_1=mine",
                        "bytes=\u00ff\u00c3"),
                linesThatStart("variable ", outcome));
    }

    @Test
    void anEnvironmentTooLongForOneStringArrivesInPieces() throws Exception {
        Outcome outcome = shell(dumpJdk(), """
                x=0123456789abcdef; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do x=$x$x; done
                exec env -i JAVA_HOME="$JAVA_HOME" A=$x B=$x C=$x D=$x E=end $launcher prog
                """);
        List<String> variables = linesThatStart("variable ", outcome);
        assertEquals(6, variables.size());
        assertEquals("D=" + "0123456789abcdef".repeat(4096), variables.get(4));
        assertEquals("E=end", variables.get(5));
    }

    @Test
    void closedDescriptorsAndSignalStateAreHandedOver() throws Exception {
        Outcome outcome = shell(dumpJdk(), "trap '' PIPE USR1; exec $launcher prog <&-");
        assertEquals(List.of("1 blocked=0 ignored=" + (1 << 12 | 1 << 9)), linesThatStart("closed=", outcome));
        assertEquals(
                List.of("0 blocked=0 ignored=0"), linesThatStart("closed=", shell(dumpJdk(), "exec $launcher prog")));
    }
}
