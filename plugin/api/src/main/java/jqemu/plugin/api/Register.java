package jqemu.plugin.api;

/// A register of the guest's CPU; get it from [PluginContext#registers] or [PluginContext#register].
///
/// It may be kept and used with every vCPU, but read only in a callback of that vCPU that asked for it
/// ([RegisterAccess#READ]) and written only in one that asked for that ([RegisterAccess#READ_WRITE]). Callbacks about a
/// vCPU, system calls and discontinuities may read without asking; those that may write say so.
///
/// ```java
/// Register x0 = context.register("x0");
/// if (x0 != null) {
///     insn.onExecute(RegisterAccess.READ, vcpu -> context.print(Long.toHexString(x0.read(vcpu)) + "\n"));
/// }
/// ```
///
/// Mirrors `qemu_plugin_reg_descriptor`.
public interface Register {
    /// The name, as gdb calls it: `x0` to `x30`, `sp`, `pc`, `cpsr` (N, Z, C, V in bits 31 to 28), `v0` to `v31`,
    /// `fpsr`, `fpcr`, `tpidr`.
    ///
    /// @return a name, unique among the registers
    String name();

    /// The set of registers that this one belongs to, gdb's feature name.
    ///
    /// @return for example `org.gnu.gdb.aarch64.core`
    String feature();

    /// The size in bytes.
    ///
    /// @return 4, 8 or 16
    int size();

    /// The register's value, its lower 64 bits. Mirrors `qemu_plugin_read_register`.
    ///
    /// @param vcpu the vCPU whose callback runs
    /// @return the value, extended with zeros
    /// @throws IllegalStateException where the running callback did not ask for registers
    long read(int vcpu);

    /// The upper 64 bits of a register of 16 bytes.
    ///
    /// @param vcpu the vCPU whose callback runs
    /// @return the value, 0 for a smaller register
    /// @throws IllegalStateException where the running callback did not ask for registers
    long readHigh(int vcpu);

    /// Changes the register; of one with 16 bytes the lower half. A value that is too large is cut.
    /// Mirrors `qemu_plugin_write_register`. For the pc there is [PluginContext#setPc].
    ///
    /// @param vcpu  the vCPU whose callback runs
    /// @param value the new value
    /// @throws IllegalStateException where the running callback did not ask to write registers
    /// @throws UnsupportedOperationException for the pc
    void write(int vcpu, long value);

    /// Changes both halves of a register of 16 bytes.
    ///
    /// @param vcpu the vCPU whose callback runs
    /// @param low  the new lower half
    /// @param high the new upper half
    /// @throws IllegalStateException where the running callback did not ask to write registers
    /// @throws UnsupportedOperationException when the register is smaller
    void write(int vcpu, long low, long high);
}
