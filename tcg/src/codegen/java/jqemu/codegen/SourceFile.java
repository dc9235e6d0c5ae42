package jqemu.codegen;

/// A generated class of package `jqemu.tcg.a64`.
record SourceFile(String className, String text) {
    private static final String HEADER =
            "// Generated from tcg/src/main/decode; do not edit.\npackage jqemu.tcg.a64;\n\n";

    /// A class whose text follows the package line.
    static SourceFile of(String className, String body) {
        return new SourceFile(className, HEADER + body);
    }
}
