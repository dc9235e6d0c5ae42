package jqemu.tcg.ir;

/// The strength of a memory barrier.
public enum Fence {
    /// Loads before it are ordered before all accesses after it (`DMB ISHLD`).
    LOAD("load"),
    /// Stores before it are ordered before stores after it (`DMB ISHST`).
    STORE("store"),
    /// Everything (`DMB ISH`, `DSB`).
    FULL("full");

    private static final Fence[] VALUES = values();

    private final String text;

    Fence(String text) {
        this.text = text;
    }

    /// The name in the textual IR.
    public String text() {
        return text;
    }

    /// The fence with this ordinal, as an op's `aux` stores it.
    public static Fence of(int ordinal) {
        return VALUES[ordinal];
    }
}
