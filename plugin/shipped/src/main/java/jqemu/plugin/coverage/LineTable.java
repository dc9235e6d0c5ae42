package jqemu.plugin.coverage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which source lines begin at which addresses: what the line number programs of `.debug_line` say (DWARF 5, section
/// 6.2, and versions 2 to 4).
final class LineTable {
    private static final int EXTENDED = 0;
    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int NEGATE_STATEMENT = 6;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;
    private static final int DEFINE_FILE = 3;
    private static final int BYTE = 0xff;
    private static final int LAST_OPCODE = 255;

    /// A line of a source file.
    record Line(String file, int number) {}

    private final Map<Long, List<Line>> lines = new HashMap<>();

    /// The registers of the line number machine.
    private static final class Machine {
        private final LineHeader header;
        private long address;
        private int file;
        private int line;
        private boolean isStatement;

        Machine(LineHeader header) {
            this.header = header;
            reset();
        }

        void reset() {
            address = 0;
            file = 1;
            line = 1;
            isStatement = header.isStatement;
        }

        void advance(long operations) {
            address += operations * header.minimumLength;
        }
    }

    LineTable(ElfFile elf) {
        ByteBuffer in = elf.content(".debug_line");
        while (in.hasRemaining()) {
            LineHeader header = new LineHeader(in, elf);
            if (header.isKnown) {
                Machine machine = new Machine(header);
                while (in.position() < header.end) {
                    step(in, machine);
                }
            }
            in.position(header.end);
        }
    }

    /// The lines whose code begins at an address as the file has it, usually none or one.
    List<Line> at(long address) {
        return lines.getOrDefault(address, List.of());
    }

    /// All addresses at which a line begins.
    Map<Long, List<Line>> all() {
        return lines;
    }

    private void step(ByteBuffer in, Machine machine) {
        LineHeader header = machine.header;
        int opcode = in.get() & BYTE;
        if (opcode >= header.operandCounts.length) {
            int adjusted = opcode - header.operandCounts.length;
            machine.advance(adjusted / header.lineRange);
            machine.line += header.lineBase + adjusted % header.lineRange;
            emit(machine);
            return;
        }
        switch (opcode) {
            case EXTENDED -> extended(in, machine);
            case COPY -> emit(machine);
            case ADVANCE_PC -> machine.advance(LineHeader.unsigned(in));
            case ADVANCE_LINE -> machine.line += (int) LineHeader.signed(in);
            case SET_FILE -> machine.file = (int) LineHeader.unsigned(in);
            case NEGATE_STATEMENT -> machine.isStatement = !machine.isStatement;
            case CONST_ADD_PC -> machine.advance((LAST_OPCODE - header.operandCounts.length) / header.lineRange);
            case FIXED_ADVANCE_PC -> machine.address += in.getShort() & 0xffff;
            default -> {
                for (int i = 0; i < header.operandCounts[opcode]; i++) {
                    LineHeader.unsigned(in);
                }
            }
        }
    }

    private static void extended(ByteBuffer in, Machine machine) {
        int length = (int) LineHeader.unsigned(in);
        int next = in.position() + length;
        switch (in.get()) {
            case END_SEQUENCE -> machine.reset();
            case SET_ADDRESS -> machine.address = in.getLong();
            case DEFINE_FILE -> {
                String name = ElfFile.string(in, in.position());
                in.position(in.position() + name.length() + 1);
                machine.header.defineFile(name);
            }
            default -> {
                // a discriminator, or of another vendor
            }
        }
        in.position(next);
    }

    private void emit(Machine machine) {
        String file = machine.header.file(machine.file);
        // what the linker left out has address 0; line 0 is code of no line
        if (machine.isStatement && machine.address != 0 && machine.line > 0 && !file.isEmpty()) {
            List<Line> here = lines.computeIfAbsent(machine.address, address -> new ArrayList<>(1));
            Line line = new Line(file, machine.line);
            if (!here.contains(line)) {
                here.add(line);
            }
        }
    }
}
