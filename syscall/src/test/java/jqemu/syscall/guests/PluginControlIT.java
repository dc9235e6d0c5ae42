package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The shipped plugins that follow or change how a program runs: `cflow`, `howvec`, `ips`, `lockstep`, `reset`,
/// `stoptrigger`; `cache` with several cores; and what all of them say to wrong arguments.
final class PluginControlIT {
    @TempDir
    private Path temporary;

    private PackagedProgram.Outcome outcome(String tier, String guest, String... plugins) throws Exception {
        String[] options = new String[4 + 2 * plugins.length];
        options[0] = "-tier";
        options[1] = tier;
        options[2] = "-d";
        options[3] = "plugin";
        for (int i = 0; i < plugins.length; i++) {
            options[4 + 2 * i] = "-plugin";
            options[5 + 2 * i] = plugins[i];
        }
        return PackagedProgram.with(options).run(temporary, guest.split(" ", -1));
    }

    private String run(String tier, String guest, String... plugins) throws Exception {
        var outcome = outcome(tier, guest, plugins);
        assertEquals(0, outcome.status(), outcome.errors());
        return outcome.errors();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void controlFlowIsListed(String tier) throws Exception {
        assertEquals("""
                collected 118 control flow nodes in the hash table
                  addr: 0x400248 fib+0x38: ret (branch)
                    branches 465
                      to 0x40022c (232)
                      to 0x40023c (232)
                      to 0x400080 (1)
                  addr: 0x400214 fib+0x4: b.cc 0x400248 (branch)
                    branches 233
                      to 0x400248 (233)
                """, run(tier, "bin/calls", "cflow,limit=2"));
        // the one branch of the program that has most destinations
        assertTrue(run(tier, "bin/calls", "cflow,sort=exceptions,limit=1")
                .contains("  addr: 0x4001a4 _start+0x12c: br x1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void faultsLeaveABlockEarly(String tier) throws Exception {
        String text = run(tier, "bin/sigsegv", "cflow,sort=early,limit=1");
        assertTrue(text.contains("(sync fault)\n    early exits "), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void instructionsAreCountedOneByOne(String tier) throws Exception {
        String text = run(tier, "bin/calls", "howvec,inline=on,count=bimm,limit=1");
        assertTrue(text.contains("Class:   Branch (imm)          \tcounted individually\n"), text);
        assertTrue(text.endsWith("""
                Individual Instructions:
                Instr: bl 0x400210             \t(232 hits)\t(op=0x97fffff6/  Branch (imm))\tfib+0x28
                """), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void resetAndUninstallCome(String tier) throws Exception {
        assertEquals("reset done\nuninstall done\nplugin exit\n", run(tier, "bin/calls", "reset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void theRateIsLimited(String tier) throws Exception {
        long start = System.nanoTime();
        run(tier, "bin/calls", "ips,ips=4k");
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        // 4427 instructions, all but the rest of the last tenth of a second; a limit below, so a slow machine passes
        assertTrue(took >= 900, took + " ms");
    }

    @ParameterizedTest
    @CsvSource({
        "1, icount=100:3, 3, icount reached at 0x40023c (fib+0x2c)",
        "2, icount=100:3, 3, icount reached at 0x40023c (fib+0x2c)",
        "1, addr=0x400254:0x11, 17, 0x400254 (tail+0x0) reached",
        "2, addr=0x400254:0x11, 17, 0x400254 (tail+0x0) reached",
        "1, addr=0x400254, 0, 0x400254 (tail+0x0) reached"
    })
    void theRunStops(String tier, String arguments, int status, String message) throws Exception {
        var outcome = outcome(tier, "bin/calls", "bb", "stoptrigger," + arguments);
        assertEquals(status, outcome.status(), outcome.errors());
        assertTrue(outcome.errors().startsWith(message + ", exiting\n"), outcome.errors());
        // the other plugin had its say
        assertTrue(outcome.errors().contains("Total: bb's: "), outcome.errors());
    }

    @Test
    void theCountIsExact() throws Exception {
        String text = outcome("2", "bin/calls", "insncount", "stoptrigger,icount=1000")
                .errors();
        // and the system call instruction; the plugin that was loaded last is called first
        assertTrue(text.contains("total insns: 1001\n"), text);
    }

    /// Two runs of one program agree; two programs part where they differ first.
    @ParameterizedTest
    @CsvSource({"bin/calls, true", "bin/conditions, false"})
    void twoRunsAreCompared(String second, boolean same) throws Exception {
        Path socket = temporary.resolve("socket");
        try (ExecutorService runs = Executors.newFixedThreadPool(2)) {
            Future<PackagedProgram.Outcome> first =
                    runs.submit(() -> outcome("1", "bin/calls", "lockstep,sockpath=" + socket));
            while (!Files.exists(socket)) {
                assertFalse(first.isDone(), "the first run does not wait");
                Thread.sleep(20);
            }
            Future<PackagedProgram.Outcome> other =
                    runs.submit(() -> outcome("2", second, "lockstep,verbose=on,sockpath=" + socket));
            String text = first.get().errors();
            String otherText = other.get().errors();
            assertEquals(0, first.get().status(), text);
            assertEquals(0, other.get().status(), otherText);
            if (same) {
                String rest = "No divergence :-)\nExecuted 1459/1459 blocks\nExecuted ~4427 instructions\n";
                assertEquals("setup_socket::ready\n" + rest, text);
                assertEquals("connect_socket::ready\n" + rest, otherText);
            } else {
                assertTrue(text.contains("too much divergence... giving up."), text);
                assertTrue(otherText.contains(" (1/0 since last)\n"), otherText);
                assertTrue(text.contains("  previously @ 0x0000000000400"), text);
            }
        }
        assertFalse(Files.exists(socket));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void coresHaveTheirOwnCaches(String tier) throws Exception {
        List<String> lines = run(tier, "bin/ctest-musl threads counter", "cache,cores=2,limit=1", "insncount")
                .lines()
                .toList();
        long insns = lines.stream()
                .filter(line -> line.startsWith("total insns: "))
                .mapToLong(line -> Long.parseLong(line.substring("total insns: ".length())))
                .sum();
        long[] fetches = lines.stream()
                .filter(line -> line.startsWith("0  ") || line.startsWith("1  ") || line.startsWith("sum  "))
                .mapToLong(line -> Long.parseLong(line.split(" +", -1)[4]))
                .toArray();
        assertEquals(3, fetches.length);
        assertTrue(fetches[0] > 0 && fetches[1] > 0);
        assertEquals(insns, fetches[0] + fetches[1]);
        assertEquals(insns, fetches[2]);
    }

    @ParameterizedTest
    @CsvSource({
        "'cache,dassoc=3', 'dcache cannot be constructed from given parameters: cache size must be divisible'",
        "'cache,cores=0', 'cores must be at least 1'",
        "'cache,evict=all', 'invalid eviction policy: all'",
        "'cflow,sort=no', 'failed to parse: no'",
        "'howvec,count=!no', 'no class of instructions is called no'",
        "'ips,ips=5', 'minimum of 10 instructions per second needed'",
        "'ips,ips=5x', 'bad suffix: x'",
        "'lockstep', 'Need a socket path to talk to other instance.'",
        "'lockstep,sockpath=/nonexistent/socket', 'cannot set up the socket /nonexistent/socket'",
        "'stoptrigger', '''icount'' or ''addr'' argument missing'",
        "'stoptrigger,icount=0', '''0'' must be a positive integer'",
        "'stoptrigger,addr=x:1', 'addr parsing failed: x:1'",
        "'reset,no=1', 'no=1'"
    })
    void wrongArgumentsGetALine(String plugin, String message) throws Exception {
        var outcome = outcome("1", "bin/hello", plugin);
        assertEquals(1, outcome.status());
        assertTrue(outcome.errors().contains(message), outcome.errors());
        assertFalse(outcome.errors().contains("\tat "), outcome.errors());
    }
}
