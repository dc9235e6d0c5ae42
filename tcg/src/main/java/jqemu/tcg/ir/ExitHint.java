package jqemu.tcg.ir;

/// What kind of guest branch leaves a block: lets the back end turn guest calls and returns into Java ones.
public enum ExitHint {
    /// An ordinary branch or fall-through.
    JUMP("jump"),
    /// A branch with link (`BL`, `BLR`): `x30` holds the return address.
    CALL("call"),
    /// A return (`RET`).
    RETURN("return"),
    /// On to the next instruction, which must be looked up anew: code or how it is translated may have changed.
    SYNC("sync");

    private static final ExitHint[] VALUES = values();

    private final String text;

    ExitHint(String text) {
        this.text = text;
    }

    /// The name in the textual IR.
    public String text() {
        return text;
    }

    /// The hint with this ordinal, as an op's `aux` stores it.
    public static ExitHint of(int ordinal) {
        return VALUES[ordinal];
    }
}
