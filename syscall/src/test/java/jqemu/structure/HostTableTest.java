package jqemu.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostCapability;
import jqemu.loader.host.JnrHost;
import org.junit.jupiter.api.Test;

/// The table in `docs/hosts.md` says what the hosts say of themselves.
class HostTableTest {
    @Test
    void everyCapabilityOfBothHosts() throws IOException {
        List<String> said = Files.readAllLines(Repository.ROOT.resolve("docs/hosts.md")).stream()
                .filter(line -> line.matches("\\| [A-Z_0-9]+ \\|.*"))
                .map(line -> line.replaceFirst("(\\| \\w+ \\| \\w+ \\| \\w+).*", "$1"))
                .toList();
        List<String> able = new ArrayList<>();
        for (HostCapability capability : HostCapability.values()) {
            able.add("| " + capability + " | " + answer(Host.open(), capability) + " | "
                    + answer(JnrHost.open(), capability));
        }
        assertEquals(able, said);
    }

    private static String answer(Host host, HostCapability capability) {
        return host.has(capability) ? "yes" : "no";
    }
}
