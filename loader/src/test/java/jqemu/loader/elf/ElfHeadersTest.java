package jqemu.loader.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ElfHeadersTest {
    private static final long LIMIT = 1L << 36;

    private static ElfBuilder program() {
        return new ElfBuilder()
                .load(Segment.READ | Segment.EXECUTE, 0, 0x400000, 0x1000, 0x1000)
                .load(Segment.READ | Segment.WRITE, 0x1800, 0x411800, 0x100, 0x5000);
    }

    private static ElfHeaders read(byte[] bytes) throws ElfFormatException, IOException {
        return ElfHeaders.read(ByteSource.of(bytes), LIMIT);
    }

    private static ElfFormatException refusal(byte[] bytes) {
        ElfFormatException refusal = assertThrows(ElfFormatException.class, () -> read(bytes));
        assertFalse(refusal.line("x").contains("\n"));
        return refusal;
    }

    /// Overwrites a little-endian field of the valid program.
    private static byte[] with(int at, int width, long value) {
        byte[] bytes = program().build();
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }

    @Test
    void readsTheSegmentsOfAnExecutable() throws Exception {
        ElfHeaders headers = read(program().build());
        assertFalse(headers.isPositionIndependent());
        assertEquals(0x400000, headers.entry());
        assertEquals(2, headers.segmentCount());
        assertEquals(2, headers.tableCount());
        assertEquals(64, headers.tableOffset());
        assertEquals(0x400000, headers.lowest());
        assertEquals(0x416800, headers.highest());
        assertEquals(new Segment(0x411800, 0x5000, 0x1800, 0x100, 6, 4096), headers.segment(1));
        assertFalse(headers.hasExecutableStack());
    }

    @Test
    void skipsEmptySegmentsAndOtherTypes() throws Exception {
        ElfHeaders headers = read(program()
                .load(4, 0x99999, 0x123, 0, 0)
                .programHeader(ElfBuilder.PT_GNU_STACK, 7, 0, 0, 0, 0, 16)
                .build());
        assertEquals(2, headers.segmentCount());
        assertEquals(4, headers.tableCount());
        assertTrue(headers.hasExecutableStack());
    }

    @Test
    void anInterpreterIsNotSupportedYet() {
        ElfFormatException refusal = refusal(
                program().programHeader(ElfBuilder.PT_INTERP, 4, 0, 0, 8, 8, 1).build());
        assertEquals(
                "jqemu-user: ./prog: dynamically linked: not supported yet, link with -static", refusal.line("./prog"));
        assertEquals(255, refusal.exitStatus());
    }

    @Test
    void whatIsNoElfFileIsAnExecFormatError() {
        for (byte[] bytes :
                new byte[][] {{}, {0x7f, 'E', 'L', 'F'}, "#!/bin/sh\n".repeat(9).getBytes(StandardCharsets.US_ASCII)}) {
            ElfFormatException refusal = refusal(bytes);
            assertEquals("Error while loading ./x: Exec format error", refusal.line("./x"));
            assertEquals(1, refusal.exitStatus());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1, 1, Invalid ELF image for this architecture (32-bit)",
        "4, 1, 7, Invalid ELF image for this architecture (unknown class)",
        "5, 1, 2, Invalid ELF image for this architecture (big-endian)",
        "6, 1, 0, unknown ELF version",
        "16, 2, 1, Invalid ELF image for this architecture (an object file)",
        "16, 2, 4, Invalid ELF image for this architecture (a core file)",
        "18, 2, 62, 'Invalid ELF image for this architecture (machine 62, not 183 (AArch64))'",
        "54, 2, 32, 'Invalid ELF image for this architecture (program headers of 32 bytes, not 56)'",
        "56, 2, 0, no program headers",
        "56, 2, 0xffff, too many program headers: 65535",
        "56, 2, 1000, program headers lie past the end of the file",
        "32, 8, 0x3000, program headers lie past the end of the file",
        "32, 8, -8, program headers lie past the end of the file",
        "32, 8, 0x7fffffffffffffff, program headers lie past the end of the file",
    })
    void badElfHeaders(int at, int width, String value, String message) {
        ElfFormatException refusal = refusal(with(at, width, Long.decode(value)));
        assertEquals(message, refusal.getMessage());
        assertEquals(255, refusal.exitStatus());
    }

    /// Offsets are those in a program header; the second one, which has the index 1, is changed.
    @ParameterizedTest
    @CsvSource({
        "8, 0x7fffffffffff1800, lies past the end of the file",
        "8, -0x800, lies past the end of the file",
        "8, 0x2f800, lies past the end of the file",
        "8, 0x1804, has a file offset that does not fit its address",
        "16, -0x800, begins outside the guest's address space",
        "16, 0x1000000800, begins outside the guest's address space",
        "16, 0xffffff800, reaches past the end of the guest's address space",
        "32, 0x5001, is larger in the file than in memory",
        "32, -1, is larger in the file than in memory",
        "40, -1, reaches past the end of the guest's address space",
        "40, 0x4000000000000000, reaches past the end of the guest's address space",
        "48, 3, has an alignment that is no power of two",
        "48, 0x1001, has an alignment that is no power of two",
    })
    void badSegments(int at, String value, String message) {
        assertEquals(
                "program header 1 " + message,
                refusal(with(64 + 56 + at, 8, Long.decode(value))).getMessage());
    }

    @Test
    void overlappingSegments() {
        assertEquals(
                "segments overlap at 0x400800",
                refusal(with(64 + 56 + 16, 8, 0x400800)).getMessage());
    }

    @Test
    void noSegments() {
        byte[] bytes = new ElfBuilder()
                .programHeader(ElfBuilder.PT_GNU_STACK, 6, 0, 0, 0, 0, 16)
                .build();
        assertEquals("no loadable segment", refusal(bytes).getMessage());
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] bytes = program().build();
        for (int length = 0; length < 0x1900; length++) {
            refusal(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void manySegmentsAreComparedInTime() throws Exception {
        ElfBuilder builder = new ElfBuilder().size(0x20000);
        for (int i = 0; i < 1170; i++) {
            builder.load(4, 0, 0x10000L * i, 0x10, 0x10000);
        }
        assertEquals(1170, read(builder.build()).segmentCount());
        byte[] bytes = builder.build();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(56, (short) 1171);
        refusal(bytes);
    }
}
