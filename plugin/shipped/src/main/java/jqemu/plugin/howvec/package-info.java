/// The plugin `howvec`: instructions by class.
package jqemu.plugin.howvec;
