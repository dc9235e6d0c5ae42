package jqemu.plugin.mem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jqemu.plugin.api.MemoryInfo;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.testing.FakeGuest;
import jqemu.plugin.testing.FakeInstruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCountTest {
    private static final MemoryInfo LOAD8 = new MemoryInfo(3, false, false, false);
    private static final MemoryInfo STORE8 = new MemoryInfo(3, false, false, true);
    private static final MemoryInfo LOAD1 = new MemoryInfo(0, false, false, false);
    private static final MemoryInfo STORE4 = new MemoryInfo(2, false, false, true);
    private static final MemoryInfo STORE16 = new MemoryInfo(4, false, false, true);

    private static FakeInstruction instruction(FakeGuest guest) {
        return guest.translate(0x400100, "insn").instruction(0);
    }

    @ParameterizedTest
    @CsvSource({
        "inline=on, track=rw, 3",
        "inline=on, track=r, 2",
        "callback=on, track=w, 1",
        "callback=on, track=rw, 3",
        "callback=on, track=r, 2"
    })
    void counts(String how, String track, int expected) {
        FakeGuest guest = FakeGuest.with(new MemoryCount(), how, track);
        FakeInstruction insn = instruction(guest);
        insn.access(0, 0x1000, LOAD8, 1, 0);
        insn.access(0, 0x1000, STORE8, 1, 0);
        insn.access(1, 0x1000, LOAD1, 1, 0);
        assertEquals("mem accesses: " + expected + "\n", guest.exit());
    }

    @Test
    void withoutArgumentsItDoesNothing() {
        FakeGuest guest = FakeGuest.with(new MemoryCount());
        instruction(guest).access(0, 0x1000, LOAD8, 1, 0);
        assertEquals("", guest.exit());
    }

    @Test
    void userModeHasNoDevices() {
        FakeGuest guest = FakeGuest.with(new MemoryCount(), "callback=on", "haddr=on");
        instruction(guest).access(0, 0x1000, LOAD8, 1, 0);
        assertEquals("mem accesses: 1\nio accesses: 0\n", guest.exit());
    }

    @Test
    void printsAccesses() {
        FakeGuest guest = FakeGuest.with(new MemoryCount(), "print-accesses=on");
        instruction(guest).access(0, 0x7fff12, LOAD1, 0xab, 0);
        FakeInstruction nameless = guest.translate(0x500000, "insn").instruction(0);
        nameless.access(0, 0x2000, STORE4, 0x12, 0);
        nameless.access(0, 0x2000, STORE16, -1, 1);
        assertEquals("""
                insn_vaddr,insn_symbol,mem_vaddr,mem_hwaddr,access_size,access_type,mem_value
                0x400100,main,0x7fff12,0x0,8,load,0xab
                0x500000,,0x2000,0x0,32,store,0x00000012
                0x500000,,0x2000,0x0,128,store,0x0000000000000001ffffffffffffffff
                """, guest.exit());
    }

    @Test
    void regionsCompareLoadsWithStores() {
        FakeGuest guest = FakeGuest.with(new MemoryCount(), "region-summary=on", "inline=on");
        FakeInstruction insn = instruction(guest);
        insn.access(0, 0x4010, STORE8, 0x1122334455667788L, 0);
        insn.access(0, 0x4011, LOAD1, 0x77, 0);
        insn.access(0, 0x4ff0, STORE16, 5, 6);
        insn.access(0, -8, LOAD8, 3, 0);
        insn.access(0, -8, LOAD8, 3, 0);
        assertEquals("""
                Warning: 0xffffffffffffc000:16376 read an un-instrumented value
                mem accesses: 5
                Region Base, Reads, Writes, Seen all
                0x0000000000004000, 1, 2, true
                0xffffffffffffc000, 2, 0, false
                """, guest.exit());
    }

    @Test
    void accessesThatSpanRegionsAreKeptInBoth() {
        FakeGuest guest = FakeGuest.with(new MemoryCount(), "region-summary=on");
        FakeInstruction insn = instruction(guest);
        insn.access(0, 0x7ffc, STORE8, 0x1122334455667788L, 0);
        insn.access(0, 0x8000, LOAD1, 0x44, 0);
        insn.access(0, 0x7ffc, LOAD8, 0x1122334455667788L, 0);
        assertEquals("""
                Region Base, Reads, Writes, Seen all
                0x0000000000004000, 1, 1, true
                0x0000000000008000, 1, 0, true
                """, guest.exit());
    }

    @Test
    void contradictionsAreRefused() {
        assertThrows(PluginException.class, () -> FakeGuest.with(new MemoryCount(), "inline=on", "callback=on"));
        PluginException e = assertThrows(PluginException.class, () -> FakeGuest.with(new MemoryCount(), "track=x"));
        assertEquals("invalid value for argument track: track=x", e.getMessage());
    }
}
