/// Stage 1 of the pipeline: reads the guest program's ELF file.
///
/// In: the bytes of a file that nobody vouches for. Out: [ElfHeaders], what is needed to start the
/// program, and [SymbolTable], what is needed to talk about it. Next: `jqemu.loader.image`, which
/// puts the program into guest memory.
///
/// The two halves are kept apart on purpose. The headers lie on the way to the first guest
/// instruction, so [ElfHeaders] reads a few hundred bytes by hand and touches no library. Symbols
/// are wanted by plugins and logs only; [SymbolReader] uses jelf and Commons Compress when they
/// are first asked for. Everything is validated before it is believed: start with [ElfHeaders].
package jqemu.loader.elf;
