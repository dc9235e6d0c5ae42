package jqemu.plugin.cache;

import java.util.concurrent.atomic.LongAdder;
import jqemu.plugin.api.Instruction;

/// An instruction, and how often what it needed was in no cache.
final class Misses {
    final LongAdder data = new LongAdder();
    final LongAdder fetch = new LongAdder();
    final LongAdder second = new LongAdder();
    private final long address;
    private final String where;
    private final String assembly;

    Misses(Instruction insn) {
        this.address = insn.address();
        String symbol = insn.symbol();
        long offset = insn.symbolOffset();
        String name = symbol == null || offset == 0 ? symbol : symbol + "+0x" + Long.toHexString(offset);
        this.where = "0x" + Long.toHexString(address) + (name == null ? "" : " (" + name + ")");
        this.assembly = insn.disassembly();
    }

    long address() {
        return address;
    }

    String line(LongAdder count) {
        return where + ", " + count.sum() + ", " + assembly + "\n";
    }
}
