package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plugins in `plugin/examples`, which use nothing but the API, find what is known to be in their guests.
final class PluginExamplesIT {
    private static final Path EXAMPLES = PackagedProgram.ROOT.resolve("plugin/examples");

    @TempDir
    private Path temporary;

    private PackagedProgram.Outcome run(String tier, String plugin, String input, String guest) throws Exception {
        Path in = Files.writeString(temporary.resolve("input"), input);
        Path output = temporary.resolve("output");
        Path errors = temporary.resolve("errors");
        int status = PackagedProgram.with(
                        "-tier",
                        tier,
                        "-d",
                        "plugin",
                        "-plugin",
                        EXAMPLES.resolve(plugin).toString())
                .run(
                        List.of(guest),
                        Redirect.from(in.toFile()),
                        Redirect.to(output.toFile()),
                        Redirect.to(errors.toFile()));
        return new PackagedProgram.Outcome(
                status,
                Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1),
                Files.readString(errors));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "auto"})
    void taintFollowsInput(String tier) throws Exception {
        var outcome = run(tier, "Taint.java", "ABCD", "bin/tainted");
        assertEquals("""
                4 bytes read, 4 tainted bytes written, 1 comparisons and branches depend on input
                  0x4000ec: cmp w6, #0x41
                """, outcome.errors());
        var without = run(tier, "Taint.java", "", "bin/tainted");
        assertEquals("""
                0 bytes read, 0 tainted bytes written, 0 comparisons and branches depend on input
                """, without.errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "auto"})
    void leaksAreFoundByCaller(String tier) throws Exception {
        assertEquals("""
                7 allocations are not freed, 240 bytes
                  0x4000c4: 2 allocations, 200 bytes
                  0x4000e8: 5 allocations, 40 bytes
                """, run(tier, "LeakFinder.java", "", "bin/leaky").errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "auto"})
    void faultsAreInjected(String tier) throws Exception {
        var outcome = run(tier, "FaultInjector.java,call=64,errno=28,after=1", "ABCD", "bin/tainted");
        assertEquals("1 of 2 system calls 64 failed with 28\n", outcome.errors());
        assertEquals(8, outcome.output().length());
    }
}
