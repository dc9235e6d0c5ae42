package jqemu.loader.elf;

/// Receives what [SymbolReader] had to leave out and why.
///
/// Symbols are a convenience: nothing about them stops a program. The lines appear under `-d`.
@FunctionalInterface
public interface ElfDiagnostics {
    /// Reports something that was skipped.
    ///
    /// @param message one line, without a line end
    void report(String message);
}
