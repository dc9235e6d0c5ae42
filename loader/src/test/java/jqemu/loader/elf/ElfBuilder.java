package jqemu.loader.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes small ELF files for tests: what a linker would write, or what no linker would.
public final class ElfBuilder {
    public static final int PT_LOAD = 1;
    public static final int PT_INTERP = 3;
    public static final int PT_GNU_STACK = 0x6474e551;

    private int type = 2;
    private long entry = 0x400000;
    private final List<long[]> programHeaders = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private int size = 0x3000;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Section(String name, int type, long flags, byte[] content, int link) {}

    public ElfBuilder type(int value) {
        type = value;
        return this;
    }

    public ElfBuilder entry(long value) {
        entry = value;
        return this;
    }

    /// Sets where the sections begin; the file is padded up to there with its offset's low byte.
    public ElfBuilder size(int value) {
        size = value;
        return this;
    }

    public ElfBuilder programHeader(
            int kind, int flags, long offset, long vaddr, long fileSize, long memSize, long align) {
        programHeaders.add(new long[] {kind, flags, offset, vaddr, fileSize, memSize, align});
        return this;
    }

    public ElfBuilder load(int flags, long offset, long vaddr, long fileSize, long memSize) {
        return programHeader(PT_LOAD, flags, offset, vaddr, fileSize, memSize, 4096);
    }

    public ElfBuilder section(String name, int kind, long flags, byte[] content, int link) {
        sections.add(new Section(name, kind, flags, content, link));
        return this;
    }

    public byte[] build() {
        int sectionStart = sections.isEmpty() ? 0 : size;
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        int contentSize = 0;
        int[] nameOffsets = new int[sections.size() + 1];
        for (int i = 0; i < sections.size(); i++) {
            nameOffsets[i] = names.size();
            names.writeBytes((sections.get(i).name() + '\0').getBytes(StandardCharsets.US_ASCII));
            contentSize += sections.get(i).content().length;
        }
        nameOffsets[sections.size()] = names.size();
        names.writeBytes(".shstrtab\0".getBytes(StandardCharsets.US_ASCII));
        int namesAt = size + contentSize;
        int tableAt = namesAt + names.size();
        int total = sections.isEmpty() ? size : tableAt + 64 * (sections.size() + 2);
        ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            out.put(i, (byte) i);
        }
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        out.putShort((short) type).putShort((short) 183).putInt(1);
        out.putLong(entry).putLong(64).putLong(sectionStart == 0 ? 0 : tableAt);
        out.putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) programHeaders.size());
        out.putShort((short) 64).putShort((short) (sectionStart == 0 ? 0 : sections.size() + 2));
        out.putShort((short) (sectionStart == 0 ? 0 : sections.size() + 1));
        for (long[] header : programHeaders) {
            out.putInt((int) header[0])
                    .putInt((int) header[1])
                    .putLong(header[2])
                    .putLong(header[3]);
            out.putLong(header[3]).putLong(header[4]).putLong(header[5]).putLong(header[6]);
        }
        if (sectionStart != 0) {
            putSections(out, nameOffsets, names.toByteArray(), tableAt);
        }
        return out.array();
    }

    private void putSections(ByteBuffer out, int[] nameOffsets, byte[] names, int tableAt) {
        int at = size;
        int header = tableAt + 64;
        List<Section> all = new ArrayList<>(sections);
        all.add(new Section(".shstrtab", 3, 0, names, 0));
        for (int i = 0; i < all.size(); i++) {
            Section section = all.get(i);
            out.put(at, section.content());
            out.putInt(header, nameOffsets[i]).putInt(header + 4, section.type());
            out.putLong(header + 8, section.flags()).putLong(header + 24, at);
            out.putLong(header + 32, section.content().length).putInt(header + 40, section.link());
            at += section.content().length;
            header += 64;
        }
    }

    /// {@return one symbol table entry of a function in section 1}
    public static byte[] function(int nameOffset, long value, long size) {
        return symbol(nameOffset, 0x12, 1, value, size);
    }

    /// {@return one symbol table entry}
    public static byte[] symbol(int nameOffset, int info, int section, long value, long size) {
        ByteBuffer out = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(nameOffset).put((byte) info).put((byte) 0).putShort((short) section);
        out.putLong(value).putLong(size);
        return out.array();
    }

    /// {@return byte arrays, one after the other}
    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /// {@return the content of a compressed section}
    ///
    /// @param method `ELFCOMPRESS_ZLIB` is 1
    /// @param size what the header claims
    public static byte[] compressionHeader(int method, long size) {
        ByteBuffer out = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        return out.putInt(method).putInt(0).putLong(size).putLong(8).array();
    }
}
