package jqemu.loader.elf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import jqemu.loader.image.ImageLayout;

/// Feeds damaged ELF files to the header and symbol readers.
///
/// A main class, so that it runs in a JVM with a small heap: whatever the readers believe of a
/// hostile file, it must not become memory. The only way out that is allowed is
/// [ElfFormatException]; the process ends with status 0 if it was.
public final class ElfFuzz {
    private static final long LIMIT = 1L << 46;
    private static final long[] VALUES = {
        0,
        1,
        2,
        7,
        24,
        56,
        64,
        0xff,
        0x1000,
        0xffff,
        0x10000,
        0x7fffffff,
        0x80000000L,
        0xffffffffL,
        1L << 46,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -8,
        -4096
    };

    private final SplittableRandom random;
    private int accepted;
    private int functions;

    /// Makes damaged files, the same ones for the same seed.
    public ElfFuzz(long seed) {
        random = new SplittableRandom(seed);
    }

    /// Runs the number of mutations given first, from the seed given second.
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        List<byte[]> samples = List.of(sample("tiny"), sample("tiny-debugdata"), compressed(), bomb());
        ElfFuzz fuzz = new ElfFuzz(seed);
        for (int i = 0; i < count; i++) {
            byte[] bytes = fuzz.mutate(samples.get(i % samples.size()));
            try {
                fuzz.readAll(bytes);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", mutation " + i, e);
            }
        }
        System.out.println(count + " mutations, " + fuzz.accepted + " accepted, " + fuzz.functions + " functions");
    }

    private void readAll(byte[] bytes) throws IOException {
        ByteSource file = ByteSource.of(bytes);
        try {
            ElfHeaders headers = ElfHeaders.read(file, LIMIT);
            ImageLayout layout = new ImageLayout(headers, LIMIT, 8 << 20);
            accepted++;
            if (layout.imageStart() < 0 || layout.imageEnd() > layout.guardLow()) {
                throw new AssertionError("accepted a program that does not fit");
            }
            if (headers.lowest() < 0 || headers.highest() > LIMIT || headers.lowest() >= headers.highest()) {
                throw new AssertionError("accepted segments outside the address space");
            }
        } catch (ElfFormatException refusal) {
            if (refusal.line("x").indexOf('\n') >= 0) {
                throw new AssertionError(refusal.line("x"));
            }
        }
        SymbolTable table = SymbolReader.read(file, 0, message -> {});
        functions += table.size();
        for (int i = 0; i < table.size(); i += 1 + table.size() / 16) {
            table.locate(table.value(i));
            table.findByName(table.name(i));
        }
    }

    /// {@return a damaged copy of a file}
    public byte[] mutate(byte[] original) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            switch (random.nextInt(4)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                case 1 -> bytes[interesting(bytes, 0)] ^= (byte) (1 << random.nextInt(8));
                default -> putValue(bytes);
            }
        }
        return random.nextInt(16) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private void putValue(byte[] bytes) {
        int width = 1 << (1 + random.nextInt(3));
        int at = interesting(bytes, width) & -2;
        long value = VALUES[random.nextInt(VALUES.length)] + (random.nextInt(4) == 0 ? random.nextInt(-9, 9) : 0);
        if (random.nextInt(8) == 0) {
            value = (long) bytes.length + random.nextInt(-64, 64);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (width) {
            case 2 -> buffer.putShort(at, (short) value);
            case 4 -> buffer.putInt(at, (int) value);
            default -> buffer.putLong(at, value);
        }
    }

    /// {@return a position in the ELF header, the program headers, the section headers, or anywhere}
    private int interesting(byte[] bytes, int room) {
        long sections = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
        int end = bytes.length - room;
        int position = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(64);
            case 1 -> 64 + random.nextInt(4 * 56);
            case 2 -> sections > 0 && sections < end ? random.nextInt((int) sections, end) : random.nextInt(64);
            default -> random.nextInt(end);
        };
        return Math.min(position, end);
    }

    /// {@return a committed sample}
    public static byte[] sample(String name) throws IOException {
        try (InputStream in = ElfFuzz.class.getResourceAsStream("/elf/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static byte[] compressed() throws IOException {
        byte[] names = "\0main\0puts\0".getBytes(StandardCharsets.US_ASCII);
        byte[] symbols = ElfBuilder.concat(
                new byte[24], ElfBuilder.function(1, 0x400000, 8), ElfBuilder.function(6, 0x400008, 8));
        return withTable(zlib(symbols, symbols.length), zlib(names, names.length));
    }

    /// A symbol table of 24 bytes that claims and becomes 64 MiB.
    private static byte[] bomb() throws IOException {
        int size = 64 << 20;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ElfBuilder.compressionHeader(1, size));
        try (OutputStream deflater = new DeflaterOutputStream(out)) {
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < size / block.length; i++) {
                deflater.write(block);
            }
        }
        return withTable(out.toByteArray(), zlib(new byte[8], 8));
    }

    private static byte[] withTable(byte[] symbols, byte[] names) {
        return new ElfBuilder()
                .size(0x200)
                .load(5, 0, 0x400000, 0x100, 0x100)
                .section(".symtab", 2, 0x800, symbols, 2)
                .section(".strtab", 3, 0x800, names, 0)
                .build();
    }

    private static byte[] zlib(byte[] content, long claimedSize) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ElfBuilder.compressionHeader(1, claimedSize));
        try (OutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(content);
        }
        return out.toByteArray();
    }
}
