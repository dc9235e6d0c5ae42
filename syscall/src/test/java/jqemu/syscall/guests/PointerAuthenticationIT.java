package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pointer authentication, which is not announced by default, checks what `src/asm/pauth.S` says, with both algorithms.
final class PointerAuthenticationIT {
    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"max,pauth=on | 1", "max,pauth=on | 2", "max,pauth-qarma5=on | 1", "max,pauth-qarma5=on | 2"})
    void pointersAreSignedAndChecked(String cpu, String tier) throws Exception {
        var outcome = PackagedProgram.with("-cpu", cpu, "-tier", tier).run(temporary, "bin/pauth");
        assertEquals(new PackagedProgram.Outcome(0, "", ""), outcome);
    }
}
