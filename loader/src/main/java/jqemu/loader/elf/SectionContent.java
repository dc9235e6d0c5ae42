package jqemu.loader.elf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.deflate.DeflateCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Reads the bytes of sections, and decompresses those that are compressed.
///
/// A few bytes can decompress to gigabytes, so every size is bounded by a share of the heap, and
/// what is larger is refused. Layout of compressed sections: elf(5), `Elf64_Chdr`.
final class SectionContent {
    private static final int COMPRESSION_HEADER_SIZE = 24;
    private static final int ELFCOMPRESS_ZLIB = 1;
    private static final int ELFCOMPRESS_ZSTD = 2;

    private final ByteSource file;
    private final int maxSize;

    /// @param file the file that holds the sections
    /// @param maxSize the largest section that is read or made by decompression, in bytes
    SectionContent(ByteSource file, int maxSize) {
        this.file = file;
        this.maxSize = maxSize;
    }

    /// {@return the bytes of a section, decompressed}
    ///
    /// @throws ElfFormatException if they are too many, damaged, or compressed in a way we do not know
    byte[] read(SectionHeaders.Section section) throws ElfFormatException, IOException {
        byte[] raw = readRaw(section);
        if (!section.compressed()) {
            return raw;
        }
        if (raw.length < COMPRESSION_HEADER_SIZE) {
            throw ElfFormatException.invalid("compressed section is truncated");
        }
        int method = LittleEndian.i32(raw, 0);
        long size = LittleEndian.i64(raw, 8);
        if (method == ELFCOMPRESS_ZSTD) {
            throw ElfFormatException.invalid("section is compressed with zstd, which is not supported");
        }
        if (method != ELFCOMPRESS_ZLIB) {
            throw ElfFormatException.invalid("section is compressed by unknown method " + method);
        }
        if (size < 0 || size > maxSize) {
            throw tooLarge();
        }
        InputStream body = new ByteArrayInputStream(raw, COMPRESSION_HEADER_SIZE, raw.length - COMPRESSION_HEADER_SIZE);
        try (InputStream zlib = new DeflateCompressorInputStream(body)) {
            byte[] content = zlib.readNBytes((int) size);
            if (content.length < size) {
                throw ElfFormatException.invalid("compressed section is truncated");
            }
            return content;
        }
    }

    /// {@return the decompressed bytes of a section that is an xz file, such as `.gnu_debugdata`}
    byte[] readXz(SectionHeaders.Section section) throws ElfFormatException, IOException {
        InputStream body = new ByteArrayInputStream(readRaw(section));
        // The dictionary is allocated before the first byte is read, whatever size the file claims.
        int memoryLimitKib = Math.max(maxSize, 16 << 20) >> 10;
        try (InputStream xz = XZCompressorInputStream.builder()
                .setMemoryLimitKiB(memoryLimitKib)
                .setInputStream(body)
                .get()) {
            byte[] content = xz.readNBytes(maxSize);
            if (content.length == maxSize && xz.read() >= 0) {
                throw tooLarge();
            }
            return content;
        }
    }

    private byte[] readRaw(SectionHeaders.Section section) throws ElfFormatException, IOException {
        if (section.size() > maxSize) {
            throw tooLarge();
        }
        byte[] raw = new byte[(int) section.size()];
        int got = file.readFully(section.offset(), raw, 0, raw.length);
        return got == raw.length ? raw : Arrays.copyOf(raw, got);
    }

    private ElfFormatException tooLarge() {
        return ElfFormatException.invalid("section is larger than " + maxSize + " bytes");
    }
}
