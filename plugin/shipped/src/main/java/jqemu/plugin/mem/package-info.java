/// The plugin `mem`: in, every load and store; out, their number, a line for each, or a table of memory regions.
/// Start with [MemoryCount].
package jqemu.plugin.mem;
