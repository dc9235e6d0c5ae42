package jqemu.plugin.api;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One installed plugin's connection to the emulator: events, scoreboards, facts about the guest, output.
///
/// There is one callback per event: registering again replaces it, `null` removes it. With several plugins the one
/// that was loaded last is called first, as in QEMU.
///
/// ```java
/// ScoreboardU64 blocks = context.newScoreboard();
/// context.onVcpuInit(vcpu -> context.print("thread " + vcpu + " starts\n"));
/// context.onTranslate(block -> block.inlineAdd(blocks, 1));
/// context.onExit(() -> context.print(context.pathToBinary() + ": " + blocks.sum() + " blocks\n"));
/// ```
///
/// All methods may be called from any thread, in [Plugin#install] and in every callback, where nothing else is said.
public interface PluginContext {
    /// What is emulated, and by which version of this API. Mirrors `qemu_info_t`.
    ///
    /// @return the target, always the same
    TargetInfo target();

    /// Makes a scoreboard of one cell per vCPU, all zero.
    ///
    /// @return the cell
    default ScoreboardU64 newScoreboard() {
        return newScoreboard(1).cell(0);
    }

    /// Makes a scoreboard of several cells per vCPU, all zero: the Java form of a struct in a QEMU scoreboard.
    ///
    /// The emulator makes it grow with the number of vCPUs. It lives as long as the plugin.
    /// Mirrors `qemu_plugin_scoreboard_new`.
    ///
    /// @param cells the number of cells that each vCPU has, at least 1
    /// @return the scoreboard
    Scoreboard newScoreboard(int cells);

    /// Registers what is called for each block that is translated, on the thread of the vCPU that needs it, before
    /// the block is executed for the first time.
    ///
    /// A block is translated again after a flush, and where code begins at another address of the same
    /// instructions. Mirrors `qemu_plugin_register_vcpu_tb_trans_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onTranslate(@Nullable TranslateCallback callback);

    /// Registers what is called when a vCPU, that is a guest thread, starts: on its own thread, before its first
    /// block is translated. The main thread is vCPU 0. A later thread gets the highest index in use plus 1, so
    /// indexes are used again after threads have ended; scoreboard cells go on from their old values then. Mirrors
    /// `qemu_plugin_register_vcpu_init_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onVcpuInit(@Nullable VcpuCallback callback);

    /// Registers what is called when a guest thread ends, on that thread. It is not called for the last thread, nor
    /// for any thread when the whole process ends. Mirrors `qemu_plugin_register_vcpu_exit_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onVcpuExit(@Nullable VcpuCallback callback);

    /// Registers what is called when a vCPU begins to idle: its thread makes a system call of the host that may
    /// block. Registers may be read. Mirrors `qemu_plugin_register_vcpu_idle_cb`, which QEMU calls in system mode
    /// only.
    ///
    /// @param callback the callback, or `null` for none
    void onVcpuIdle(@Nullable VcpuCallback callback);

    /// Registers what is called when a vCPU goes on after it was idle, each time after [#onVcpuIdle]. Registers may
    /// be read. Mirrors `qemu_plugin_register_vcpu_resume_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onVcpuResume(@Nullable VcpuCallback callback);

    /// Registers what is called before each system call is served, on the thread that makes it.
    /// Mirrors `qemu_plugin_register_vcpu_syscall_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onSystemCall(@Nullable SystemCallCallback callback);

    /// Registers what is called after each system call; not for those that do not return, as `exit_group`.
    /// Mirrors `qemu_plugin_register_vcpu_syscall_ret_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onSystemCallReturn(@Nullable SystemCallReturnCallback callback);

    /// Registers what decides whether a system call is made, after [#onSystemCall]. The first filter that has a
    /// result decides; the plugin that was loaded last is asked first. Mirrors
    /// `qemu_plugin_register_vcpu_syscall_filter_cb`.
    ///
    /// @param filter the filter, or `null` for none
    void filterSystemCalls(@Nullable SystemCallFilter filter);

    /// Registers what is called where the guest goes on elsewhere than its instructions say.
    /// Mirrors `qemu_plugin_register_vcpu_discon_cb`.
    ///
    /// @param types    which kinds are wanted
    /// @param callback the callback, or `null` for none
    void onDiscontinuity(Set<Discontinuity> types, @Nullable DiscontinuityCallback callback);

    /// Registers what is called when all translations have been dropped, for example at the start of the second
    /// thread. Blocks are translated again afterwards. Mirrors `qemu_plugin_register_flush_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onFlush(@Nullable Runnable callback);

    /// Registers what is called once at the end of the run: the guest has called `exit_group`, or a signal ends it.
    /// No other callback runs any more. Mirrors `qemu_plugin_register_atexit_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onExit(@Nullable Runnable callback);

    /// Takes all callbacks of this plugin away, so that it can register others. Returns at once: callbacks go on
    /// until all vCPUs have stopped; then all translations are dropped ([#onFlush] is called for the last time),
    /// and `done` is called. May be called from callbacks and from the plugin's own threads. Mirrors
    /// `qemu_plugin_reset`.
    ///
    /// @param done what is called afterwards, on the thread of any vCPU while no vCPU runs; it may register
    ///             callbacks
    /// @throws IllegalStateException in `install`
    void reset(Runnable done);

    /// Removes this plugin, as [#reset] takes its callbacks away. What it registers afterwards is ignored.
    /// Mirrors `qemu_plugin_uninstall`.
    ///
    /// @param done what is called afterwards, the plugin's last callback
    /// @throws IllegalStateException in `install`
    void uninstall(Runnable done);

    /// Calls back for each vCPU that exists now, on the caller's thread. Mirrors `qemu_plugin_vcpu_for_each`.
    ///
    /// @param callback the callback; it may not use registers
    void forEachVcpu(VcpuCallback callback);

    /// The registers of the guest's CPU, the same for each vCPU. Mirrors `qemu_plugin_get_registers`.
    ///
    /// @return all registers
    List<Register> registers();

    /// A register by its name.
    ///
    /// @param name as in [Register#name]; `nzcv` is `cpsr`
    /// @return the register, or `null` when there is none
    @Nullable
    Register register(String name);

    /// Lets a vCPU go on at another address: ends the callback by throwing what no plugin should catch, and the
    /// instruction or system call that it was called for is not executed. (After a memory access the rest of its
    /// instruction is not.) Mirrors `qemu_plugin_set_pc`.
    ///
    /// @param vcpu    the vCPU whose callback runs: one of execution or memory that asked for
    ///                [RegisterAccess#READ_WRITE], or of a system call
    /// @param address where to go on, a multiple of 4
    /// @throws IllegalStateException in other callbacks
    void setPc(int vcpu, long address);

    /// Reads the guest's memory. Not in [Plugin#install]. Mirrors `qemu_plugin_read_memory_vaddr`.
    ///
    /// @param address a guest address
    /// @param length  the number of bytes
    /// @return a new array, or `null` where the guest could not read all of it
    /// @throws IllegalStateException in `install`
    byte @Nullable [] readMemory(long address, int length);

    /// Writes the guest's memory, also code, which is translated anew. Not in [Plugin#install].
    /// Mirrors `qemu_plugin_write_memory_vaddr`.
    ///
    /// @param address a guest address
    /// @param bytes   what is written
    /// @return whether it was; `false` where the guest could not write all of it
    /// @throws IllegalStateException in `install`
    boolean writeMemory(long address, byte[] bytes);

    /// Asks for control of time. Mirrors `qemu_plugin_request_time_control`.
    ///
    /// @return `null` in user mode, where time is the host's
    @Nullable
    TimeControl requestTimeControl();

    /// Stops a scoreboard from growing with the number of vCPUs; its memory is freed when nothing uses it any more.
    /// Calling this is never needed. Mirrors `qemu_plugin_scoreboard_free`.
    ///
    /// @param scoreboard a scoreboard of this plugin
    void freeScoreboard(Scoreboard scoreboard);

    /// The number of vCPUs there have been at the same time: the highest index ever in use plus 1. It never
    /// shrinks. Mirrors `qemu_plugin_num_vcpus`.
    ///
    /// @return the number, 0 before the guest starts
    int vcpuCount();

    /// Writes text to the log, as it is and without a newline of its own, but only when the user asked for it by
    /// `-d plugin`: to standard error, or to the file of `-D`. Mirrors `qemu_plugin_outs`.
    ///
    /// @param text the text
    void print(String text);

    /// Whether this process is a child that a guest program with this plugin made by fork(2). A child's plugins are
    /// installed anew, in a JVM of its own; what scoreboards that were made in `install` hold is then what they
    /// held in the parent at the fork, from the end of `install` on. QEMU's plugins have no such question: there
    /// the child goes on with a copy of everything.
    ///
    /// @return whether it is; the same in every callback
    boolean isForkChild();

    /// The path of the guest program as the user gave it. Not in [Plugin#install]: nothing is loaded then.
    /// Mirrors `qemu_plugin_path_to_binary`.
    ///
    /// @return the path, or `null` under system emulation
    /// @throws IllegalStateException in `install`
    @Nullable
    String pathToBinary();

    /// The lowest address of the guest program's executable segments. Not in [Plugin#install].
    /// Mirrors `qemu_plugin_start_code`.
    ///
    /// @return a guest address
    /// @throws IllegalStateException in `install`
    long startCode();

    /// The first address after the guest program's executable segments. Not in [Plugin#install].
    /// Mirrors `qemu_plugin_end_code`.
    ///
    /// @return a guest address
    /// @throws IllegalStateException in `install`
    long endCode();

    /// The address of the first instruction of the guest process. Not in [Plugin#install].
    /// Mirrors `qemu_plugin_entry_code`.
    ///
    /// @return a guest address
    /// @throws IllegalStateException in `install`
    long entryCode();
}
