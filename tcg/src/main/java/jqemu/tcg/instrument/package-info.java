/// Beside the pipeline: plugins, from the command line to what their requests add to a block's IR.
///
/// In: the `-plugin` options, and each block between its translation and its optimization. Out: loaded plugins, and
/// IR ops for inline operations and callbacks. Start with [PluginOption], then [PluginLoader].
package jqemu.tcg.instrument;
