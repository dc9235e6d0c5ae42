package jqemu.loader.elf;

import java.io.IOException;

/// What the ELF header and the program headers say about a program: enough to start it.
///
/// This is read on the way to the first guest instruction, so it is parsed by hand from two
/// positioned reads; the section headers and symbols wait for [SymbolReader].
///
/// An instance is proof of validation. Whoever holds one may rely on this:
/// - it is a 64-bit little-endian AArch64 executable or position-independent executable that needs
///   no interpreter;
/// - there is at least one segment, and at most as many as fit in 64 KiB of program headers;
/// - each segment's file part lies inside the file and is no longer than its memory part;
/// - no address wraps, none reaches past the given limit, and no two segments overlap;
/// - file offsets and addresses agree modulo the page size, so segments can be mapped from the file.
///
/// Layout: elf(5).
public final class ElfHeaders {
    /// The size of a guest page, in bytes.
    public static final int PAGE_SIZE = 4096;

    /// The size of one program header (`e_phentsize`), in bytes.
    public static final int PROGRAM_HEADER_SIZE = 56;

    private static final int HEADER_SIZE = 64;
    private static final int MACHINE_AARCH64 = 183;
    private static final int TYPE_EXEC = 2;
    private static final int TYPE_DYN = 3;
    private static final int TYPE_CORE = 4;
    private static final int PT_LOAD = 1;
    private static final int PT_INTERP = 3;
    private static final int PT_GNU_STACK = 0x6474e551;
    private static final int PT_GNU_PROPERTY = 0x6474e553;

    /// Linux reads no more program headers than this, in bytes (`load_elf_phdrs`).
    private static final int MAX_TABLE_SIZE = 65536;

    private final boolean positionIndependent;
    private final long entry;
    private final long tableOffset;
    private final int tableCount;
    private final Segment[] segments;
    private final boolean executableStack;
    private final boolean guarded;

    private ElfHeaders(byte[] header, Segment[] segments, boolean executableStack, boolean guarded) {
        this.positionIndependent = LittleEndian.u16(header, 16) == TYPE_DYN;
        this.entry = LittleEndian.i64(header, 24);
        this.tableOffset = LittleEndian.i64(header, 32);
        this.tableCount = LittleEndian.u16(header, 56);
        this.segments = segments;
        this.executableStack = executableStack;
        this.guarded = guarded;
    }

    /// Reads and validates the headers of a program.
    ///
    /// @param file the whole file
    /// @param addressLimit the size of the guest's address space in bytes: no segment may reach past it
    /// @return the headers, which hold no reference to `file`
    /// @throws ElfFormatException if the program cannot be started, with the reason
    /// @throws IOException if the file cannot be read
    public static ElfHeaders read(ByteSource file, long addressLimit) throws ElfFormatException, IOException {
        byte[] header = readHeader(file);
        byte[] table = readTable(file, header);
        int count = table.length / PROGRAM_HEADER_SIZE;
        int loadable = 0;
        boolean executableStack = false;
        boolean guarded = false;
        for (int i = 0; i < count; i++) {
            int at = i * PROGRAM_HEADER_SIZE;
            int type = LittleEndian.i32(table, at);
            if (type == PT_INTERP) {
                throw ElfFormatException.invalid("dynamically linked: not supported yet, link with -static");
            }
            if (type == PT_GNU_STACK) {
                executableStack = (LittleEndian.i32(table, at + 4) & Segment.EXECUTE) != 0;
            }
            if (type == PT_GNU_PROPERTY) {
                guarded = GnuProperties.checksBranchTargets(
                        file, LittleEndian.i64(table, at + 8), LittleEndian.i64(table, at + 32));
            }
            if (isLoadable(table, at)) {
                loadable++;
            }
        }
        if (loadable == 0) {
            throw ElfFormatException.invalid("no loadable segment");
        }
        Segment[] segments = new Segment[loadable];
        long fileSize = file.size();
        int next = 0;
        for (int i = 0; i < count; i++) {
            int at = i * PROGRAM_HEADER_SIZE;
            if (isLoadable(table, at)) {
                segments[next++] = segment(table, at, fileSize, addressLimit);
            }
        }
        rejectOverlaps(segments);
        return new ElfHeaders(header, segments, executableStack, guarded);
    }

    private static byte[] readHeader(ByteSource file) throws ElfFormatException, IOException {
        byte[] header = new byte[HEADER_SIZE];
        int got = file.readFully(0, header, 0, HEADER_SIZE);
        if (got < HEADER_SIZE || header[0] != 0x7f || header[1] != 'E' || header[2] != 'L' || header[3] != 'F') {
            throw ElfFormatException.notLoadable("Exec format error");
        }
        if (header[4] != 2) {
            throw ElfFormatException.wrongArchitecture(header[4] == 1 ? "32-bit" : "unknown class");
        }
        if (header[5] != 1) {
            throw ElfFormatException.wrongArchitecture(header[5] == 2 ? "big-endian" : "unknown byte order");
        }
        int machine = LittleEndian.u16(header, 18);
        if (machine != MACHINE_AARCH64) {
            throw ElfFormatException.wrongArchitecture("machine " + machine + ", not 183 (AArch64)");
        }
        if (header[6] != 1 || LittleEndian.i32(header, 20) != 1) {
            throw ElfFormatException.invalid("unknown ELF version");
        }
        int type = LittleEndian.u16(header, 16);
        if (type != TYPE_EXEC && type != TYPE_DYN) {
            throw ElfFormatException.wrongArchitecture(
                    type == 1 ? "an object file" : type == TYPE_CORE ? "a core file" : "ELF type " + type);
        }
        return header;
    }

    private static byte[] readTable(ByteSource file, byte[] header) throws ElfFormatException, IOException {
        int entrySize = LittleEndian.u16(header, 54);
        int count = LittleEndian.u16(header, 56);
        long offset = LittleEndian.i64(header, 32);
        if (count == 0) {
            throw ElfFormatException.invalid("no program headers");
        }
        if (entrySize != PROGRAM_HEADER_SIZE) {
            throw ElfFormatException.wrongArchitecture("program headers of " + entrySize + " bytes, not 56");
        }
        int size = count * PROGRAM_HEADER_SIZE;
        if (size > MAX_TABLE_SIZE) {
            throw ElfFormatException.invalid("too many program headers: " + count);
        }
        if (offset < 0 || offset > file.size() - size) {
            throw ElfFormatException.invalid("program headers lie past the end of the file");
        }
        byte[] table = new byte[size];
        if (file.readFully(offset, table, 0, size) < size) {
            throw ElfFormatException.invalid("program headers are truncated");
        }
        return table;
    }

    /// Linkers emit empty segments, and Linux skips them.
    private static boolean isLoadable(byte[] table, int at) {
        long fileSize = LittleEndian.i64(table, at + 32);
        long memSize = LittleEndian.i64(table, at + 40);
        return LittleEndian.i32(table, at) == PT_LOAD && (fileSize | memSize) != 0;
    }

    private static Segment segment(byte[] table, int at, long fileLength, long limit) throws ElfFormatException {
        int index = at / PROGRAM_HEADER_SIZE;
        int flags = LittleEndian.i32(table, at + 4) & (Segment.READ | Segment.WRITE | Segment.EXECUTE);
        long offset = LittleEndian.i64(table, at + 8);
        long vaddr = LittleEndian.i64(table, at + 16);
        long fileSize = LittleEndian.i64(table, at + 32);
        long memSize = LittleEndian.i64(table, at + 40);
        long align = LittleEndian.i64(table, at + 48);
        if (vaddr < 0 || vaddr >= limit) {
            throw bad(index, "begins outside the guest's address space");
        }
        if (memSize < 0 || memSize > limit - vaddr) {
            throw bad(index, "reaches past the end of the guest's address space");
        }
        if (fileSize < 0 || fileSize > memSize) {
            throw bad(index, "is larger in the file than in memory");
        }
        if (fileSize != 0 && (offset < 0 || offset > fileLength || fileSize > fileLength - offset)) {
            throw bad(index, "lies past the end of the file");
        }
        if (align < 0 || Long.bitCount(align) > 1) {
            throw bad(index, "has an alignment that is no power of two");
        }
        if (fileSize != 0 && (vaddr - offset) % PAGE_SIZE != 0) {
            throw bad(index, "has a file offset that does not fit its address");
        }
        return new Segment(vaddr, memSize, offset, fileSize, flags, align == 0 ? 1 : align);
    }

    private static ElfFormatException bad(int index, String what) {
        return ElfFormatException.invalid("program header " + index + " " + what);
    }

    /// Compares each pair: at most 1,170 segments, in practice two to five.
    private static void rejectOverlaps(Segment[] segments) throws ElfFormatException {
        for (int i = 0; i < segments.length; i++) {
            for (int j = 0; j < i; j++) {
                if (segments[i].vaddr() < segments[j].end() && segments[j].vaddr() < segments[i].end()) {
                    throw ElfFormatException.invalid("segments overlap at 0x"
                            + Long.toHexString(Math.max(segments[i].vaddr(), segments[j].vaddr())));
                }
            }
        }
    }

    /// {@return whether the program may be loaded anywhere (`ET_DYN`), so that a bias must be chosen}
    public boolean isPositionIndependent() {
        return positionIndependent;
    }

    /// {@return the address of the first instruction, before the load bias is added}
    public long entry() {
        return entry;
    }

    /// {@return the offset of the program headers in the file}
    public long tableOffset() {
        return tableOffset;
    }

    /// {@return the number of program headers of all types, for `AT_PHNUM`}
    public int tableCount() {
        return tableCount;
    }

    /// {@return the number of loadable segments, at least 1}
    public int segmentCount() {
        return segments.length;
    }

    /// {@return a loadable segment, in the order of the file}
    ///
    /// @param index from 0 to [#segmentCount] - 1
    public Segment segment(int index) {
        return segments[index];
    }

    /// {@return whether `PT_GNU_STACK` asks for a stack whose content may run}
    public boolean hasExecutableStack() {
        return executableStack;
    }

    /// {@return whether all of the program's code has landing pads for indirect branches, so that its pages are
    /// guarded}
    public boolean isGuarded() {
        return guarded;
    }

    /// {@return the lowest address of a segment, before the load bias is added}
    public long lowest() {
        long lowest = segments[0].vaddr();
        for (int i = 1; i < segments.length; i++) {
            lowest = Math.min(lowest, segments[i].vaddr());
        }
        return lowest;
    }

    /// {@return the first address after the last segment, before the load bias is added}
    public long highest() {
        long highest = segments[0].end();
        for (int i = 1; i < segments.length; i++) {
            highest = Math.max(highest, segments[i].end());
        }
        return highest;
    }

    /// {@return the largest alignment that a segment asks for, at least [#PAGE_SIZE]}
    public long alignment() {
        long alignment = PAGE_SIZE;
        for (int i = 0; i < segments.length; i++) {
            alignment = Math.max(alignment, segments[i].align());
        }
        return alignment;
    }
}
