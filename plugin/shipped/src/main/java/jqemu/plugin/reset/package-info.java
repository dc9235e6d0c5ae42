/// The plugin `reset`: checks reset and uninstall.
package jqemu.plugin.reset;
