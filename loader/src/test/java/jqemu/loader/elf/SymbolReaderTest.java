package jqemu.loader.elf;

import static java.util.Objects.requireNonNull;
import static jqemu.loader.elf.ElfBuilder.concat;
import static jqemu.loader.elf.ElfBuilder.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class SymbolReaderTest {
    private static final int PROGBITS = 1;
    private static final int SYMTAB = 2;
    private static final int STRTAB = 3;
    private static final int DYNSYM = 11;
    private static final int COMPRESSED = 0x800;
    private static final byte[] NAMES = "\0main\0puts\0_IO_puts\0data\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYMBOLS = concat(
            new byte[24],
            function(6, 0x400200, 0x40), // puts
            function(11, 0x400200, 0x40), // _IO_puts, an alias
            function(1, 0x400100, 0x20), // main
            ElfBuilder.symbol(20, 0x11, 2, 0x400120, 8), // data: no function
            ElfBuilder.symbol(1, 0x12, 0, 0x400300, 8), // undefined
            ElfBuilder.symbol(1, 0x12, 0xfff1, 0x400300, 8), // absolute
            function(1, 0x400400, 0), // no size: never matches
            function(9999, 0x400500, 8)); // no name

    private final List<String> reports = new ArrayList<>();

    private SymbolTable read(byte[] file, long bias) {
        return SymbolReader.read(ByteSource.of(file), bias, reports::add);
    }

    private static ElfBuilder withTable(int type, long flags, byte[] symbols, byte[] names) {
        return new ElfBuilder().section(".tab", type, flags, symbols, 2).section(".str", STRTAB, flags, names, 0);
    }

    private static byte[] zlib(byte[] content, long claimedSize) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(content);
        }
        return concat(ElfBuilder.compressionHeader(1, claimedSize), out.toByteArray());
    }

    private static byte[] xz(byte[] content, int dictionary) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LZMA2Options options = new LZMA2Options(0);
        options.setDictSize(dictionary);
        try (OutputStream xz = new XZOutputStream(out, options)) {
            xz.write(content);
        }
        return out.toByteArray();
    }

    static byte[] sample(String name) throws IOException {
        try (InputStream in = SymbolReaderTest.class.getResourceAsStream("/elf/" + name)) {
            return requireNonNull(in).readAllBytes();
        }
    }

    private void assertFunctionsFound(SymbolTable table, long bias) {
        assertEquals(List.of(), reports);
        assertEquals(4, table.size());
        assertEquals(new SymbolTable.Location("main", 0), table.locate(bias + 0x400100));
        assertEquals(new SymbolTable.Location("main", 0x1f), table.locate(bias + 0x40011f));
        assertNull(table.locate(bias + 0x400120));
        assertNull(table.locate(bias + 0x4000ff));
        assertNull(table.locate(bias + 0x400400), "a symbol of size 0 matches nothing, as in QEMU");
        assertNull(table.locate(bias + 0x400300));
        assertNull(table.locate(-1));
        SymbolTable.Location puts = requireNonNull(table.locate(bias + 0x400210));
        assertEquals(0x10, puts.offset());
        assertEquals(bias + 0x400200, table.value(table.findByName("_IO_puts")));
        assertEquals(bias + 0x400200, table.value(table.findByName("puts")));
        assertEquals(0x20, table.sizeOf(table.findByName("main")));
        assertEquals(-1, table.findByName("data"));
        assertEquals(-1, table.findByName("mai"));
        assertEquals(-1, table.findByName(""));
        int main = table.find(bias + 0x400100);
        assertSame(table.name(main), table.name(main));
    }

    @Test
    void readsFunctionsAndAddsTheBias() {
        byte[] file = withTable(SYMTAB, 0, SYMBOLS, NAMES).build();
        assertFunctionsFound(read(file, 0), 0);
        assertFunctionsFound(read(file, 0x5500000000L), 0x5500000000L);
    }

    @Test
    void theNameAmongAliasesIsTheOneThatQemuShows() {
        byte[] names = "\0a\0b\0c\0".getBytes(StandardCharsets.US_ASCII);
        byte[] aliases = concat(new byte[24], function(1, 0x100, 4), function(3, 0x100, 4), function(5, 0x100, 4));
        SymbolTable table = read(withTable(SYMTAB, 0, aliases, names).build(), 0);
        assertEquals(new SymbolTable.Location("a", 2), table.locate(0x102));
    }

    @Test
    void dynsymIsUsedWhereItIsAllThereIs() {
        assertFunctionsFound(read(withTable(DYNSYM, 0, SYMBOLS, NAMES).build(), 0), 0);
        byte[] both = withTable(SYMTAB, 0, SYMBOLS, NAMES)
                .section(".dynsym", DYNSYM, 0, function(1, 0x7000, 8), 2)
                .build();
        assertFunctionsFound(read(both, 0), 0);
    }

    @Test
    void zlibCompressedTables() throws IOException {
        byte[] file = withTable(SYMTAB, COMPRESSED, zlib(SYMBOLS, SYMBOLS.length), zlib(NAMES, NAMES.length))
                .build();
        assertFunctionsFound(read(file, 0), 0);
    }

    @Test
    void zstdAndUnknownMethodsAreReported() {
        byte[] zstd = concat(ElfBuilder.compressionHeader(2, SYMBOLS.length), SYMBOLS);
        assertEquals(
                0, read(withTable(SYMTAB, COMPRESSED, zstd, NAMES).build(), 0).size());
        byte[] unknown = concat(ElfBuilder.compressionHeader(77, SYMBOLS.length), SYMBOLS);
        assertEquals(
                0,
                read(withTable(SYMTAB, COMPRESSED, unknown, NAMES).build(), 0).size());
        assertEquals(
                List.of(
                        ".symtab: section is compressed with zstd, which is not supported",
                        ".symtab: section is compressed by unknown method 77"),
                reports);
    }

    @Test
    void aSectionThatClaimsOrBecomesTooMuchIsReported() throws IOException {
        byte[] claims = zlib(SYMBOLS, 1L << 62);
        read(withTable(SYMTAB, COMPRESSED, claims, NAMES).build(), 0);
        byte[] shorter = zlib(SYMBOLS, SYMBOLS.length + 1);
        read(withTable(SYMTAB, COMPRESSED, shorter, NAMES).build(), 0);
        assertEquals(2, reports.size());
        assertEquals(".symtab: compressed section is truncated", reports.get(1));
    }

    @Test
    void debugDataCompletesDynsym() throws IOException {
        byte[] mini =
                withTable(SYMTAB, 0, concat(function(1, 0x5000, 0x10)), NAMES).build();
        byte[] file = withTable(DYNSYM, 0, concat(function(6, 0x4000, 0x10)), NAMES)
                .section(".gnu_debugdata", PROGBITS, 0, xz(mini, 1 << 20), 0)
                .build();
        SymbolTable table = read(file, 0);
        assertEquals(List.of(), reports);
        assertEquals(new SymbolTable.Location("puts", 1), table.locate(0x4001));
        assertEquals(new SymbolTable.Location("main", 2), table.locate(0x5002));
    }

    @Test
    void damagedDebugDataIsReported() throws IOException {
        byte[] mini = xz(withTable(SYMTAB, 0, SYMBOLS, NAMES).build(), 1 << 20);
        mini[mini.length / 2] ^= 1;
        byte[] file =
                new ElfBuilder().section(".gnu_debugdata", PROGBITS, 0, mini, 0).build();
        assertEquals(0, read(file, 0).size());
        assertEquals(1, reports.size());
    }

    @Test
    void filesWithoutSymbols() {
        assertEquals(0, read(new ElfBuilder().build(), 0).size());
        assertEquals(List.of(), reports);
        assertEquals(0, read(new byte[0], 0).size());
        assertEquals(1, reports.size());
    }

    @Test
    void committedSamples() throws IOException {
        for (String name : List.of("tiny", "tiny-debugdata")) {
            SymbolTable table = read(sample(name), 0);
            assertEquals(new SymbolTable.Location("answer", 4), table.locate(0x4000b4), name);
            assertEquals(0x4000bc, table.value(table.findByName("_start")), name);
        }
        assertEquals(List.of(), reports);
    }

    @Test
    void programSymbolsAreReadOnce() throws IOException {
        ProgramSymbols symbols = new ProgramSymbols(ByteSource.of(sample("tiny")), 0, reports::add);
        assertSame(symbols.table(), symbols.table());
    }
}
