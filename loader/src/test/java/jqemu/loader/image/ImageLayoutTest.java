package jqemu.loader.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jqemu.loader.elf.ByteSource;
import jqemu.loader.elf.ElfBuilder;
import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.elf.ElfHeaders;
import org.junit.jupiter.api.Test;

final class ImageLayoutTest {
    private static final long LIMIT = 1L << 46;
    private static final long STACK = ProgramSpec.DEFAULT_STACK_SIZE;

    static ElfHeaders headers(ElfBuilder builder) throws Exception {
        return ElfHeaders.read(ByteSource.of(builder.build()), LIMIT);
    }

    private static ElfBuilder twoSegments(long base) {
        return new ElfBuilder()
                .entry(base + 0x123)
                .load(5, 0, base, 0x1234, 0x1234)
                .load(6, 0x1800, base + 0x11800, 0x100, 0x5001);
    }

    @Test
    void anExecutableStaysWhereItWasLinked() throws Exception {
        ImageLayout layout = new ImageLayout(headers(twoSegments(0x400000)), LIMIT, STACK);
        assertEquals(0, layout.bias());
        assertEquals(0x400123, layout.entry());
        assertEquals(0x400040, layout.programHeaders());
        assertEquals(0x400000, layout.startCode());
        assertEquals(0x401234, layout.endCode());
        assertEquals(0x411800, layout.startData());
        assertEquals(0x411900, layout.endData());
        assertEquals(0x400000, layout.imageStart());
        assertEquals(0x417000, layout.imageEnd());
        assertEquals(STACK, layout.stackHigh() - layout.stackLow());
        assertEquals(4096, layout.stackLow() - layout.guardLow());
        assertTrue(layout.stackHigh() < LIMIT);
    }

    @Test
    void aStaticPieIsPutAtTwoThirdsOfTheAddressSpace() throws Exception {
        ElfBuilder pie = twoSegments(0).type(3).programHeader(ElfBuilder.PT_LOAD, 4, 0, 0x400000, 0x10, 0x10, 0x200000);
        ImageLayout layout = new ImageLayout(headers(pie), LIMIT, STACK);
        assertEquals(0x2aaaaaa00000L, layout.bias());
        assertEquals(layout.bias() + 0x123, layout.entry());
        assertEquals(layout.bias() + 0x40, layout.programHeaders());
        assertEquals(layout.bias() + 0x1234, layout.endCode());
        assertEquals(layout.bias() + 0x401000, layout.imageEnd());
    }

    @Test
    void aLargePieIsPutLow() throws Exception {
        ElfBuilder pie = new ElfBuilder().type(3).load(6, 0, 0, 0x1000, LIMIT / 2);
        ImageLayout layout = new ImageLayout(headers(pie), LIMIT, STACK);
        assertEquals(0x10000, layout.bias());
    }

    @Test
    void programHeadersOutsideTheSegmentsHaveNoAddress() throws Exception {
        ElfHeaders headers = headers(new ElfBuilder().load(5, 0x1000, 0x401000, 0x10, 0x10));
        assertEquals(0, new ImageLayout(headers, LIMIT, STACK).programHeaders());
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        ElfHeaders all = headers(new ElfBuilder().load(6, 0, 0, 0x1000, LIMIT));
        assertThrows(ElfFormatException.class, () -> new ImageLayout(all, LIMIT, STACK));
        ElfHeaders aligned =
                headers(new ElfBuilder().type(3).programHeader(ElfBuilder.PT_LOAD, 5, 0, 0, 16, 16, 1L << 60));
        assertThrows(ElfFormatException.class, () -> new ImageLayout(aligned, LIMIT, STACK));
        ElfHeaders small = headers(twoSegments(0x400000));
        assertThrows(ElfFormatException.class, () -> new ImageLayout(small, LIMIT, LIMIT));
    }

    @Test
    void stackSizes() {
        assertEquals(8 << 20, ProgramSpec.stackSize(0, -1));
        assertEquals(8 << 20, ProgramSpec.stackSize(0, 1 << 20));
        assertEquals(64 << 20, ProgramSpec.stackSize(0, 64 << 20));
        assertEquals(1 << 20, ProgramSpec.stackSize(1 << 20, 64 << 20));
        assertEquals(131072, ProgramSpec.stackSize(1, -1));
        assertEquals(135168, ProgramSpec.stackSize(131073, -1));
    }
}
