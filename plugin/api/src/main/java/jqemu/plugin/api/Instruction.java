package jqemu.plugin.api;

import org.jspecify.annotations.Nullable;

/// An instruction of a block that is being translated.
///
/// ```java
/// context.onTranslate(block -> {
///     for (int i = 0; i < block.size(); i++) {
///         Instruction insn = block.instruction(i);
///         String text = "0x" + Long.toHexString(insn.address()) + " " + insn.disassembly() + "\n";
///         insn.onExecute(vcpu -> context.print(text));
///     }
/// });
/// ```
///
/// What is registered for execution happens each time before the instruction executes; what is registered for memory
/// happens after each of its accesses that succeeded. Both keep the order of registration, and registrations add up.
///
/// **Accesses**, as QEMU counts them: a pair of general registers is one access of twice the size, a pair of SIMD
/// registers is two. An exclusive store that succeeds and an atomic operation are a read and then a write, also a
/// compare-and-swap that does not swap. A prefetch and `DC ZVA` are none.
///
/// **Lifetime.** An instruction is valid until the [TranslateCallback] that got its block returns, on its thread. Each
/// method throws [IllegalStateException] later; the message names the instruction and the callback.
public interface Instruction {
    /// The address. Mirrors `qemu_plugin_insn_vaddr`.
    ///
    /// @return a guest address
    long address();

    /// The size in bytes. Mirrors `qemu_plugin_insn_size`.
    ///
    /// @return 4
    int size();

    /// The bytes in memory, least significant byte first. Mirrors `qemu_plugin_insn_data`.
    ///
    /// @return a new array of [#size] bytes
    byte[] bytes();

    /// The instruction as assembly text. Mirrors `qemu_plugin_insn_disas`.
    ///
    /// @return mnemonic, one blank and operands
    String disassembly();

    /// The name of the function that the instruction is in, as far as the program has symbols.
    /// Mirrors `qemu_plugin_insn_symbol`.
    ///
    /// @return a name, or `null` when none is known
    @Nullable
    String symbol();

    /// How far the instruction is behind the start of the function [#symbol].
    ///
    /// @return bytes, 0 at the function's entry; -1 when no function is known
    long symbolOffset();

    /// Where the emulator has the instruction in its own memory. Mirrors `qemu_plugin_insn_haddr`, which in user
    /// mode gives the host's address; nothing can be done with it but to tell instructions apart.
    ///
    /// @return an address of the host
    long hostAddress();

    /// Calls back before each execution, without access to registers.
    /// Mirrors `qemu_plugin_register_vcpu_insn_exec_cb`.
    ///
    /// @param callback the callback
    default void onExecute(VcpuCallback callback) {
        onExecute(RegisterAccess.NONE, callback);
    }

    /// Calls back before each execution. Mirrors `qemu_plugin_register_vcpu_insn_exec_cb`.
    ///
    /// @param registers what the callback does with registers
    /// @param callback  the callback
    void onExecute(RegisterAccess registers, VcpuCallback callback);

    /// Calls back before each execution where a cell of the executing vCPU meets a condition, without access to
    /// registers.
    ///
    /// @param condition the comparison
    /// @param cell      its left side
    /// @param constant  its right side
    /// @param callback  the callback
    default void onExecuteIf(Condition condition, ScoreboardU64 cell, long constant, VcpuCallback callback) {
        onExecuteIf(condition, cell, constant, RegisterAccess.NONE, callback);
    }

    /// Calls back before each execution where a cell of the executing vCPU meets a condition.
    ///
    /// The comparison is part of the translated code; it sees what was added inline before it.
    /// Mirrors `qemu_plugin_register_vcpu_insn_exec_cond_cb`.
    ///
    /// @param condition the comparison
    /// @param cell      its left side
    /// @param constant  its right side
    /// @param registers what the callback does with registers
    /// @param callback  the callback
    void onExecuteIf(
            Condition condition, ScoreboardU64 cell, long constant, RegisterAccess registers, VcpuCallback callback);

    /// Adds to a cell of the executing vCPU before each execution, as part of the translated code.
    /// Mirrors `qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu` with `QEMU_PLUGIN_INLINE_ADD_U64`.
    ///
    /// @param cell  the cell
    /// @param value what is added, wrapping around
    void inlineAdd(ScoreboardU64 cell, long value);

    /// Stores to a cell of the executing vCPU before each execution, as part of the translated code.
    /// Mirrors `qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu` with `QEMU_PLUGIN_INLINE_STORE_U64`.
    ///
    /// @param cell  the cell
    /// @param value its new value
    void inlineStore(ScoreboardU64 cell, long value);

    /// Calls back after each memory access. Mirrors `qemu_plugin_register_vcpu_mem_cb`.
    ///
    /// @param access   loads, stores or both
    /// @param callback the callback
    default void onMemory(MemoryAccess access, MemoryCallback callback) {
        onMemory(access, RegisterAccess.NONE, callback);
    }

    /// Calls back after each memory access. Mirrors `qemu_plugin_register_vcpu_mem_cb`.
    ///
    /// @param access    loads, stores or both
    /// @param registers what the callback does with registers
    /// @param callback  the callback
    void onMemory(MemoryAccess access, RegisterAccess registers, MemoryCallback callback);

    /// Calls back after each memory access, with its value.
    ///
    /// @param access   loads, stores or both
    /// @param callback the callback
    default void onMemoryValue(MemoryAccess access, MemoryValueCallback callback) {
        onMemoryValue(access, RegisterAccess.NONE, callback);
    }

    /// Calls back after each memory access, with its value.
    /// Mirrors `qemu_plugin_register_vcpu_mem_cb` with `qemu_plugin_mem_get_value`.
    ///
    /// @param access    loads, stores or both
    /// @param registers what the callback does with registers
    /// @param callback  the callback
    void onMemoryValue(MemoryAccess access, RegisterAccess registers, MemoryValueCallback callback);

    /// Adds to a cell of the executing vCPU after each memory access, as part of the translated code.
    /// Mirrors `qemu_plugin_register_vcpu_mem_inline_per_vcpu` with `QEMU_PLUGIN_INLINE_ADD_U64`.
    ///
    /// @param access loads, stores or both
    /// @param cell   the cell
    /// @param value  what is added, wrapping around
    void inlineMemoryAdd(MemoryAccess access, ScoreboardU64 cell, long value);

    /// Stores to a cell of the executing vCPU after each memory access, as part of the translated code.
    /// Mirrors `qemu_plugin_register_vcpu_mem_inline_per_vcpu` with `QEMU_PLUGIN_INLINE_STORE_U64`.
    ///
    /// @param access loads, stores or both
    /// @param cell   the cell
    /// @param value  its new value
    void inlineMemoryStore(MemoryAccess access, ScoreboardU64 cell, long value);
}
