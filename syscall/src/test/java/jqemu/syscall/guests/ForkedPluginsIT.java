package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plugins in the processes that a guest makes: a forked child's begin with what the parent's had counted, and programs
/// that are executed get those of `QEMU_PLUGIN`.
final class ForkedPluginsIT {
    private static final String SOURCE = """
            import jqemu.plugin.api.*;

            public final class Starts implements Plugin {
                @Override public int apiVersion() { return PluginApi.VERSION; }
                @Override public void install(PluginContext context, PluginArguments arguments) {
                    ScoreboardU64 insns = context.newScoreboard();
                    boolean forked = context.isForkChild();
                    context.onTranslate(block -> block.inlineAdd(insns, block.size()));
                    context.onVcpuInit(vcpu -> {
                        if (vcpu == 0) {
                            context.print((forked ? "forked with " : "started with ") + insns.sum() + "\\n");
                        }
                    });
                }
            }
            """;

    @TempDir
    private Path temporary;

    private Path plugin() throws Exception {
        return Files.writeString(temporary.resolve("Starts.java"), SOURCE);
    }

    private List<String> log(String... options) throws Exception {
        Path log = temporary.resolve("log");
        List<String> all = new ArrayList<>(List.of("-d", "plugin", "-D", log.toString()));
        all.addAll(List.of(options));
        PackagedProgram program = PackagedProgram.with(all.toArray(String[]::new));
        var outcome = program.run(temporary, "bin/ctest-musl", "processes", temporary.toString());
        assertEquals(0, outcome.status(), outcome.errors());
        return Files.readAllLines(log);
    }

    /// One log file takes the lines of all processes, whoever opened it last.
    @Test
    void aForkedChildKeepsWhatWasCounted() throws Exception {
        List<String> lines = log("-plugin", plugin().toString());
        assertEquals("started with 0", lines.getFirst());
        List<String> forked =
                lines.stream().filter(line -> line.startsWith("forked")).toList();
        assertTrue(forked.size() > 5, lines::toString);
        assertTrue(
                forked.stream().allMatch(line -> Long.parseLong(line.substring("forked with ".length())) > 1000),
                lines::toString);
        assertEquals(1, lines.size() - forked.size(), lines::toString);
    }

    /// The guest's environment, which `-E` changes, is not ours: the program itself has no plugin, the one that it
    /// executes has.
    @Test
    void executedProgramsGetThePluginsOfTheEnvironment() throws Exception {
        List<String> lines = log("-E", "QEMU_PLUGIN=" + plugin());
        assertEquals(List.of("started with 0"), lines);
    }
}
