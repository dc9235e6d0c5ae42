/// Benchmarks of the translator: JMH classes, run by `scripts/bench-jmh`.
@org.jspecify.annotations.NullMarked
module jqemu.bench {
    requires static org.jspecify;
    requires jqemu.loader;
    requires jqemu.plugin.api;
    requires jqemu.tcg;
    requires jmh.core;
}
