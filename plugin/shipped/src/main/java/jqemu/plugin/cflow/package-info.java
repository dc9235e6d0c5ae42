/// The plugin `cflow`: where control flow goes.
package jqemu.plugin.cflow;
