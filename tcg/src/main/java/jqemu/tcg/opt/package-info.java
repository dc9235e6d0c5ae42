/// The optimizer: rewrites a block so that it does the same with fewer operations.
///
/// In: the IR that `jqemu.tcg.a64` built and plugins instrumented. Out: the same block, smaller. Next: the execution
/// tiers. [jqemu.tcg.opt.Passes] lists the passes in order; [jqemu.tcg.opt.DeadCodeElimination] is the smallest.
///
/// What every pass has to respect: guest memory accesses are never dropped or reordered, because they may fault; a
/// fault finds env as the guest left it before the faulting instruction; and marks stay, because they say which one
/// that is. Passes work on the block's arrays and on scratch arrays of their own that only ever grow: no allocation
/// per op.
@NullMarked
package jqemu.tcg.opt;

import org.jspecify.annotations.NullMarked;
