/// Tier 1: executes a block's IR directly, for code that has not run often enough to be compiled.
///
/// In: a translation block's IR and a vCPU's registers. Out: how the block was left. Next: `jqemu.tcg.exec`.
@NullMarked
package jqemu.tcg.interp;

import org.jspecify.annotations.NullMarked;
