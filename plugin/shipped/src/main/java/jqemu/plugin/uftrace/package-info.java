/// The plugin `uftrace`: functions as a folder for the tool uftrace.
package jqemu.plugin.uftrace;
