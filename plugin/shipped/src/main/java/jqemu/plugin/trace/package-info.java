/// The plugin `trace`: functions and system calls as a trace for a browser.
package jqemu.plugin.trace;
