/// Files that plugins write: shared by the shipped plugins that have some.
package jqemu.plugin.files;
