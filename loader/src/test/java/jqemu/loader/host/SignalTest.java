package jqemu.loader.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jqemu.loader.ChildJvm;
import jqemu.loader.NeedsNativeHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signals that somebody sends reach the right thread with their siginfo, and are never left waiting.
@NeedsNativeHost
class SignalTest {
    /// Signals that are sent at random moments around blocking calls.
    private static final String SIGNALS = Boolean.getBoolean("jqemu.full") ? "20000" : "2000";

    private static ChildJvm.Result run(String... args) throws Exception {
        return ChildJvm.run(List.of("-Xrs"), SignalProgram.class, args);
    }

    @ParameterizedTest
    @CsvSource({
        "thread, -4, 10, -6",
        "restart, -512, 10, -6",
        "process, -4, 10, 0",
        "realtime, -4, 64, 0",
        "early, -512, 10, -6",
        "segvCaught, 0, 11, -6",
        "fpeCaught, 0, 8, -6"
    })
    void signalIsKeptInTheSlot(String scenario, int result, int signal, int code) throws Exception {
        ChildJvm.Result child = run(scenario);
        String expected = "result " + result + " pending true signal " + signal + " code " + code + " poll -1\n";
        assertEquals("0: " + expected, child.status() + ": " + child.output());
    }

    @Test
    void ignoredFaultSignalChangesNothing() throws Exception {
        assertEquals(
                "0: result 0 pending false signal 0 code 0 poll 1000\n",
                run("segvIgnored").status() + ": " + run("segvIgnored").output());
    }

    @Test
    void sentFaultSignalKills() throws Exception {
        assertEquals(new ChildJvm.Result(139, ""), run("segvDefault"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"race", "raceRestart"})
    void noSignalIsLeftBehindABlockingCall(String scenario) throws Exception {
        ChildJvm.Result child = run(scenario, SIGNALS);
        assertTrue(child.output().contains("served " + SIGNALS + "\n"), child.output());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 8, 9, 11, 13, 15, 34, 64})
    void deathIsByTheTrueSignal(int signal) throws Exception {
        assertEquals(new ChildJvm.Result(128 + signal, ""), run("die", Integer.toString(signal)));
    }

    @Test
    void exitEndsEverything() throws Exception {
        assertEquals(new ChildJvm.Result(42, ""), run("exit"));
    }
}
