package jqemu.plugin.api;

/// A block that is being translated: a run of instructions that is entered at its start only.
///
/// It ends with the first branch or system call, at the end of a page, or after 512 instructions. Blocks overlap: code
/// that is reached at two addresses is in two blocks. Not each translated block is executed, and an executed one may be
/// left early, by a fault.
///
/// ```java
/// ScoreboardU64 insns = context.newScoreboard();
/// context.onTranslate(block -> block.inlineAdd(insns, block.size()));
/// ```
///
/// What is registered here happens each time the block executes, in order of registration, before anything that is
/// registered for its first instruction. Registrations add up.
///
/// **Lifetime.** A block is valid until the [TranslateCallback] that got it returns, on its thread. Each method throws
/// [IllegalStateException] later; the message names the block and the callback.
public interface Block {
    /// The address of the first instruction. Mirrors `qemu_plugin_tb_vaddr`.
    ///
    /// @return a guest address
    long address();

    /// The number of instructions. Mirrors `qemu_plugin_tb_n_insns`.
    ///
    /// @return 1 to 512
    int size();

    /// One instruction of the block. Mirrors `qemu_plugin_tb_get_insn`.
    ///
    /// @param index its place, from 0
    /// @return the instruction, valid as long as the block
    /// @throws IndexOutOfBoundsException when there is no such instruction
    Instruction instruction(int index);

    /// Calls back at each execution, without access to registers. Mirrors `qemu_plugin_register_vcpu_tb_exec_cb`.
    ///
    /// @param callback the callback
    default void onExecute(VcpuCallback callback) {
        onExecute(RegisterAccess.NONE, callback);
    }

    /// Calls back at each execution. Mirrors `qemu_plugin_register_vcpu_tb_exec_cb`.
    ///
    /// @param registers what the callback does with registers
    /// @param callback  the callback
    void onExecute(RegisterAccess registers, VcpuCallback callback);

    /// Calls back at each execution where a cell of the executing vCPU meets a condition, without access to
    /// registers.
    ///
    /// @param condition the comparison
    /// @param cell      its left side
    /// @param constant  its right side
    /// @param callback  the callback
    default void onExecuteIf(Condition condition, ScoreboardU64 cell, long constant, VcpuCallback callback) {
        onExecuteIf(condition, cell, constant, RegisterAccess.NONE, callback);
    }

    /// Calls back at each execution where a cell of the executing vCPU meets a condition.
    ///
    /// The comparison is part of the translated code; it sees what was added inline before it.
    /// Mirrors `qemu_plugin_register_vcpu_tb_exec_cond_cb`.
    ///
    /// @param condition the comparison
    /// @param cell      its left side
    /// @param constant  its right side
    /// @param registers what the callback does with registers
    /// @param callback  the callback
    void onExecuteIf(
            Condition condition, ScoreboardU64 cell, long constant, RegisterAccess registers, VcpuCallback callback);

    /// Adds to a cell of the executing vCPU at each execution, as part of the translated code.
    /// Mirrors `qemu_plugin_register_vcpu_tb_exec_inline_per_vcpu` with `QEMU_PLUGIN_INLINE_ADD_U64`.
    ///
    /// @param cell  the cell
    /// @param value what is added, wrapping around
    void inlineAdd(ScoreboardU64 cell, long value);

    /// Stores to a cell of the executing vCPU at each execution, as part of the translated code.
    /// Mirrors `qemu_plugin_register_vcpu_tb_exec_inline_per_vcpu` with `QEMU_PLUGIN_INLINE_STORE_U64`.
    ///
    /// @param cell  the cell
    /// @param value its new value
    void inlineStore(ScoreboardU64 cell, long value);
}
