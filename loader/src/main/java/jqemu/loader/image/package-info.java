/// Stage 2 of the pipeline: puts the guest program into guest memory, ready to run.
///
/// In: [jqemu.loader.elf.ElfHeaders] and a [ProgramSpec], which says what the program shall find: arguments,
/// environment, CPU. Out: a [LoadedProgram] with the first pc and sp. Next: `jqemu.tcg` executes from
/// there. [ImageLayout] decides where things go, [StackImage] makes the first stack, [ProgramLoader]
/// maps and writes what they decided; start with the last.
///
/// All of it lies on the way to the first guest instruction: no library, no lambdas.
package jqemu.loader.image;
