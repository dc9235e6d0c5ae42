package jqemu.codegen;

import java.util.List;

/// The patterns of one table file: one generated interface.
///
/// @param name the interface's name
/// @param title what the encoding group is, for its Javadoc
record Group(String name, String title, List<InstructionPattern> patterns) {
    /// The name of the decoder's field and constructor parameter that holds the group's translator.
    String variable() {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
