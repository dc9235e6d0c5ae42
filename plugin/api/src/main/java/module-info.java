/// The plugin API: the one jar that a plugin's author needs.
@org.jspecify.annotations.NullMarked
module jqemu.plugin.api {
    requires static org.jspecify;

    exports jqemu.plugin.api;
}
