package jqemu.tcg.instrument;

import java.util.ArrayList;
import java.util.List;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.TargetInfo;
import jqemu.plugin.api.TranslateCallback;
import jqemu.plugin.api.VcpuCallback;
import org.jspecify.annotations.Nullable;

/// One plugin's side of the emulator: its callbacks and scoreboards.
final class InstalledPlugin implements PluginContext {
    private static final TargetInfo TARGET = new Target();

    private final String name;
    private final Instrumentation instrumentation;
    private final List<Scoreboard> scoreboards = new ArrayList<>();

    private volatile @Nullable TranslateCallback translate;
    private volatile @Nullable VcpuCallback vcpuInit;
    private volatile @Nullable VcpuCallback vcpuExit;
    private volatile @Nullable Runnable flush;
    private volatile @Nullable Runnable exit;

    InstalledPlugin(String name, Instrumentation instrumentation) {
        this.name = name;
        this.instrumentation = instrumentation;
    }

    private record Target() implements TargetInfo {
        @Override
        public String name() {
            return "aarch64";
        }

        @Override
        public int minApiVersion() {
            return PluginApi.MIN_VERSION;
        }

        @Override
        public int apiVersion() {
            return PluginApi.VERSION;
        }

        @Override
        public boolean isSystemEmulation() {
            return false;
        }
    }

    String name() {
        return name;
    }

    // ---- events

    void translated(TranslatedBlock block) {
        TranslateCallback callback = translate;
        if (callback != null) {
            block.open(name);
            guarded("translation callback", () -> callback.translate(block));
            block.close();
        }
    }

    void vcpuStarted(int vcpu) {
        call("vCPU start callback", vcpuInit, vcpu);
    }

    void vcpuEnded(int vcpu) {
        call("vCPU exit callback", vcpuExit, vcpu);
    }

    void flushed() {
        call("flush callback", flush);
    }

    void exited() {
        call("exit callback", exit);
    }

    /// Forgets every callback but the one of the end.
    void disable() {
        translate = null;
        vcpuInit = null;
        vcpuExit = null;
        flush = null;
    }

    private void call(String what, @Nullable VcpuCallback callback, int vcpu) {
        if (callback != null) {
            guarded(what, () -> callback.run(vcpu));
        }
    }

    private void call(String what, @Nullable Runnable callback) {
        if (callback != null) {
            guarded(what, callback);
        }
    }

    private void guarded(String what, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            throw new PluginFailure(name, what, 0, e);
        }
    }

    /// Makes room for a vCPU in every scoreboard; no vCPU may run.
    synchronized void ensureCapacity(int vcpus) {
        scoreboards.forEach(scoreboard -> scoreboard.ensureCapacity(vcpus));
    }

    // ---- the plugin's calls

    @Override
    public TargetInfo target() {
        return TARGET;
    }

    @Override
    public synchronized Scoreboard newScoreboard(int cells) {
        Scoreboard scoreboard = new Scoreboard(cells);
        scoreboard.ensureCapacity(instrumentation.vcpuCount());
        scoreboards.add(scoreboard);
        return scoreboard;
    }

    @Override
    public void onTranslate(@Nullable TranslateCallback callback) {
        translate = callback;
    }

    @Override
    public void onVcpuInit(@Nullable VcpuCallback callback) {
        vcpuInit = callback;
    }

    @Override
    public void onVcpuExit(@Nullable VcpuCallback callback) {
        vcpuExit = callback;
    }

    @Override
    public void onVcpuIdle(@Nullable VcpuCallback callback) {
        // a guest process never idles
    }

    @Override
    public void onFlush(@Nullable Runnable callback) {
        flush = callback;
    }

    @Override
    public void onExit(@Nullable Runnable callback) {
        exit = callback;
    }

    @Override
    public int vcpuCount() {
        return instrumentation.vcpuCount();
    }

    @Override
    public void print(String text) {
        instrumentation.print(text);
    }

    @Override
    public String pathToBinary() {
        return instrumentation.program().pathToBinary();
    }

    @Override
    public long startCode() {
        return instrumentation.program().startCode();
    }

    @Override
    public long endCode() {
        return instrumentation.program().endCode();
    }

    @Override
    public long entryCode() {
        return instrumentation.program().entryCode();
    }
}
