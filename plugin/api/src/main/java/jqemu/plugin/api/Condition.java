package jqemu.plugin.api;

/// How a scoreboard cell is compared with a constant; all comparisons are unsigned. Mirrors `qemu_plugin_cond`.
///
/// ```java
/// ScoreboardU64 count = context.newScoreboard();
/// block.inlineAdd(count, 1);
/// block.onExecuteIf(Condition.GE, count, 1000, vcpu -> {
///     count.set(vcpu, 0);
///     context.print("another 1000\n");
/// });
/// ```
public enum Condition {
    /// Never true: the callback is not registered at all.
    NEVER,
    /// Always true: the cell is not looked at.
    ALWAYS,
    /// The cell is equal to the constant.
    EQ,
    /// The cell is not equal to the constant.
    NE,
    /// The cell is less than the constant.
    LT,
    /// The cell is less than the constant or equal to it.
    LE,
    /// The cell is greater than the constant.
    GT,
    /// The cell is greater than the constant or equal to it.
    GE;

    /// Evaluates the condition; what translated code does inline.
    ///
    /// @param cell     the cell's value, unsigned
    /// @param constant the constant, unsigned
    /// @return whether the condition holds
    public boolean test(long cell, long constant) {
        return switch (this) {
            case NEVER -> false;
            case ALWAYS -> true;
            case EQ -> cell == constant;
            case NE -> cell != constant;
            case LT -> Long.compareUnsigned(cell, constant) < 0;
            case LE -> Long.compareUnsigned(cell, constant) <= 0;
            case GT -> Long.compareUnsigned(cell, constant) > 0;
            case GE -> Long.compareUnsigned(cell, constant) >= 0;
        };
    }
}
