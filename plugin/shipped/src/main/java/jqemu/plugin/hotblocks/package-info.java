/// The plugin `hotblocks`: the blocks that are executed most often.
package jqemu.plugin.hotblocks;
