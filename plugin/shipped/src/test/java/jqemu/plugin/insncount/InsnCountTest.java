package jqemu.plugin.insncount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jqemu.plugin.api.PluginException;
import jqemu.plugin.testing.FakeBlock;
import jqemu.plugin.testing.FakeGuest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsnCountTest {
    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void countsPerVcpu(String inline) {
        FakeGuest guest = FakeGuest.with(new InsnCount(), "inline=" + inline);
        guest.setVcpuCount(2);
        FakeBlock block = guest.translate(0x1000, "nop", "nop", "ret");
        block.execute(0);
        block.execute(1);
        block.execute(1);
        assertEquals("cpu 0 insns: 3\ncpu 1 insns: 6\ntotal insns: 9\n", guest.exit());
    }

    @Test
    void sizesReplaceTheCounts() {
        FakeGuest guest = FakeGuest.with(new InsnCount(), "sizes=on");
        guest.translate(0x1000, "nop", "ret");
        guest.translate(0x2000, "ret");
        assertEquals("len 4 bytes: 3 insns\n", guest.exit());
    }

    @Test
    void matchesAreListedByInstruction() {
        FakeGuest guest = FakeGuest.with(new InsnCount(), "match=ldr", "match=nop", "inline=on");
        FakeBlock block = guest.translate(0x1000, "ldr x0, [x1]", "nop", "ldrb w0, [x1]");
        guest.translate(0x1000, "ldr x0, [x1]");
        block.execute(0);
        block.execute(0);
        assertEquals("""
                Created record for: 1000 ldr x0, [x1]
                Created record for: 1004 nop
                Created record for: 1008 ldrb w0, [x1]
                cpu 0 insns: 6
                total insns: 6
                Match: ldr, hits 4
                  1000: ldr x0, [x1] (hits 2)
                  1008: ldrb w0, [x1] (hits 2)
                Match: nop, hits 2
                  1004: nop (hits 2)
                """, guest.exit());
    }

    @Test
    void traceShowsDistances() {
        FakeGuest guest = FakeGuest.with(new InsnCount(), "match=svc", "trace=on");
        FakeBlock block = guest.translate(0x1000, "nop", "nop", "svc #0");
        block.execute(0);
        block.execute(0);
        assertEquals("""
                Created record for: 1008 svc #0
                0x1008, 'svc #0', 1 hits , cpu 0, 1 match hits, Δ+3 since last match, 3 avg insns/match
                0x1008, 'svc #0', 2 hits , cpu 0, 2 match hits, Δ+3 since last match, 3 avg insns/match
                """, guest.output());
    }

    @Test
    void unknownArgumentIsRefused() {
        PluginException e =
                assertThrows(PluginException.class, () -> FakeGuest.with(new InsnCount(), "inline=on", "colour=red"));
        assertEquals("option parsing failed: colour=red", e.getMessage());
    }
}
