package jqemu.plugin.coverage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// What line tables need of a program's ELF file: sections by name, functions, and where code begins. The emulator has
/// loaded the same file, so its headers are sound; sections may still be anything.
final class ElfFile {
    private static final int PROGRAM_HEADERS = 0x20;
    private static final int SECTION_HEADERS = 0x28;
    private static final int PROGRAM_HEADER_SIZE = 0x36;
    private static final int PROGRAM_HEADER_COUNT = 0x38;
    private static final int SECTION_HEADER_SIZE = 0x3a;
    private static final int SECTION_COUNT = 0x3c;
    private static final int NAMES = 0x3e;
    private static final int LOAD = 1;
    private static final int EXECUTABLE = 1;
    private static final int ADDRESS_OF_SEGMENT = 0x10;
    private static final int FLAGS_OF_SECTION = 8;
    private static final int OFFSET_OF_SECTION = 0x18;
    private static final int SIZE_OF_SECTION = 0x20;
    private static final int COMPRESSED = 0x800;
    private static final int COMPRESSION_HEADER = 24;
    private static final int SYMBOL_SIZE = 24;
    private static final int FUNCTION = 2;
    private static final int SHORT = 0xffff;

    private final ByteBuffer file;
    private final Map<String, ByteBuffer> sections = new HashMap<>();

    private ElfFile(ByteBuffer file) {
        this.file = file;
        int names = section(unsigned(NAMES));
        for (int i = 0; i < unsigned(SECTION_COUNT); i++) {
            int header = section(i);
            String name = string(file, (int) file.getLong(names + OFFSET_OF_SECTION) + file.getInt(header));
            int flags = (int) file.getLong(header + FLAGS_OF_SECTION);
            // .bss has no content
            if (name.startsWith(".debug_") || name.equals(".symtab") || name.equals(".strtab")) {
                ByteBuffer content =
                        slice(file, file.getLong(header + OFFSET_OF_SECTION), file.getLong(header + SIZE_OF_SECTION));
                sections.put(name, (flags & COMPRESSED) == 0 ? content : inflate(content));
            }
        }
    }

    static ElfFile read(Path path) throws IOException {
        return new ElfFile(ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN));
    }

    /// A section's content, empty when there is none.
    ByteBuffer content(String section) {
        ByteBuffer content = sections.get(section);
        return content == null
                ? ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN)
                : content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The lowest address of code as the file has it, without what the loader adds.
    long startCode() {
        long lowest = Long.MAX_VALUE;
        int size = unsigned(PROGRAM_HEADER_SIZE);
        for (int i = 0; i < unsigned(PROGRAM_HEADER_COUNT); i++) {
            int header = (int) file.getLong(PROGRAM_HEADERS) + i * size;
            if (file.getInt(header) == LOAD && (file.getInt(header + Integer.BYTES) & EXECUTABLE) != 0) {
                lowest = Math.min(lowest, file.getLong(header + ADDRESS_OF_SEGMENT));
            }
        }
        return lowest;
    }

    /// The names of functions by their addresses as the file has them.
    Map<Long, String> functions() {
        Map<Long, String> functions = new TreeMap<>();
        ByteBuffer symbols = content(".symtab");
        ByteBuffer names = content(".strtab");
        for (int at = 0; at + SYMBOL_SIZE <= symbols.limit(); at += SYMBOL_SIZE) {
            boolean isFunction = (symbols.get(at + Integer.BYTES) & 15) == FUNCTION;
            boolean isDefined = symbols.getShort(at + 6) != 0;
            if (isFunction && isDefined) {
                functions.putIfAbsent(symbols.getLong(at + 8), string(names, symbols.getInt(at)));
            }
        }
        return functions;
    }

    private int unsigned(int offset) {
        return file.getShort(offset) & SHORT;
    }

    private int section(int index) {
        return (int) file.getLong(SECTION_HEADERS) + index * unsigned(SECTION_HEADER_SIZE);
    }

    /// Text up to a zero byte.
    static String string(ByteBuffer from, int offset) {
        int end = offset;
        while (from.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - offset];
        from.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ByteBuffer slice(ByteBuffer from, long offset, long size) {
        return from.slice(Math.toIntExact(offset), Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer inflate(ByteBuffer compressed) {
        byte[] content = new byte[Math.toIntExact(compressed.getLong(8))];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(compressed.slice(COMPRESSION_HEADER, compressed.limit() - COMPRESSION_HEADER));
            inflater.inflate(content);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a compressed section is damaged", e);
        }
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }
}
