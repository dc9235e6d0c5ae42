/// A shipped plugin: counts executed instructions.
@org.jspecify.annotations.NullMarked
module jqemu.plugin.insncount {
    requires static org.jspecify;
    requires jqemu.plugin.api;

    provides jqemu.plugin.api.Plugin with
            jqemu.plugin.insncount.InsnCount;
}
