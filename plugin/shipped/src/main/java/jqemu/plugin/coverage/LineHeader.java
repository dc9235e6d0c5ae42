package jqemu.plugin.coverage;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The header of a line number program: DWARF 5, section 6.2.4, and its forms in versions 2 to 4.
final class LineHeader {
    private static final int FIRST_VERSION = 2;
    private static final int OPERATIONS_SINCE = 4;
    private static final int ENTRY_FORMATS_SINCE = 5;
    private static final int LENGTH_64 = -1;
    private static final int BYTE = 0xff;

    // content types
    private static final int PATH = 1;
    private static final int DIRECTORY = 2;

    // forms
    private static final int DATA2 = 5;
    private static final int DATA4 = 6;
    private static final int DATA8 = 7;
    private static final int STRING = 8;
    private static final int BLOCK = 9;
    private static final int DATA1 = 0xb;
    private static final int STRP = 0xe;
    private static final int UDATA = 0xf;
    private static final int DATA16 = 0x1e;
    private static final int LINE_STRP = 0x1f;

    /// Where this program ends and the next one begins.
    final int end;

    /// Whether there is a program: a version that is not known has none.
    final boolean isKnown;

    int minimumLength;
    boolean isStatement;
    int lineBase;
    int lineRange;
    int[] operandCounts = {};

    private final ByteBuffer in;
    private final ElfFile elf;
    private final int version;
    private final boolean is64;
    private final List<String> directories = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    /// One entry of a table of names.
    private record Entry(String path, int directory) {}

    /// Reads a header; `in` stands at the first opcode afterwards.
    LineHeader(ByteBuffer in, ElfFile elf) {
        this.in = in;
        this.elf = elf;
        long length = in.getInt();
        is64 = length == LENGTH_64;
        length = is64 ? in.getLong() : length & 0xffffffffL;
        end = Math.toIntExact(in.position() + length);
        version = in.getShort();
        isKnown = version >= FIRST_VERSION && version <= ENTRY_FORMATS_SINCE;
        if (isKnown) {
            read();
        }
    }

    private void read() {
        if (version >= ENTRY_FORMATS_SINCE) {
            in.getShort(); // sizes of addresses and segment selectors
        }
        int program = Math.toIntExact(offset() + in.position());
        minimumLength = in.get() & BYTE;
        if (version >= OPERATIONS_SINCE) {
            in.get(); // operations per instruction: one
        }
        isStatement = in.get() != 0;
        lineBase = in.get();
        lineRange = in.get() & BYTE;
        operandCounts = new int[in.get() & BYTE];
        for (int i = 1; i < operandCounts.length; i++) {
            operandCounts[i] = in.get();
        }
        if (version >= ENTRY_FORMATS_SINCE) {
            for (Entry entry : entries()) {
                directories.add(directories.isEmpty() ? entry.path : resolve(directories.getFirst(), entry.path));
            }
            entries().forEach(this::add);
        } else {
            readOldTables();
        }
        in.position(program);
    }

    /// Before version 5 directory 0 and file 0 are the compilation's, and not in the tables.
    private void readOldTables() {
        directories.add("");
        for (String name = text(); !name.isEmpty(); name = text()) {
            directories.add(name);
        }
        files.add("");
        for (String name = text(); !name.isEmpty(); name = text()) {
            defineFile(name);
        }
    }

    /// Reads the rest of a file's entry before version 5.
    void defineFile(String name) {
        add(new Entry(name, (int) unsigned(in)));
        unsigned(in); // time
        unsigned(in); // size
    }

    private void add(Entry entry) {
        boolean hasDirectory = entry.directory >= 0 && entry.directory < directories.size();
        files.add(hasDirectory ? resolve(directories.get(entry.directory), entry.path) : entry.path);
    }

    /// The path of a file, empty for none.
    String file(int index) {
        return index >= 0 && index < files.size() ? files.get(index) : "";
    }

    private static String resolve(String directory, String path) {
        return Path.of(directory).resolve(path).normalize().toString();
    }

    private List<Entry> entries() {
        int[] types = new int[in.get() & BYTE];
        int[] forms = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = (int) unsigned(in);
            forms[i] = (int) unsigned(in);
        }
        long count = unsigned(in);
        List<Entry> entries = new ArrayList<>();
        for (long n = 0; n < count; n++) {
            String path = "";
            int directory = 0;
            for (int i = 0; i < types.length; i++) {
                switch (types[i]) {
                    case PATH -> path = name(forms[i]);
                    case DIRECTORY -> directory = (int) number(forms[i]);
                    default -> number(forms[i]);
                }
            }
            entries.add(new Entry(path, directory));
        }
        return entries;
    }

    private String name(int form) {
        return switch (form) {
            case STRING -> text();
            case LINE_STRP -> ElfFile.string(elf.content(".debug_line_str"), (int) offset());
            case STRP -> ElfFile.string(elf.content(".debug_str"), (int) offset());
            default -> throw new IllegalArgumentException("a name of form " + form);
        };
    }

    private long number(int form) {
        return switch (form) {
            case DATA1 -> in.get() & BYTE;
            case DATA2 -> in.getShort();
            case DATA4 -> in.getInt();
            case DATA8 -> in.getLong();
            case DATA16 -> in.getLong() + in.getLong();
            case UDATA -> unsigned(in);
            case BLOCK -> {
                int length = (int) unsigned(in);
                in.position(in.position() + length);
                yield length;
            }
            default -> {
                name(form);
                yield 0;
            }
        };
    }

    private long offset() {
        return is64 ? in.getLong() : in.getInt();
    }

    private String text() {
        String text = ElfFile.string(in, in.position());
        while (in.get() != 0) {
            // to behind the zero byte
        }
        return text;
    }

    /// An unsigned LEB128 number.
    static long unsigned(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    /// A signed LEB128 number.
    static long signed(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return shift < Long.SIZE && (next & 0x40) != 0 ? value | -1L << shift : value;
    }
}
