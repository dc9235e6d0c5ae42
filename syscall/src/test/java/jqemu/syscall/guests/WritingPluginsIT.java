package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `docs/writing-plugins.md` word for word: its programs are compiled and run by its commands, in every tier, and print
/// what it says. So does the project that `scripts/new-plugin` makes.
final class WritingPluginsIT {
    private static final Pattern PROGRAM = Pattern.compile("```java\\R// (\\w+\\.java)\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern RUN =
            Pattern.compile("```sh\\Rscripts/jqemu-user (.*?)\\R```\\R\\R```text\\R(.*?)```", Pattern.DOTALL);

    @TempDir
    private static Path temporary;

    @TestFactory
    List<DynamicTest> everyCommandOfTheTutorial() throws Exception {
        String text = Files.readString(PackagedProgram.ROOT.resolve("docs/writing-plugins.md"));
        Matcher programs = PROGRAM.matcher(text);
        while (programs.find()) {
            Files.writeString(temporary.resolve(programs.group(1)), programs.group(2));
        }
        List<DynamicTest> tests = new ArrayList<>();
        Matcher runs = RUN.matcher(text);
        while (runs.find()) {
            String command = runs.group(1);
            String expected = runs.group(2);
            for (String tier : List.of("1", "2", "auto")) {
                tests.add(dynamicTest("tier " + tier + ": " + command, () -> {
                    List<String> words = new ArrayList<>(List.of("-tier", tier));
                    words.addAll(List.of(command.split(" ", -1)));
                    assertEquals(expected, output(words));
                }));
            }
        }
        assertEquals(18, tests.size());
        return tests;
    }

    /// What a command prints; the tutorial's folder is the one with its programs.
    private static String output(List<String> words) throws Exception {
        List<String> options = new ArrayList<>();
        for (String word : words.subList(0, words.size() - 1)) {
            boolean isProgram = word.matches("\\w+\\.java.*");
            options.add(isProgram ? temporary.resolve(word).toString() : word);
        }
        String guest = words.getLast().replace("test-binaries/", "");
        var outcome = new PackagedProgram(List.of(), options).run(temporary, guest);
        assertEquals(0, outcome.status(), outcome::errors);
        String answer = outcome.errors().isEmpty() ? outcome.output() : outcome.errors();
        return answer.replace(temporary + "/", "");
    }

    @Test
    void newPluginMakesAProjectThatBuildsAndRuns() throws Exception {
        Path script = PackagedProgram.ROOT.resolve("scripts/new-plugin");
        Path folder = temporary.resolve("project");
        assertEquals(0, run(temporary, script.toString(), "CallCounter", folder.toString()));
        Path maven = Path.of("/usr/bin/mvn");
        Assumptions.assumeTrue(Files.isExecutable(maven), "needs /usr/bin/mvn");
        assertEquals(0, run(folder, maven.toString(), "-o", "-q", "package"));
        var outcome = PackagedProgram.with(
                        "-d",
                        "plugin",
                        "-plugin",
                        folder.resolve("target/CallCounter.jar").toString())
                .run(temporary, "bin/calls");
        assertEquals("instructions: 4427\n", outcome.errors());
        assertEquals(1, run(temporary, script.toString(), "CallCounter", folder.toString()), "it exists already");
        assertEquals(1, run(temporary, script.toString(), "no-class"));
    }

    private static int run(Path folder, String... command) throws Exception {
        Path log = Files.createTempFile(temporary, "log", "");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(240, TimeUnit.SECONDS), "still running");
        if (process.exitValue() != 0) {
            System.out.println(Files.readString(log, StandardCharsets.UTF_8));
        }
        return process.exitValue();
    }
}
