package jqemu.plugin.calls;

import jqemu.plugin.api.Instruction;
import org.jspecify.annotations.Nullable;

/// A function of the guest.
///
/// @param name  its symbol; without one, the address at which it was entered
/// @param start the address of its first instruction
public record Function(String name, long start) {
    /// The function that an instruction belongs to.
    ///
    /// @param insn the instruction
    /// @return the function, or `null` where there is no symbol
    static @Nullable Function of(Instruction insn) {
        String symbol = insn.symbol();
        return symbol == null ? null : new Function(symbol, insn.address() - insn.symbolOffset());
    }

    static Function unnamed(long pc) {
        return new Function("0x" + Long.toHexString(pc), pc);
    }
}
