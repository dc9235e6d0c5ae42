package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A wild access kills the guest by the signal that Linux would send, and nothing else happens: the JVM does not crash
/// (no `hs_err` file), we print nothing, and a load faults also where nobody reads the result.
///
/// The accesses are those of the guest program `fault`. Which JVM tier makes them is up to flags: `-Xint`; C1 alone; C2
/// after a warm-up, where everything is compiled in the foreground after few calls.
@Execution(ExecutionMode.CONCURRENT)
final class WildAccessIT {
    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    private enum Tier {
        XINT("-Xint"),
        C1("-XX:TieredStopAtLevel=1", "-Xbatch", "-XX:Tier3DelayOn=0", "-XX:TieredCompileTaskTimeout=1"),
        C2("-XX:-TieredCompilation", "-Xbatch", "-XX:CompileThreshold=100");

        private final List<String> flags;

        Tier(String... flags) {
            this.flags = List.of(flags);
        }
    }

    @TempDir
    private static Path temporary;

    @TestFactory
    List<DynamicContainer> everyWildAccess() throws IOException {
        List<GuestCase> faults = GuestCase.readAll().stream()
                .filter(testCase -> testCase.name().startsWith("fault/"))
                .toList();
        List<DynamicContainer> containers = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            Stream<DynamicTest> tests =
                    faults.stream().map(fault -> dynamicTest(fault.name(), () -> assertCleanDeath(fault, tier)));
            containers.add(DynamicContainer.dynamicContainer(tier.name(), tests));
        }
        return containers;
    }

    private static void assertCleanDeath(GuestCase fault, Tier tier) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(temporary, "fault");
        List<String> flags = new ArrayList<>(tier.flags);
        flags.add("-XX:ErrorFile=" + folder.resolve("hs_err.log"));
        PackagedProgram program = new PackagedProgram(flags, List.of());
        var outcome = program.run(folder, fault.steps().getFirst().toArray(String[]::new));
        String all = outcome.output() + "[exit status " + outcome.status() + "]\n";
        assertAll(
                () -> assertEquals(fault.expected(), all),
                () -> assertEquals("", outcome.errors()),
                () -> assertEquals(false, Files.exists(folder.resolve("hs_err.log")), "the JVM crashed"));
    }
}
