/// Out-of-line semantics: guest memory accesses, floating point, saturating arithmetic, cryptography, atomics of pairs.
///
/// What an IR op means when that is more than a pure function of its operands; both tiers call the same static methods.
/// [FpEvaluator] is the entry for floating-point ops; [SoftFloat] holds the exact arithmetic behind it.
@NullMarked
package jqemu.tcg.helper;

import org.jspecify.annotations.NullMarked;
