/// The intermediate representation: what the front end builds, the optimizer rewrites and the tiers execute.
///
/// In: calls on [jqemu.tcg.ir.IrBuilder] from `jqemu.tcg.a64`. Out: an [jqemu.tcg.ir.IrBlock], one per translation
/// block. Next: `jqemu.tcg.opt`. Start with [jqemu.tcg.ir.Opcode], the list of operations, then
/// [jqemu.tcg.ir.IrBlock] for how they are stored and [jqemu.tcg.ir.Evaluator] for what they mean.
@NullMarked
package jqemu.tcg.ir;

import org.jspecify.annotations.NullMarked;
