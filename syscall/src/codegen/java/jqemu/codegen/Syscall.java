package jqemu.codegen;

import java.util.List;

/// A line of the table.
///
/// @param number the guest's system call number
/// @param name its name, as Linux spells it
/// @param family the interface that its handler belongs to; empty where there is none
/// @param parameters its parameters, in order
/// @param result the kind of its result
/// @param style how `-strace` prints it
/// @param missing what is missing, empty where nothing is
record Syscall(
        int number,
        String name,
        String family,
        List<Parameter> parameters,
        ArgumentKind result,
        Style style,
        String missing) {

    /// A parameter of a system call.
    record Parameter(ArgumentKind kind, String name) {}

    /// How `-strace` prints a call.
    enum Style {
        /// Each argument by its kind.
        BY_KIND,
        /// Six decimal numbers.
        RAW,
        /// As a call that is not known.
        UNKNOWN
    }

    /// Whether there is a handler.
    boolean isHandled() {
        return !family.isEmpty();
    }
}
