/// The plugin `bbv`: basic block vectors for SimPoint.
package jqemu.plugin.bbv;
