/// The plugin `ips`: a limit of instructions per second.
package jqemu.plugin.ips;
