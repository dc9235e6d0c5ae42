/// The translator: A64 front end, IR, optimizer, execution. It knows no Linux.
@org.jspecify.annotations.NullMarked
module jqemu.tcg {
    requires static org.jspecify;
    requires java.compiler;
    requires transitive jqemu.loader;
    requires transitive jqemu.plugin.api;

    exports jqemu.tcg.a64;
    exports jqemu.tcg.cpu;
    exports jqemu.tcg.exec;
    exports jqemu.tcg.instrument;
    exports jqemu.tcg.ir;
    exports jqemu.tcg.jvm;
    exports jqemu.tcg.opt;
}
