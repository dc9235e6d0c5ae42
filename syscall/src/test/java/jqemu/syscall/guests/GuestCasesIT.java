package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every case of `test-binaries/cases` prints and ends as it did under QEMU.
///
/// `mvn verify` runs each once, but the wild accesses, which are [WildAccessIT]'s. With `-Pfull` every case is also run
/// over the other host seam, with one instruction to a block, and under plugins, none of which may change what the
/// guest does.
@Execution(ExecutionMode.CONCURRENT)
final class GuestCasesIT {
    /// A way to run guests.
    ///
    /// @param missing why a case cannot work this way, by the case's name; such a case is skipped
    private record Configuration(
            String name, PackagedProgram program, Predicate<GuestCase> applies, Map<String, String> missing) {}

    /// Through JNR a signal does not end a blocking system call, its siginfo says no more than the number, and one
    /// that a thread sends to itself comes a little later than the call returns.
    private static final Map<String, String> NOT_OVER_JNR = Map.ofEntries(
            Map.entry("alarm", "needs HostCapability.INTERRUPTIBLE_SYSCALL"),
            Map.entry("alarm-waits", "needs HostCapability.INTERRUPTIBLE_SYSCALL"),
            Map.entry("threads-signals", "needs HostCapability.INTERRUPTIBLE_SYSCALL"),
            Map.entry("signals", "needs HostCapability.PRECISE_SIGNALS"),
            Map.entry("altstack", "needs HostCapability.PRECISE_SIGNALS"),
            Map.entry("jump", "needs HostCapability.PRECISE_SIGNALS"),
            Map.entry("stacks", "needs HostCapability.PRECISE_SIGNALS"),
            Map.entry("stacks-whole", "needs HostCapability.PRECISE_SIGNALS"),
            Map.entry("bash", "needs HostCapability.PRECISE_SIGNALS"),
            Map.entry("zsh", "needs HostCapability.PRECISE_SIGNALS"),
            Map.entry("events", "needs HostCapability.INTERRUPTIBLE_SYSCALL"),
            Map.entry("self", "needs HostCapability.UNCHECKED_ACCESS"),
            Map.entry("endings/bus", "needs HostCapability.UNCHECKED_ACCESS"),
            Map.entry("bash-terminal", "needs HostCapability.AGENT"),
            Map.entry("processes", "needs HostCapability.AGENT"),
            Map.entry("shared", "needs HostCapability.AGENT"),
            Map.entry("busybox/proc", "needs HostCapability.AGENT"),
            Map.entry("busybox/zcat", "needs HostCapability.AGENT"),
            Map.entry("busybox/processes", "needs HostCapability.AGENT"),
            Map.entry("busybox/name", "needs HostCapability.AGENT"),
            Map.entry("busybox/web", "needs HostCapability.AGENT"),
            Map.entry("bash-processes", "needs HostCapability.AGENT"),
            Map.entry("zsh-processes", "needs HostCapability.AGENT"));

    private static final Map<String, String> NOT_INTERPRETED = Map.of("stacks-whole", "takes minutes");

    private static List<Configuration> configurations() {
        List<Configuration> all = new ArrayList<>();
        Predicate<GuestCase> every = testCase -> true;
        Predicate<GuestCase> noFault = testCase -> !testCase.name().startsWith("fault/");
        Predicate<GuestCase> quick = testCase -> !testCase.name().equals("stacks-whole");
        boolean full = Boolean.getBoolean("jqemu.full");
        all.add(new Configuration("default", PackagedProgram.with(), full ? noFault : noFault.and(quick), Map.of()));
        if (full) {
            all.add(new Configuration("interpreter", PackagedProgram.with("-tier", "1"), every, NOT_INTERPRETED));
            all.add(new Configuration("compile everything", PackagedProgram.with("-tier", "2"), every, Map.of()));
            all.add(new Configuration("jnr", PackagedProgram.with("-host", "jnr"), every, NOT_OVER_JNR));
            all.add(new Configuration("one-insn-per-tb", PackagedProgram.with("-one-insn-per-tb"), every, Map.of()));
            PackagedProgram watched =
                    PackagedProgram.with("-plugin", "insncount,inline=on", "-plugin", "mem,callback=on");
            all.add(new Configuration("plugins", watched, every, Map.of()));
        }
        return all;
    }

    @TestFactory
    Stream<DynamicContainer> everyCase() throws IOException {
        List<GuestCase> cases = GuestCase.readAll();
        return configurations().stream()
                .map(configuration -> dynamicContainer(
                        configuration.name(),
                        cases.stream().filter(configuration.applies()).map(testCase -> test(configuration, testCase))));
    }

    private static DynamicTest test(Configuration configuration, GuestCase testCase) {
        return dynamicTest(testCase.title(), () -> {
            assumeTrue(Files.isRegularFile(testCase.program()), () -> "absent: " + testCase.program());
            skipWhatIsMissing(configuration.missing(), testCase);
            assertEquals(testCase.expected(), testCase.run(configuration.program()));
        });
    }

    private static void skipWhatIsMissing(Map<String, String> reasons, GuestCase testCase) {
        String reason = reasons.get(testCase.name());
        assumeTrue(reason == null, () -> testCase.title() + ": " + reason);
    }
}
