package jqemu.syscall.process;

import java.util.HexFormat;
import jqemu.loader.image.LoadedProgram;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;

/// The guest's memory map as `-d page` shows it at the start.
final class MemoryMap {
    private static final HexFormat HEX = HexFormat.of();
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;

    private MemoryMap() {}

    static String text(GuestMemory memory, LoadedProgram program) {
        StringBuilder text = new StringBuilder("guest_base  0x").append(Long.toHexString(memory.base()));
        text.append("\nstart            end              size             prot\n");
        for (Mapping mapping : memory.space().mappings()) {
            text.append(HEX.toHexDigits(mapping.start())).append('-');
            text.append(HEX.toHexDigits(mapping.end())).append(' ');
            text.append(HEX.toHexDigits(mapping.end() - mapping.start())).append(' ');
            int protection = mapping.protection();
            text.append((protection & PROT_READ) != 0 ? 'r' : '-');
            text.append((protection & PROT_WRITE) != 0 ? 'w' : '-');
            text.append((protection & PROT_EXEC) != 0 ? 'x' : '-').append('\n');
        }
        line(text, "start_brk", program.brk());
        line(text, "start_code", program.layout().startCode());
        line(text, "end_code", program.layout().endCode());
        line(text, "start_data", program.layout().startData());
        line(text, "end_data", program.layout().endData());
        line(text, "start_stack", program.stackPointer());
        line(text, "entry", program.entry());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, long value) {
        text.append(name);
        text.repeat(' ', 12 - name.length());
        text.append("0x").append(HEX.toHexDigits(value)).append('\n');
    }
}
