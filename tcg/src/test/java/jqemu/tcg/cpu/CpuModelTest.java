package jqemu.tcg.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What the CPU models announce. The values of the named ones are those of qemu-aarch64 11.1.3.
final class CpuModelTest {
    private static CpuModel cpu(String name) {
        return Objects.requireNonNull(CpuModel.named(name));
    }

    private static void check(String name, long hwcap, long midr, long pfr0, long pfr1, long isar0, long isar1) {
        CpuModel cpu = cpu(name);
        assertEquals(name, cpu.name());
        assertEquals(hwcap, cpu.hwcap());
        assertEquals(0, cpu.hwcap2());
        assertEquals(midr, cpu.identification(0, 0));
        assertEquals(pfr0, cpu.identification(4, 0));
        assertEquals(pfr1, cpu.identification(4, 1));
        assertEquals(isar0, cpu.identification(6, 0));
        assertEquals(isar1, cpu.identification(6, 1));
        assertEquals(0, cpu.identification(6, 2));
        assertEquals(6, cpu.identification(5, 0));
        assertEquals(0xff00_0000L, cpu.identification(7, 0));
        assertEquals(62_500_000, cpu.counterHz());
    }

    @Test
    void namedModelsAnnounceWhatQemuAnnounces() {
        check("cortex-a53", 0x8fb, 0x410f_d034L, 0x11, 0, 0x11120, 0);
        check("cortex-a72", 0x8fb, 0x410f_d083L, 0x11, 0, 0x11120, 0);
        check("cortex-a76", 0x119ffb, 0x414f_d0b1L, 0x110011, 0x10, 0x1000_1021_1120L, 0x10_0001);
        check("neoverse-n1", 0x119ffb, 0x414f_d0c1L, 0x110011, 0x20, 0x1000_1021_1120L, 0x10_0001);
        assertNull(CpuModel.named("z80"));
    }

    @Test
    void maxAnnouncesNoLse2NoSveNoSmeNoMte() {
        CpuModel max = CpuModel.max();
        assertEquals(0, max.hwcap() & (1L << 25 | 1L << 22 | 1L << 30 | 1L << 31));
        assertEquals(0, max.identification(4, 4));
        assertEquals(0, max.identification(4, 5));
        assertEquals(0x21, max.identification(4, 1));
        assertEquals(0, max.identification(7, 2));
        assertEquals(1_000_000_000, max.counterHz());
    }

    @Test
    void pointerAuthenticationNamesItsAlgorithm() {
        CpuModel own = CpuModel.max().with(Feature.PAUTH).with(Feature.PAUTH_IMPDEF);
        assertTrue(own.has(Feature.PAUTH));
        assertFalse(CpuModel.max().has(Feature.PAUTH));
        assertEquals(0x500, own.identification(6, 1) & 0xff0);
        CpuModel architected = CpuModel.max().with(Feature.PAUTH).with(Feature.PAUTH_QARMA5);
        assertEquals(0x050, architected.identification(6, 1) & 0xff0);
        assertEquals(3L << 30, own.hwcap() & 3L << 30);
    }
}
