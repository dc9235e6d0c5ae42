package jqemu.syscall.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a guest sees of how it was started, and what its caller sees of how it ended. The guest is
/// `src/test/guests/launchdump`, whose source says what it prints.
final class GuestLaunchIT {
    private static final Path ROOT = Path.of(System.getProperty("jqemu.root"));

    @TempDir
    Path temporary;

    record Outcome(int status, String output, String errors) {}

    /// Runs a line of shell, in which `$run` is the launcher and `$guest` the guest, with no other environment than
    /// `PATH`.
    private Outcome shell(String line) throws IOException, InterruptedException {
        Path output = temporary.resolve("output");
        Path errors = temporary.resolve("errors");
        String variables =
                "run='" + ROOT + "/scripts/jqemu-user'; guest='" + ROOT + "/syscall/src/test/guests/launchdump'; ";
        ProcessBuilder builder = new ProcessBuilder(PlainShell.command(variables + line))
                .directory(temporary.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        int status = builder.start().waitFor();
        return new Outcome(status, Files.readString(output, ISO_8859_1), Files.readString(errors, ISO_8859_1));
    }

    @Test
    void argumentsAndEnvironmentArriveByteForByte() throws Exception {
        Outcome outcome = shell("""
                exec env -i JAVA_TOOL_OPTIONS=-Xnonsense LD_LIBRARY_PATH=/nowhere a.b=c "$(printf 'x=\\377')" \\
                    "$run" -0 name "$guest" '' '@file' -strace "$(printf '\\351')"
                """);
        assertEquals(new Outcome(0, """
                        argument name
                        argument\s
                        argument @file
                        argument -strace
                        argument \u00e9
                        variable JAVA_TOOL_OPTIONS=-Xnonsense
                        variable LD_LIBRARY_PATH=/nowhere
                        variable a.b=c
                        variable x=\u00ff
                        """, ""), outcome);
    }

    @Test
    void optionsChangeTheGuestsEnvironmentOnly() throws Exception {
        Outcome outcome = shell("exec env -i A=1 B=2 \"$run\" -U A -E C=3 \"$guest\" x | grep variable");
        assertEquals(new Outcome(0, "variable B=2\nvariable C=3\n", ""), outcome);
    }

    @Test
    void theExitStatusIsTheGuests() throws Exception {
        assertEquals(new Outcome(0, "", ""), shell("exec $run $guest =exit 0"));
        assertEquals(new Outcome(7, "", ""), shell("exec $run $guest =exit 7"));
        assertEquals(new Outcome(255, "", ""), shell("exec $run $guest =exit 255"));
    }

    @Test
    void signalsArriveThroughTheScriptOverJnrToo() throws Exception {
        for (String options : new String[] {"", "-host jnr"}) {
            Outcome outcome = shell("exec $run " + options + " " + ROOT + "/test-binaries/bin/ctest-musl stacks ticks");
            assertEquals(0, outcome.status());
            assertTrue(outcome.output().matches("ticks deep in recursion: [1-9][0-9]* right\n"), outcome.output());
        }
    }

    @Test
    void aFatalSignalKillsUs() throws Exception {
        for (int signal : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 25}) {
            assertEquals(
                    128 + signal,
                    shell("ulimit -c 0; $run $guest =kill " + signal + " 2>/dev/null")
                            .status());
        }
    }

    /// `-tier 2` makes a region of every block. HotSpot's names are left of neither of a region's methods.
    @Test
    void perfIsToldTheNamesOfGuestFunctions() throws Exception {
        Outcome outcome = shell("$run -tier 2 -perfmap " + ROOT + "/test-binaries/bin/calls >/dev/null &"
                + " wait $!; grep -o ' fib$' /tmp/perf-$!.map | sort -u;"
                + " grep -E 'Region[$]Code.*(code|run)\\(' /tmp/perf-$!.map; rm /tmp/perf-$!.map");
        assertEquals(" fib\n", outcome.output());
    }

    @Test
    void perfsMapIsWrittenWhenASignalEndsTheGuest() throws Exception {
        Outcome outcome = shell("$run -perfmap $guest =kill 15 & wait $!; echo $?; rm /tmp/perf-$!.map");
        assertEquals("143\n", outcome.output());
        assertEquals(0, outcome.status(), outcome.errors());
    }

    @Test
    void aMapThatCannotBeWrittenIsOneLineAndTheStatusIsTheGuests() throws Exception {
        Outcome outcome = shell("ulimit -f 16; $run -perfmap $guest =exit 7 & wait $!; echo $?; rm /tmp/perf-$!.map");
        assertEquals("7\n", outcome.output());
        assertTrue(outcome.errors().matches("jqemu-user: -perfmap: /tmp/perf-[0-9]+\\.map: .*\n"), outcome.errors());
    }

    /// It is collected for a file, and not for standard error.
    @Test
    void whatAPluginPrintedIsWholeHoweverTheGuestEnds() throws Exception {
        for (String guest : new String[] {"hello", "sigsegv"}) {
            String program = ROOT + "/test-binaries/bin/" + guest;
            assertEquals(
                    "",
                    shell("ulimit -c 0; $run -d plugin -plugin execlog " + program + " 2>stderr >/dev/null;"
                                    + " $run -D file -d plugin -plugin execlog " + program
                                    + " >/dev/null; cmp stderr file;"
                                    + " test -s file || echo empty; rm stderr file")
                            .output());
        }
    }

    @Test
    void aPipeThatNobodyReadsKillsTheGuest() throws Exception {
        String endless = "{ $run $guest =cat </dev/zero; echo $? >status; } | head -c 1 >/dev/null; cat status";
        assertEquals("141\n", shell(endless).output());
        String ignored = "(trap '' PIPE; head -c 200000 /dev/zero | { $run $guest =cat; echo $? >status; }) | true;"
                + " cat status";
        assertEquals("0\n", shell(ignored).output());
    }

    @Test
    void standardStreamsAreTheCallers() throws Exception {
        assertEquals(new Outcome(0, "text", ""), shell("printf text | $run $guest =cat"));
    }

    @Test
    void closedDescriptorsAreClosedForTheGuest() throws Exception {
        assertEquals("0\n1\n2\n", shell("exec $run $guest =open").output());
        assertEquals("1\n2\n", shell("exec $run $guest =open <&-").output());
        assertEquals(
                "1\n2\n7\n", shell("exec $run $guest =open <&- 7</dev/null").output());
        assertEquals("0\n1\n", shell("exec $run $guest =open 2>&-").output());
    }
}
