/// A shipped plugin: counts executed blocks and the instructions in them.
@org.jspecify.annotations.NullMarked
module jqemu.plugin.bb {
    requires static org.jspecify;
    requires jqemu.plugin.api;

    provides jqemu.plugin.api.Plugin with
            jqemu.plugin.bb.BlockCount;
}
