/// The plugin `callgraph`: which function called which, and how many instructions that took.
package jqemu.plugin.callgraph;
