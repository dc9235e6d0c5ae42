/// The plugin `stoptrigger`: an end at a count or an address.
package jqemu.plugin.stoptrigger;
