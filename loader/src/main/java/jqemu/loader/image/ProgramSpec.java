package jqemu.loader.image;

/// What a program is started with.
///
/// Strings are bytes without the final NUL: Linux gives them no encoding. The arrays are not
/// copied and must not change.
///
/// @param path the program's file, as `AT_EXECFN` shows it
/// @param arguments `argv`, usually with the program's name first
/// @param environment `envp`, each `NAME=value`
/// @param stackSize bytes of stack: see [#stackSize(long, long)]
/// @param cpu what the guest is told about its CPU
/// @param credentials what the guest is told about its user
/// @param random the 16 bytes of `AT_RANDOM`: see [StartRandom]
@SuppressWarnings("ArrayRecordComponent") // specs are never compared
public record ProgramSpec(
        byte[] path,
        byte[][] arguments,
        byte[][] environment,
        long stackSize,
        CpuFacts cpu,
        Credentials credentials,
        byte[] random) {
    /// The stack that a program gets where nothing asks for more, in bytes.
    public static final long DEFAULT_STACK_SIZE = 8 << 20;

    /// The smallest stack, in bytes: QEMU's `STACK_LOWER_LIMIT`.
    public static final long MIN_STACK_SIZE = 32 * 4096;

    /// Decides on the size of the stack, as QEMU does.
    ///
    /// @param option the size that the user asked for with `-s`, or 0
    /// @param softLimit the soft `RLIMIT_STACK`; unlimited is -1 and gives the default
    /// @return a multiple of the page size
    public static long stackSize(long option, long softLimit) {
        long wanted = option > 0 ? option : Math.max(softLimit, DEFAULT_STACK_SIZE);
        long bounded = Math.min(Math.max(wanted, MIN_STACK_SIZE), 1L << 40);
        return ImageLayout.pageUp(bounded);
    }
}
