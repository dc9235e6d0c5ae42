/// A shipped plugin: counts, prints and checks memory accesses.
@org.jspecify.annotations.NullMarked
module jqemu.plugin.mem {
    requires static org.jspecify;
    requires jqemu.plugin.api;

    provides jqemu.plugin.api.Plugin with
            jqemu.plugin.mem.MemoryCount;
}
