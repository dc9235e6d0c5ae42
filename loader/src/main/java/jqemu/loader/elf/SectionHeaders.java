package jqemu.loader.elf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The section header table of an ELF file, validated.
///
/// Only sections whose bytes lie inside the file are listed with them: whoever reads
/// [Section#size] bytes at [Section#offset] gets them.
final class SectionHeaders {
    /// `SHT_SYMTAB`: the symbol table that `strip` removes.
    static final int SYMTAB = 2;

    /// `SHT_DYNSYM`: the symbol table of the dynamic linker.
    static final int DYNSYM = 11;

    private static final int ENTRY_SIZE = 64;
    private static final int SHT_NOBITS = 8;
    private static final int SHF_COMPRESSED = 0x800;
    private static final int SHN_XINDEX = 0xffff;

    /// Real programs have tens of sections, those built with a section per function thousands.
    private static final int MAX_COUNT = 1 << 18;

    /// One section.
    ///
    /// @param name offset of its name in the section name table
    /// @param type one of the `SHT_` constants
    /// @param compressed whether its bytes are compressed (`SHF_COMPRESSED`)
    /// @param offset where its bytes begin in the file
    /// @param size how many there are
    /// @param link index of the related section: a symbol table's string table
    record Section(long name, int type, boolean compressed, long offset, long size, int link) {}

    private final List<Section> sections;
    private final int nameTable;

    private SectionHeaders(List<Section> sections, int nameTable) {
        this.sections = sections;
        this.nameTable = nameTable;
    }

    /// Reads and validates the section headers of a 64-bit little-endian file.
    ///
    /// @throws ElfFormatException if the table cannot be believed
    static SectionHeaders read(ByteSource file) throws ElfFormatException, IOException {
        byte[] header = new byte[64];
        if (file.readFully(0, header, 0, header.length) < header.length
                || LittleEndian.i32(header, 0) != 0x464c457f
                || LittleEndian.u16(header, 4) != 0x0102) {
            throw ElfFormatException.invalid("no 64-bit little-endian ELF file");
        }
        long offset = LittleEndian.i64(header, 40);
        long count = LittleEndian.u16(header, 60);
        int nameTable = LittleEndian.u16(header, 62);
        if (offset == 0) {
            return new SectionHeaders(List.of(), 0);
        }
        long room = offset < 0 ? -1 : (file.size() - offset) / ENTRY_SIZE;
        if (LittleEndian.u16(header, 58) != ENTRY_SIZE || room < 1) {
            throw ElfFormatException.invalid("bad section headers");
        }
        if (count == 0 || nameTable == SHN_XINDEX) {
            // More sections than the header's 16 bits can say: the first section header says it.
            byte[] first = new byte[ENTRY_SIZE];
            file.readFully(offset, first, 0, ENTRY_SIZE);
            count = count == 0 ? LittleEndian.i64(first, 32) : count;
            nameTable = nameTable == SHN_XINDEX ? LittleEndian.i32(first, 40) : nameTable;
        }
        if (count < 0 || count > room || count > MAX_COUNT) {
            throw ElfFormatException.invalid("section headers lie past the end of the file");
        }
        return new SectionHeaders(readEntries(file, offset, (int) count), nameTable);
    }

    private static List<Section> readEntries(ByteSource file, long offset, int count)
            throws ElfFormatException, IOException {
        byte[] table = new byte[count * ENTRY_SIZE];
        if (file.readFully(offset, table, 0, table.length) < table.length) {
            throw ElfFormatException.invalid("section headers are truncated");
        }
        List<Section> sections = new ArrayList<>(count);
        long fileSize = file.size();
        for (int at = 0; at < table.length; at += ENTRY_SIZE) {
            int type = LittleEndian.i32(table, at + 4);
            long start = LittleEndian.i64(table, at + 24);
            long size = LittleEndian.i64(table, at + 32);
            boolean inside = type != SHT_NOBITS && start >= 0 && size >= 0 && start <= fileSize - size;
            sections.add(new Section(
                    LittleEndian.u32(table, at),
                    type,
                    (LittleEndian.i64(table, at + 8) & SHF_COMPRESSED) != 0,
                    inside ? start : 0,
                    inside ? size : 0,
                    LittleEndian.i32(table, at + 40)));
        }
        return List.copyOf(sections);
    }

    /// {@return the first section of a type, or null}
    @Nullable
    Section firstOfType(int type) {
        for (Section section : sections) {
            if (section.type() == type && section.size() > 0) {
                return section;
            }
        }
        return null;
    }

    /// {@return the section with an index, or null if there is none}
    @Nullable
    Section at(int index) {
        return index > 0 && index < sections.size() ? sections.get(index) : null;
    }

    /// {@return the first section with a name, or null}
    ///
    /// @param file the file that the headers were read from
    /// @param name ASCII
    @Nullable
    Section named(ByteSource file, String name) throws IOException {
        Section names = at(nameTable);
        if (names == null) {
            return null;
        }
        byte[] wanted = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        byte[] found = new byte[wanted.length];
        for (Section section : sections) {
            if (section.size() > 0
                    && section.name() <= names.size() - wanted.length
                    && file.readFully(names.offset() + section.name(), found, 0, found.length) == found.length
                    && Arrays.equals(wanted, found)) {
                return section;
            }
        }
        return null;
    }
}
