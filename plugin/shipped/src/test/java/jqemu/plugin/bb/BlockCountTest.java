package jqemu.plugin.bb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jqemu.plugin.api.PluginException;
import jqemu.plugin.testing.FakeBlock;
import jqemu.plugin.testing.FakeGuest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockCountTest {
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void countsPerVcpuAndLeavesOutIdleOnes(String inline) {
        FakeGuest guest = FakeGuest.with(new BlockCount(), "inline=" + inline);
        guest.setVcpuCount(3);
        FakeBlock block = guest.translate(0x1000, "nop", "nop", "ret");
        block.execute(0);
        block.execute(2);
        guest.translate(0x2000, "ret").execute(2);
        assertEquals("""
                CPU0: bb's: 1, insns: 3
                CPU2: bb's: 2, insns: 4
                Total: bb's: 3, insns: 7
                """, guest.exit());
    }

    @Test
    void reportsIdlingVcpus() {
        FakeGuest guest = FakeGuest.with(new BlockCount(), "idle=on");
        guest.idle(0);
        guest.translate(0x1000, "ret").execute(0);
        guest.idle(0);
        assertEquals("Idling CPU0: bb's: 1, insns: 1\n", guest.output());
    }

    @Test
    void badFlagIsRefused() {
        PluginException e = assertThrows(PluginException.class, () -> FakeGuest.with(new BlockCount(), "inline=maybe"));
        assertEquals("boolean argument parsing failed: inline=maybe", e.getMessage());
    }
}
