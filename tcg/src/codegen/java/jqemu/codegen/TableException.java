package jqemu.codegen;

/// A mistake in a decode table; the message names file and line, as compilers do.
final class TableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TableException(String file, int line, String message) {
        super(file + ":" + line + ": error: " + message);
    }
}
