package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Each row of the first table of `docs/plugin-api.md` is proven on the guest `bin/plugged` in every tier: by the
/// plugins `Probe` and `Life`, which compare what they see with what the guest is known to do.
@Execution(ExecutionMode.CONCURRENT)
final class PluginApiIT {
    /// What the guest's exit status is when the plugin skipped, wrote and filtered all that it should.
    private static final int EVERYTHING = 63;

    private static final Path PLUGINS = PackagedProgram.ROOT.resolve("syscall/src/test/plugins");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
    private static final Pattern PROVEN = Pattern.compile("(?m)^ok (\\w+)$");

    @TempDir
    private static Path temporary;

    private static Set<String> rows() throws IOException {
        String text = Files.readString(PackagedProgram.ROOT.resolve("docs/plugin-api.md"));
        return all(ROW, text.substring(0, text.indexOf("## Callback types")));
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static PackagedProgram.Outcome run(String tier, String plugin) throws Exception {
        return PackagedProgram.with(
                        "-tier",
                        tier,
                        "-d",
                        "plugin",
                        "-plugin",
                        PLUGINS.resolve(plugin).toString())
                .run(temporary, "bin/plugged");
    }

    @TestFactory
    List<DynamicTest> everyRowInEveryTier() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String tier : List.of("1", "2", "auto")) {
            var probe = run(tier, "Probe.java,word=a,,b,flag=on");
            var life = run(tier, "Life.java");
            tests.add(dynamicTest("tier " + tier + ": nothing wrong", () -> {
                assertEquals(EVERYTHING, probe.status(), probe::errors);
                assertTrue(!probe.errors().contains("WRONG"), probe::errors);
                assertEquals(0, life.status(), life::errors);
                assertTrue(!life.errors().contains("WRONG"), life::errors);
            }));
            Set<String> proven = all(PROVEN, probe.errors() + life.errors());
            for (String row : rows()) {
                tests.add(dynamicTest("tier " + tier + ": " + row, () -> assertTrue(proven.contains(row), row)));
            }
        }
        return tests;
    }

    @Test
    void resetAndUninstallAreErrorsInInstall() throws Exception {
        String output = run("auto", "Life.java").errors();
        assertTrue(output.startsWith("""
                ok in install: reset is called from install
                ok in install: uninstall is called from install
                """), output);
    }
}
