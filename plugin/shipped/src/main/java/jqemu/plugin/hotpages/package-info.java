/// The plugin `hotpages`: the pages that are read and written most.
package jqemu.plugin.hotpages;
