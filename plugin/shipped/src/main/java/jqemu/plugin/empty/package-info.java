/// The plugin `empty`: nothing, for every block.
package jqemu.plugin.empty;
