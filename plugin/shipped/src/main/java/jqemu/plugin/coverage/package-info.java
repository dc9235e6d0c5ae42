/// The plugin `coverage`: which source lines were executed.
package jqemu.plugin.coverage;
