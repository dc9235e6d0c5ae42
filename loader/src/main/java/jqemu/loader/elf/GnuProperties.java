package jqemu.loader.elf;

import java.io.IOException;

/// The note of a program's properties, `PT_GNU_PROPERTY` ("Linux Extensions to gABI", program property).
///
/// A note that is not well formed says nothing, as if it were absent.
final class GnuProperties {
    private static final int NOTE_HEADER = 16;
    private static final int NT_GNU_PROPERTY_TYPE_0 = 5;
    private static final int GNU = 0x00554e47;
    private static final int AARCH64_FEATURE_1_AND = 0xc0000000;
    private static final int AARCH64_FEATURE_1_BTI = 1;

    /// Linux reads no longer note, in bytes (`parse_elf_properties`).
    private static final int MAX_SIZE = 1024;

    private GnuProperties() {}

    /// {@return whether the note at a place in the file says that every indirect branch leads to a landing pad}
    static boolean checksBranchTargets(ByteSource file, long offset, long size) throws IOException {
        if (size < NOTE_HEADER || size > MAX_SIZE || offset < 0 || offset > file.size() - size) {
            return false;
        }
        byte[] note = new byte[(int) size];
        int got = file.readFully(offset, note, 0, note.length);
        boolean isProperties = got == note.length
                && LittleEndian.i32(note, 0) == 4
                && LittleEndian.i32(note, 8) == NT_GNU_PROPERTY_TYPE_0
                && LittleEndian.i32(note, 12) == GNU;
        if (!isProperties) {
            return false;
        }
        long length = Math.min(Integer.toUnsignedLong(LittleEndian.i32(note, 4)), size - NOTE_HEADER);
        for (long at = NOTE_HEADER, end = NOTE_HEADER + length; at + 8 <= end; ) {
            int type = LittleEndian.i32(note, (int) at);
            long dataSize = Integer.toUnsignedLong(LittleEndian.i32(note, (int) at + 4));
            if (type == AARCH64_FEATURE_1_AND && dataSize == 4 && at + 12 <= end) {
                return (LittleEndian.i32(note, (int) at + 8) & AARCH64_FEATURE_1_BTI) != 0;
            }
            at += 8 + (dataSize + 7) / 8 * 8;
        }
        return false;
    }
}
