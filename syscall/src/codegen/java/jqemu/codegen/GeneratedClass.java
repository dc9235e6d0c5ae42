package jqemu.codegen;

/// A generated class of package `jqemu.syscall.dispatch`.
record GeneratedClass(String className, String text) {
    static final String PACKAGE = "jqemu.syscall.dispatch";

    private static final String HEADER =
            "// Generated from syscall/src/main/syscalls; do not edit.\npackage " + PACKAGE + ";\n\n";

    /// A class whose text follows the package line.
    static GeneratedClass of(String className, String body) {
        return new GeneratedClass(className, HEADER + body);
    }
}
