/// Instructions proved against qemu-aarch64, and tiers against each other.
///
/// In: the decode tables' metadata. A [jqemu.tcg.vector.VectorCase] is a few instruction words with a state made from a
/// seed; the [jqemu.tcg.vector.Oracle] has QEMU execute cases, every [jqemu.tcg.vector.Tier] executes the same. Out:
/// golden vectors in `src/test/vectors`, replayed without QEMU, and reports of programs on which tiers disagree.
package jqemu.tcg.vector;
