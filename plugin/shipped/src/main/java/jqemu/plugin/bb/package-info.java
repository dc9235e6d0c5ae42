/// The plugin `bb`: in, every translated block; out, how many were executed. Start with [BlockCount].
package jqemu.plugin.bb;
