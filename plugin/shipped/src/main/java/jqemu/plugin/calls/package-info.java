/// Follows calls and returns, thread by thread: shared by the shipped plugins that show functions in time.
package jqemu.plugin.calls;
