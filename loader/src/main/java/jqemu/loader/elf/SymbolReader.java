package jqemu.loader.elf;

import java.io.IOException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;
import org.jspecify.annotations.Nullable;

/// Reads the functions of a program out of its symbol tables.
///
/// `.symtab` has them all. A stripped program may keep two leftovers, which are read together
/// where `.symtab` is missing: `.dynsym`, and `.gnu_debugdata`, an xz-compressed ELF file whose
/// `.symtab` holds the functions that `.dynsym` lacks. Tables may be compressed with zlib.
///
/// The symbols are decoded by jelf. It trusts its input (an `e_shnum` of 0xffff makes it allocate
/// an array of negative size), so it never sees the file: it gets a small ELF file made here that
/// holds one symbol table, validated and decompressed.
///
/// Nothing here fails: what cannot be read is reported and left out.
public final class SymbolReader {
    private static final int HEADER_SIZE = 64;
    private static final int SECTION_HEADER_SIZE = 64;
    private static final int SYMBOL_SIZE = 24;
    private static final int SHN_LORESERVE = 0xff00;

    private final ElfDiagnostics diagnostics;
    private final int maxSize;
    private final SymbolTable.Builder builder;

    private SymbolReader(long bias, ElfDiagnostics diagnostics) {
        this.diagnostics = diagnostics;
        // The tables, their copy for jelf and its symbol objects are in memory at the same time.
        this.maxSize = Math.clamp(Runtime.getRuntime().maxMemory() / 16, 1 << 20, 256 << 20);
        this.builder = new SymbolTable.Builder(bias);
    }

    /// Reads the functions of a program.
    ///
    /// @param file the program
    /// @param bias what the loader added to the file's addresses
    /// @param diagnostics is told what was left out
    public static SymbolTable read(ByteSource file, long bias, ElfDiagnostics diagnostics) {
        SymbolReader reader = new SymbolReader(bias, diagnostics);
        try {
            reader.readProgram(file);
        } catch (ElfFormatException | IOException e) {
            diagnostics.report("symbols: " + e.getMessage());
        }
        return reader.builder.build();
    }

    private void readProgram(ByteSource file) throws ElfFormatException, IOException {
        SectionHeaders sections = SectionHeaders.read(file);
        addTable(file, sections, SectionHeaders.SYMTAB, ".symtab");
        if (!builder.isEmpty()) {
            return;
        }
        addTable(file, sections, SectionHeaders.DYNSYM, ".dynsym");
        SectionHeaders.Section debugData = sections.named(file, ".gnu_debugdata");
        if (debugData != null) {
            addDebugData(new SectionContent(file, maxSize), debugData);
        }
    }

    private void addDebugData(SectionContent content, SectionHeaders.Section debugData) {
        try {
            ByteSource embedded = ByteSource.of(content.readXz(debugData));
            addTable(embedded, SectionHeaders.read(embedded), SectionHeaders.SYMTAB, ".gnu_debugdata");
        } catch (ElfFormatException | IOException e) {
            diagnostics.report(".gnu_debugdata: " + e.getMessage());
        }
    }

    private void addTable(ByteSource file, SectionHeaders sections, int type, String what) {
        SectionHeaders.Section table = sections.firstOfType(type);
        SectionHeaders.Section strings = table == null ? null : sections.at(table.link());
        if (table == null || strings == null) {
            return;
        }
        try {
            SectionContent content = new SectionContent(file, maxSize);
            addFunctions(content.read(table), content.read(strings));
        } catch (ElfFormatException | IOException e) {
            diagnostics.report(what + ": " + e.getMessage());
        }
    }

    /// Adds the functions in the order in which QEMU sorts them: it drops a symbol by putting the last
    /// one in its place. The order decides which of several names of one address is shown.
    private void addFunctions(byte[] table, byte[] strings) {
        int base = builder.addStrings(strings);
        ElfSymbol[] symbols = decode(table);
        int count = symbols.length;
        for (int i = 0; i < count; ) {
            if (isFunction(symbols[i])) {
                i++;
            } else {
                symbols[i] = symbols[--count];
            }
        }
        for (int i = 0; i < count; i++) {
            int name = symbols[i].st_name;
            if (name > 0 && name < strings.length) {
                builder.add(symbols[i].st_value, symbols[i].st_size, base + name);
            }
        }
    }

    private static boolean isFunction(ElfSymbol symbol) {
        int section = Short.toUnsignedInt(symbol.st_shndx);
        return symbol.getType() == ElfSymbol.STT_FUNC && section != 0 && section < SHN_LORESERVE;
    }

    private static ElfSymbol[] decode(byte[] table) {
        ElfFile file = ElfFile.from(imageOf(table));
        @Nullable ElfSymbolTableSection section = file.getSymbolTableSection();
        return section == null ? new ElfSymbol[0] : section.symbols;
    }

    /// Makes an ELF file of a header, two section headers and a symbol table.
    private static byte[] imageOf(byte[] table) {
        int tableOffset = HEADER_SIZE + 2 * SECTION_HEADER_SIZE;
        int tableSize = table.length - table.length % SYMBOL_SIZE;
        byte[] image = new byte[tableOffset + tableSize];
        byte[] identification = {0x7f, 'E', 'L', 'F', 2, 1, 1};
        System.arraycopy(identification, 0, image, 0, identification.length);
        put(image, 40, HEADER_SIZE); // e_shoff
        put(image, 58, SECTION_HEADER_SIZE); // e_shentsize
        put(image, 60, 2); // e_shnum
        int header = HEADER_SIZE + SECTION_HEADER_SIZE;
        put(image, header + 4, SectionHeaders.SYMTAB);
        put(image, header + 24, tableOffset);
        put(image, header + 32, tableSize);
        put(image, header + 56, SYMBOL_SIZE); // sh_entsize
        System.arraycopy(table, 0, image, tableOffset, tableSize);
        return image;
    }

    private static void put(byte[] image, int at, int value) {
        for (int i = 0; i < 4 && at + i < image.length; i++) {
            image[at + i] |= (byte) (value >>> (8 * i));
        }
    }
}
