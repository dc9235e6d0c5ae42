/// The plugin `insncount`: in, every translated instruction; out, how many of them were executed, and which matched.
/// Start with [InsnCount].
package jqemu.plugin.insncount;
