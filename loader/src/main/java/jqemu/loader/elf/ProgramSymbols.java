package jqemu.loader.elf;

import org.jspecify.annotations.Nullable;

/// The symbols of the running program, read when somebody first asks for them.
///
/// Most runs never do, and reading them costs tens of milliseconds. May be used by all threads.
public final class ProgramSymbols {
    private final ByteSource file;
    private final long bias;
    private final ElfDiagnostics diagnostics;
    private volatile @Nullable SymbolTable table;

    /// Keeps what is needed to read the symbols later.
    ///
    /// @param file the program, which must stay open
    /// @param bias what the loader added to the file's addresses
    /// @param diagnostics is told what was left out
    public ProgramSymbols(ByteSource file, long bias, ElfDiagnostics diagnostics) {
        this.file = file;
        this.bias = bias;
        this.diagnostics = diagnostics;
    }

    /// {@return the symbols, read now if this is the first call}
    public SymbolTable table() {
        SymbolTable known = table;
        return known != null ? known : readOnce();
    }

    private synchronized SymbolTable readOnce() {
        SymbolTable known = table;
        if (known == null) {
            known = SymbolReader.read(file, bias, diagnostics);
            table = known;
        }
        return known;
    }
}
