package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every system call that QEMU 10 answers with anything but ENOSYS is answered here too. What it answers was recorded
/// by
/// the guest `probe` in `test-binaries/expected/probe.answered`.
final class SyscallScopeIT {
    @TempDir
    private Path folder;

    @Test
    void whatQemuAnswersIsAnswered() throws IOException, InterruptedException {
        Set<String> missing =
                new TreeSet<>(Files.readAllLines(PackagedProgram.TEST_BINARIES.resolve("expected/probe.answered")));
        missing.removeIf(line -> line.startsWith("#"));
        assertTrue(missing.size() > 240, missing.size() + " recorded");
        Set<String> answered = new TreeSet<>(
                PackagedProgram.with().run(folder, "bin/probe").output().lines().toList());
        missing.removeAll(answered);
        assertEquals(Set.of(), missing);
        assertTrue(answered.contains("435"), "clone3, which QEMU refuses");
    }
}
