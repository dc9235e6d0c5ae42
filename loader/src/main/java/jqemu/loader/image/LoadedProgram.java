package jqemu.loader.image;

import jqemu.loader.elf.ElfHeaders;
import jqemu.loader.elf.ProgramSymbols;

/// A program in guest memory, ready for its first instruction.
///
/// The addresses that a debugger, a plugin or `/proc/self` asks for are in [#layout] and [#stack].
///
/// @param headers what its file says
/// @param layout where its segments, heap and stack are
/// @param stack its first stack, with the auxiliary vector
/// @param file its file, which stays open
/// @param symbols its functions, read when first asked for
public record LoadedProgram(
        ElfHeaders headers, ImageLayout layout, StackImage stack, HostFile file, ProgramSymbols symbols) {
    /// {@return the address of the first instruction}
    public long entry() {
        return layout.entry();
    }

    /// {@return the first stack pointer}
    public long stackPointer() {
        return stack.stackPointer();
    }

    /// {@return where the heap begins: the first value of `brk`}
    public long brk() {
        return layout.imageEnd();
    }
}
