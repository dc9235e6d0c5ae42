/// Tier 2: guest code as JVM bytecode, which HotSpot's C2 compiles.
///
/// In: translation blocks that the interpreter has executed often, with the blocks that they lead to. Out: a [Region],
/// one hidden class with the code of them all. Start with [RegionCompiler], then [RegionShape] for what belongs to a
/// region and [RegionEmitter] for how it becomes bytecode. [CodeWriter] and [ConstantPool] write class files.
@NullMarked
package jqemu.tcg.jvm;

import org.jspecify.annotations.NullMarked;
