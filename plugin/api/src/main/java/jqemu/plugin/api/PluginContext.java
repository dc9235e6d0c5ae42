package jqemu.plugin.api;

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

    /// Registers what is called for each block that is translated, on the thread of the vCPU that needs it, before the
    /// block is executed for the first time.
    ///
    /// A block is translated again after a flush, and where code begins at another address of the same instructions.
    /// Mirrors `qemu_plugin_register_vcpu_tb_trans_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onTranslate(@Nullable TranslateCallback callback);

    /// Registers what is called when a vCPU, that is a guest thread, starts: on its own thread, before its first block
    /// is translated. The main thread is vCPU 0. A later thread gets the highest index in use plus 1, so indexes are
    /// used again after threads have ended; scoreboard cells go on from their old values then.
    /// Mirrors `qemu_plugin_register_vcpu_init_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onVcpuInit(@Nullable VcpuCallback callback);

    /// Registers what is called when a guest thread ends, on that thread. It is not called for the last thread, nor
    /// for any thread when the whole process ends. Mirrors `qemu_plugin_register_vcpu_exit_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onVcpuExit(@Nullable VcpuCallback callback);

    /// Registers what is called when a vCPU begins to idle. A guest process has no idle loop, its threads sleep in
    /// the host's kernel: in user mode the callback is never called, as in QEMU.
    /// Mirrors `qemu_plugin_register_vcpu_idle_cb`.
    ///
    /// @param callback the callback, or `null` for none
    void onVcpuIdle(@Nullable VcpuCallback callback);

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

    /// The number of vCPUs there have been at the same time: the highest index ever in use plus 1. It never shrinks.
    /// Mirrors `qemu_plugin_num_vcpus`.
    ///
    /// @return the number, 0 before the guest starts
    int vcpuCount();

    /// Writes text to the log, as it is and without a newline of its own, but only when the user asked for it by
    /// `-d plugin`: to standard error, or to the file of `-D`. Mirrors `qemu_plugin_outs`.
    ///
    /// @param text the text
    void print(String text);

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
