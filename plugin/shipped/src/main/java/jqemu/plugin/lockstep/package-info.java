/// The plugin `lockstep`: compares two runs.
package jqemu.plugin.lockstep;
