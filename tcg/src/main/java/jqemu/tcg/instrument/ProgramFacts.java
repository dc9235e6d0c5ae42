package jqemu.tcg.instrument;

import jqemu.loader.memory.GuestMemory;
import org.jspecify.annotations.Nullable;

/// What plugins can ask of the guest program and of the log, supplied by the personality.
public interface ProgramFacts {
    /// The path of the program as the user gave it.
    String pathToBinary();

    /// The lowest address of the program's executable segments.
    long startCode();

    /// The first address after the program's executable segments.
    long endCode();

    /// The address of the first instruction of the process.
    long entryCode();

    /// The name of the function that `address` is in, or `null`.
    @Nullable
    String symbol(long address);

    /// How far `address` is behind the start of that function; -1 when there is none.
    long symbolOffset(long address);

    /// The guest's memory.
    GuestMemory memory();

    /// Makes some vCPU stop soon and look for [Instrumentation#hasDepartures]; from any thread.
    void requestSafePoint();

    /// Writes `text` to the log when the user asked for plugin output (`-d plugin`).
    void print(String text);
}
