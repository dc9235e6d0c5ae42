/// The plugin `inline`: the same events counted in three ways.
package jqemu.plugin.inline;
