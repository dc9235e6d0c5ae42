package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Plugins that users bring: refused where they state no API version or one out of range; a mistake in a callback ends
/// the run with one line that names the plugin; several are called in QEMU's order.
@Execution(ExecutionMode.CONCURRENT)
final class UserPluginIT {
    private static final String CURRENT = "PluginApi.VERSION";
    private static final String ONE_LINE = "jqemu-user: [^\n]*\n";

    @TempDir
    private Path temporary;

    private PackagedProgram.Outcome runHello(Path... plugins) throws Exception {
        String[] options = new String[2 + 2 * plugins.length];
        options[0] = "-d";
        options[1] = "plugin";
        for (int i = 0; i < plugins.length; i++) {
            options[2 + 2 * i] = "-plugin";
            options[3 + 2 * i] = plugins[i].toString();
        }
        return PackagedProgram.with(options).run(temporary, "bin/memory");
    }

    private void assertRefused(String reason, Path plugin) throws Exception {
        var outcome = runHello(plugin);
        assertEquals(1, outcome.status());
        assertEquals("", outcome.output());
        assertTrue(outcome.errors().matches(ONE_LINE), outcome.errors());
        assertTrue(outcome.errors().contains(plugin.toString()), outcome.errors());
        assertTrue(outcome.errors().contains(reason), outcome.errors());
    }

    @Test
    void aPluginWithoutApiVersionIsRefused() throws Exception {
        assertRefused("states no API version", PluginSource.jarWithoutVersion(temporary, "Unversioned"));
    }

    @Test
    void aPluginForAnotherApiVersionIsRefused() throws Exception {
        assertRefused("needs API version 999", PluginSource.jar(temporary, "TooNew", "999", ""));
        assertRefused("needs API version 0", PluginSource.jar(temporary, "TooOld", "0", ""));
    }

    @Test
    void aPluginMayRefuseToWork() throws Exception {
        assertRefused(
                "not on Sundays",
                PluginSource.jar(temporary, "Refuses", CURRENT, "throw new PluginException(\"not on Sundays\");"));
    }

    @Test
    void anExceptionInATranslationCallbackEndsTheRun() throws Exception {
        assertRefused(
                "oops",
                PluginSource.jar(
                        temporary,
                        "InTranslation",
                        CURRENT,
                        "context.onTranslate(block -> { throw new RuntimeException(\"oops\"); });"));
    }

    @Test
    void anExceptionInAnExecutionCallbackEndsTheRun() throws Exception {
        assertRefused("oops", PluginSource.jar(temporary, "InExecution", CURRENT, """
                context.onTranslate(block -> block.onExecute(vcpu -> { throw new RuntimeException("oops"); }));
                """));
    }

    @Test
    void anExceptionInAMemoryCallbackEndsTheRun() throws Exception {
        assertRefused("oops", PluginSource.jar(temporary, "InMemory", CURRENT, """
                context.onTranslate(block -> {
                    for (int i = 0; i < block.size(); i++) {
                        block.instruction(i).onMemory(MemoryAccess.READ_WRITE, (vcpu, address, info) -> {
                            throw new RuntimeException("oops");
                        });
                    }
                });
                """));
    }

    @Test
    void anErrorInAnExitCallbackEndsTheRun() throws Exception {
        assertRefused(
                "oops",
                PluginSource.jar(
                        temporary,
                        "InExit",
                        CURRENT,
                        "context.onExit(() -> { throw new AssertionError(\"oops\"); });"));
    }

    @Test
    void aHandleThatIsKeptThrows() throws Exception {
        assertRefused("IllegalStateException", PluginSource.jar(temporary, "Keeps", CURRENT, """
                context.onTranslate(block -> block.onExecute(vcpu -> block.size()));
                """));
        assertRefused("IllegalStateException", PluginSource.jar(temporary, "KeepsInstruction", CURRENT, """
                AtomicReference<Instruction> kept = new AtomicReference<>();
                context.onTranslate(block -> {
                    kept.set(block.instruction(0));
                    block.onExecute(vcpu -> kept.get().disassembly());
                });
                """));
    }

    @Test
    void theLastPluginIsCalledFirst() throws Exception {
        String install = """
                context.onVcpuInit(vcpu -> context.print("init %1$s\\n"));
                AtomicBoolean once = new AtomicBoolean();
                context.onTranslate(block -> {
                    if (!once.getAndSet(true)) {
                        context.print("translate %1$s\\n");
                        block.onExecute(vcpu -> context.print("block %1$s\\n"));
                        block.instruction(0).onExecute(vcpu -> context.print("instruction %1$s\\n"));
                    }
                });
                context.onExit(() -> context.print("exit %1$s\\n"));
                """;
        Path a = PluginSource.jar(temporary, "A", CURRENT, install.formatted("A"));
        Path b = PluginSource.jar(temporary, "B", CURRENT, install.formatted("B"));
        var outcome = runHello(a, b);
        assertEquals("""
                init B
                init A
                translate B
                translate A
                block B
                block A
                instruction B
                instruction A
                exit B
                exit A
                """, outcome.errors());
        assertEquals(0, outcome.status());
    }
}
