package jqemu.plugin.api;

/// A system call as the guest makes it: its number and its registers.
///
/// ```java
/// context.onSystemCall((vcpu, call) -> {
///     if (call.number() == 64) {
///         context.print("write to " + call.argument(0) + "\n");
///     }
/// });
/// ```
///
/// @param number Linux's number for AArch64, `x8`
/// @param a0     the first argument, `x0`
/// @param a1     the second argument
/// @param a2     the third argument
/// @param a3     the fourth argument
/// @param a4     the fifth argument
/// @param a5     the sixth argument
public record SystemCall(long number, long a0, long a1, long a2, long a3, long a4, long a5) {
    /// An argument by its place.
    ///
    /// @param index 0 to 7; Linux uses the first six on AArch64, the others are 0
    /// @return its value
    /// @throws IndexOutOfBoundsException when there is none
    public long argument(int index) {
        return switch (index) {
            case 0 -> a0;
            case 1 -> a1;
            case 2 -> a2;
            case 3 -> a3;
            case 4 -> a4;
            case 5 -> a5;
            case 6, 7 -> 0;
            default -> throw new IndexOutOfBoundsException("system calls have no argument " + index);
        };
    }
}
