package jqemu.tcg.a64;

/// For what translated code is generated. Changing an option needs all translations dropped.
///
/// @param probeAccesses each guest access is preceded by a `probe`, for hosts where a fault cannot be caught (JNR)
/// @param instrumented plugins are loaded: memory accesses carry marks for them
/// @param maxInstructions the most guest instructions in a block, 1 to 512
public record CodegenOptions(boolean probeAccesses, boolean instrumented, int maxInstructions) {
    /// The most instructions in a block, as in QEMU.
    public static final int MAX_INSTRUCTIONS = 512;

    /// No plugin, native host.
    public static final CodegenOptions PLAIN = new CodegenOptions(false, false, MAX_INSTRUCTIONS);
}
