/// Shipped plugins; [PluginPacker](../../packer/java/PluginPacker.java) makes a jar of each.
@org.jspecify.annotations.NullMarked
module jqemu.plugin.shipped {
    requires static org.jspecify;
    requires jqemu.plugin.api;
}
