package jqemu.loader.image;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import jqemu.loader.elf.ElfBuilder;
import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.elf.ElfHeaders;
import org.junit.jupiter.api.Test;

final class StackImageTest {
    private static final byte[] NOT_UTF8 = {'x', (byte) 0xff, (byte) 0xfe};

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] strings(byte[]... strings) {
        return strings;
    }

    static ProgramSpec spec(byte[][] arguments, byte[][] environment) {
        return new ProgramSpec(
                ascii("./prog"),
                arguments,
                environment,
                ProgramSpec.DEFAULT_STACK_SIZE,
                new CpuFacts(0x8fb, 0x42, 0x7),
                new Credentials(1000, -2, 100, 100),
                StartRandom.seeded(7));
    }

    /// The stack, read back as the program would.
    private static final class Reader {
        final StackImage stack;
        final ImageLayout layout;
        final ByteBuffer bytes;

        Reader(ProgramSpec spec) throws Exception {
            ElfHeaders headers = ImageLayoutTest.headers(new ElfBuilder().load(5, 0, 0x400000, 0x1000, 0x1000));
            layout = new ImageLayout(headers, 1L << 46, spec.stackSize());
            stack = new StackImage(layout, headers, spec);
            bytes = ByteBuffer.wrap(stack.content()).order(ByteOrder.LITTLE_ENDIAN);
        }

        long word(int index) {
            return bytes.getLong(8 * index);
        }

        byte[] string(long vaddr) {
            int start = (int) (vaddr - stack.stackPointer());
            int end = start;
            while (bytes.get(end) != 0) {
                end++;
            }
            return bytes(vaddr, end - start);
        }

        byte[] bytes(long vaddr, int length) {
            byte[] copy = new byte[length];
            bytes.get((int) (vaddr - stack.stackPointer()), copy);
            return copy;
        }
    }

    @Test
    void theProgramFindsItsArgumentsAndEnvironment() throws Exception {
        Reader reader =
                new Reader(spec(strings(ascii("prog"), NOT_UTF8, ascii("")), strings(ascii("A=1"), ascii("B="))));
        assertEquals(0, reader.stack.stackPointer() % 16);
        assertEquals(reader.layout.stackHigh(), reader.stack.stackPointer() + reader.bytes.capacity());
        assertEquals(3, reader.word(0));
        assertArrayEquals(ascii("prog"), reader.string(reader.word(1)));
        assertArrayEquals(NOT_UTF8, reader.string(reader.word(2)));
        assertArrayEquals(ascii(""), reader.string(reader.word(3)));
        assertEquals(0, reader.word(4));
        assertArrayEquals(ascii("A=1"), reader.string(reader.word(5)));
        assertArrayEquals(ascii("B="), reader.string(reader.word(6)));
        assertEquals(0, reader.word(7));
        assertEquals(reader.word(1), reader.stack.argumentsStart());
        assertEquals(reader.word(5), reader.stack.argumentsEnd());
        assertEquals(reader.word(3) + 1, reader.word(5), "the strings lie without gaps");
        assertEquals(reader.word(6) + 3, reader.stack.environmentEnd());
    }

    @Test
    void theAuxiliaryVectorIsComplete() throws Exception {
        Reader reader = new Reader(spec(strings(ascii("prog")), strings()));
        Map<Long, Long> auxv = new TreeMap<>();
        int index = 4;
        for (; reader.word(index) != 0; index += 2) {
            auxv.put(reader.word(index), reader.word(index + 1));
        }
        long random = requireNonNull(auxv.remove(25L));
        long path = requireNonNull(auxv.remove(31L));
        long platform = requireNonNull(auxv.remove(15L));
        Map<Long, Long> expected = new TreeMap<>(Map.of(
                3L,
                0x400040L,
                4L,
                56L,
                5L,
                1L,
                6L,
                4096L,
                7L,
                0L,
                8L,
                0L,
                9L,
                0x400000L,
                11L,
                1000L,
                12L,
                0xfffffffeL,
                13L,
                100L));
        expected.putAll(Map.of(14L, 100L, 16L, 0x8fbL, 17L, 100L, 23L, 1L, 26L, 0x42L, 29L, 0x7L));
        assertEquals(expected, auxv);
        assertArrayEquals(StartRandom.seeded(7), reader.bytes(random, 16));
        assertArrayEquals(ascii("./prog"), reader.string(path));
        assertArrayEquals(ascii("aarch64"), reader.string(platform));
        byte[] copy = reader.stack.auxv();
        assertEquals((index + 2 - 4) * 8, copy.length);
        assertArrayEquals(reader.bytes(reader.stack.stackPointer() + 32, copy.length), copy);
    }

    @Test
    void alignmentHoldsForAllLengths() throws Exception {
        for (int length = 0; length < 40; length++) {
            Reader reader = new Reader(spec(strings(new byte[0]), strings(ascii("x".repeat(length)))));
            assertEquals(0, reader.stack.stackPointer() % 16);
            assertArrayEquals(ascii("x".repeat(length)), reader.string(reader.word(3)));
        }
    }

    @Test
    void noArgumentsAtAll() throws Exception {
        Reader reader = new Reader(spec(strings(), strings()));
        assertEquals(0, reader.word(0));
        assertEquals(0, reader.word(1));
        assertEquals(0, reader.word(2));
        assertEquals(3, reader.word(3));
    }

    @Test
    void tooLongArgumentLists() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        java.util.Arrays.fill(megabyte, (byte) 'a');
        byte[][] fits = strings(megabyte, megabyte, megabyte, megabyte, megabyte);
        assertEquals(5, new Reader(spec(fits, strings())).word(0));
        byte[][] tooLong = strings(megabyte, megabyte, megabyte, megabyte, megabyte, megabyte);
        ElfFormatException refusal = assertThrows(ElfFormatException.class, () -> new Reader(spec(strings(), tooLong)));
        assertEquals("Error while loading ./prog: Argument list too long", refusal.line("./prog"));
        assertEquals(1, refusal.exitStatus());
    }

    @Test
    void aSeedGivesTheSameBytesAndAnotherSeedOthers() throws Exception {
        assertArrayEquals(StartRandom.seeded(1), StartRandom.seeded(1));
        assertFalse(java.util.Arrays.equals(StartRandom.seeded(1), StartRandom.seeded(2)));
        assertEquals(16, StartRandom.fresh().length);
    }
}
