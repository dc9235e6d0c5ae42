package jqemu.tcg.instrument;

import java.util.OptionalLong;
import jqemu.plugin.api.Discontinuity;
import jqemu.plugin.api.DiscontinuityCallback;
import jqemu.plugin.api.SystemCall;
import jqemu.plugin.api.SystemCallCallback;
import jqemu.plugin.api.SystemCallFilter;
import jqemu.plugin.api.SystemCallReturnCallback;
import jqemu.plugin.api.TranslateCallback;
import jqemu.plugin.api.VcpuCallback;
import jqemu.tcg.cpu.CpuState;
import org.jspecify.annotations.Nullable;

/// Calls a plugin for an event: allows what the event allows, and turns what it throws into a [PluginFailure].
final class PluginCalls {
    private PluginCalls() {}

    static void translated(InstalledPlugin plugin, TranslatedBlock block) {
        TranslateCallback callback = plugin.callbacks().translate;
        if (callback == null) {
            return;
        }
        block.open(plugin.name());
        try {
            callback.translate(block);
        } catch (RuntimeException | Error e) {
            throw failure(plugin, "translation callback", e);
        } finally {
            block.close();
        }
    }

    /// An event of a vCPU.
    static void vcpu(InstalledPlugin plugin, String what, @Nullable VcpuCallback callback, CpuState env, int access) {
        if (callback != null) {
            guarded(plugin, what, env, access, () -> callback.run(env.index()));
        }
    }

    static void plain(InstalledPlugin plugin, String what, @Nullable Runnable callback) {
        if (callback != null) {
            try {
                callback.run();
            } catch (RuntimeException | Error e) {
                throw failure(plugin, what, e);
            }
        }
    }

    static void systemCall(InstalledPlugin plugin, CpuState env, SystemCall call) {
        SystemCallCallback callback = plugin.callbacks().systemCall;
        if (callback != null) {
            guarded(plugin, "system call callback", env, Access.JUMP, () -> callback.systemCall(env.index(), call));
        }
    }

    static OptionalLong filter(InstalledPlugin plugin, CpuState env, SystemCall call) {
        SystemCallFilter filter = plugin.callbacks().filter;
        if (filter == null) {
            return OptionalLong.empty();
        }
        OptionalLong[] result = {OptionalLong.empty()};
        guarded(plugin, "system call filter", env, Access.JUMP, () -> result[0] = filter.filter(env.index(), call));
        return result[0];
    }

    static void systemCallReturned(InstalledPlugin plugin, CpuState env, long number, long result) {
        SystemCallReturnCallback callback = plugin.callbacks().systemCallReturn;
        if (callback != null) {
            guarded(
                    plugin,
                    "system call return callback",
                    env,
                    Access.JUMP,
                    () -> callback.returned(env.index(), number, result));
        }
    }

    static void discontinued(InstalledPlugin plugin, CpuState env, Discontinuity type, long from, long to) {
        Callbacks.Discontinuities wanted = plugin.callbacks().discontinuities;
        if (wanted != null && wanted.types().contains(type)) {
            DiscontinuityCallback callback = wanted.callback();
            guarded(
                    plugin,
                    "discontinuity callback",
                    env,
                    Access.WRITE,
                    () -> callback.discontinued(env.index(), type, from, to));
        }
    }

    private static void guarded(InstalledPlugin plugin, String what, CpuState env, int access, Runnable call) {
        env.setPluginAccess(access);
        try {
            call.run();
        } catch (PluginJump jump) {
            throw jump;
        } catch (RuntimeException | Error e) {
            throw failure(plugin, what, e);
        } finally {
            env.setPluginAccess(Access.NONE);
        }
    }

    private static PluginFailure failure(InstalledPlugin plugin, String what, Throwable cause) {
        return new PluginFailure(plugin.name(), what, 0, cause);
    }
}
