/// The plugin `drcov`: coverage for Lighthouse.
package jqemu.plugin.drcov;
