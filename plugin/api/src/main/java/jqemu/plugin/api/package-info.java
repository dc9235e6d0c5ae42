/// Beside the pipeline: what a plugin sees of a guest program while it is translated and executed.
///
/// In: a [Plugin], found in a jar, registers callbacks and inline operations through its [PluginContext], its [Block]s
/// and their [Instruction]s. Out: calls of these callbacks on the guest's threads, and counts in [Scoreboard]s.
/// Start with [Plugin]; the implementation of the interfaces is the translator's.
///
/// **Who implements what.** Plugins implement [Plugin] and the functional interfaces (the callbacks). All other
/// interfaces are implemented by jqemu-user alone and may get further methods in later versions.
///
/// **Null.** A query without an answer returns `null` and is marked `@Nullable`; nothing else is ever null.
///
/// **Unsigned.** Addresses and scoreboard cells are 64 bits without a sign in a `long`: compare with
/// [Long#compareUnsigned], print with [Long#toUnsignedString] or [Long#toHexString].
package jqemu.plugin.api;
