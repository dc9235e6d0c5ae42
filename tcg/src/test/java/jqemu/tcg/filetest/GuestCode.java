package jqemu.tcg.filetest;

import java.util.ArrayList;
import java.util.List;
import jqemu.loader.host.Host;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.a64.Frontend;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.ir.IrBlock;

/// Guest memory for filetests: instructions at [#CODE], and a zeroed page of data at [#DATA].
final class GuestCode {
    /// Where instructions begin.
    static final long CODE = 0x400000;
    /// Where a page of data begins.
    static final long DATA = 0x10000;

    private static final String WORD = "insn ";
    private static final int READ_WRITE = 3;
    private static final int READ_WRITE_EXECUTE = 7;
    private static final int PRIVATE_ANONYMOUS_FIXED = 0x32;

    private static final GuestMemory MEMORY = GuestMemory.reserve(Host.open());

    private GuestCode() {}

    static GuestMemory memory() {
        return MEMORY;
    }

    /// The words of the lines `insn HEX8`, in order.
    static List<Integer> words(List<String> lines) {
        List<Integer> words = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(WORD)) {
                words.add(Integer.parseUnsignedInt(line.substring(WORD.length(), WORD.length() + 8), 16));
            }
        }
        return words;
    }

    /// Maps fresh memory with `words` in it.
    static void place(List<Integer> words) {
        map(DATA, READ_WRITE);
        map(CODE, READ_WRITE_EXECUTE);
        for (int i = 0; i < words.size(); i++) {
            MEMORY.writeInt(CODE + 4L * i, words.get(i));
        }
    }

    private static void map(long address, int protection) {
        long result =
                MEMORY.space().map(address, GuestMemory.PAGE_SIZE, protection, PRIVATE_ANONYMOUS_FIXED, -1, 0, null);
        if (result != address) {
            throw new IllegalStateException("cannot map guest memory: " + result);
        }
    }

    /// The IR of the one block that `words` are, before optimization.
    static IrBlock translate(List<Integer> words) {
        place(words);
        CodegenOptions options = new CodegenOptions(false, false, words.size());
        IrBlock block = new IrBlock();
        new Frontend(MEMORY, CpuModel.max(), options, block).translateBlock(CODE);
        return block;
    }
}
