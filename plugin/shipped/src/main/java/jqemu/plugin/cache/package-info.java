/// The plugin `cache`: a model of caches.
package jqemu.plugin.cache;
