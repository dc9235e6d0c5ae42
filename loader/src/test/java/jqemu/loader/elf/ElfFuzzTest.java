package jqemu.loader.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Runs [ElfFuzz] in a JVM with a heap of 64 MiB.
///
/// `scripts/fuzz-elf` runs the same with more mutations.
final class ElfFuzzTest {
    private static final String COUNT = System.getProperty("jqemu.fuzz.count", "2000");
    private static final String SEED = System.getProperty("jqemu.fuzz.seed", "1");

    @Test
    void damagedFilesAreRefusedInASmallHeap() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ElfFuzz.class.getName(),
                        COUNT,
                        SEED)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), output);
        assertEquals(0, process.exitValue(), output);
        assertTrue(output.startsWith(COUNT + " mutations, "), output);
        System.out.print(output);
    }
}
