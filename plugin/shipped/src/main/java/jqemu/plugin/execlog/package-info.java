/// The plugin `execlog`: each instruction as it is executed.
package jqemu.plugin.execlog;
