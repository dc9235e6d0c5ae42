package jqemu.tcg.instrument;

import jqemu.plugin.api.Condition;
import jqemu.plugin.api.MemoryInfo;
import jqemu.plugin.api.MemoryValueCallback;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.VcpuCallback;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.ir.Bits;

/// Where translated code calls a plugin: the callback and what a message about its failure needs. One per registration
/// and place, made at translation; generated code uses it as a constant.
public sealed interface CallbackSite {
    /// The plugin, as the user named it.
    String plugin();

    /// The instruction's address.
    long pc();

    /// What the callback does with registers.
    RegisterAccess registers();

    /// What the callback at `site` does with registers, which have to be in env then.
    static RegisterAccess registersOf(Object site) {
        return ((CallbackSite) site).registers();
    }

    /// How messages call the callback.
    String kind();

    /// What a failing callback throws at the vCPU's run loop.
    default Error failure(Throwable cause) {
        if (cause instanceof PluginJump jump) {
            return jump;
        }
        throw new PluginFailure(plugin(), kind(), pc(), cause);
    }

    /// Allows the callback what it asked for; nothing where it asked for nothing.
    private void begin(CpuState env) {
        if (registers() != RegisterAccess.NONE) {
            env.setPluginAccess(Access.of(registers()));
        }
    }

    /// Takes back what [#begin] allowed.
    private void end(CpuState env) {
        if (registers() != RegisterAccess.NONE) {
            env.setPluginAccess(Access.NONE);
        }
    }

    /// An execution callback of a block or an instruction.
    ///
    /// @param registers whether the registers must be up to date, the pc included
    record Execution(String plugin, long pc, RegisterAccess registers, VcpuCallback callback) implements CallbackSite {
        @Override
        public String kind() {
            return "execution callback";
        }

        void run(CpuState env) {
            CallbackSite site = this;
            site.begin(env);
            try {
                callback.run(env.index());
            } catch (RuntimeException | Error e) {
                throw site.failure(e);
            }
            site.end(env);
        }
    }

    /// An execution callback behind a comparison of a scoreboard cell, unsigned.
    record Conditional(Execution execution, Condition condition, ScoreboardU64 cell, long constant)
            implements CallbackSite {
        @Override
        public String plugin() {
            return execution.plugin();
        }

        @Override
        public long pc() {
            return execution.pc();
        }

        @Override
        public RegisterAccess registers() {
            return execution.registers();
        }

        @Override
        public String kind() {
            return execution.kind();
        }

        void run(CpuState env) {
            if (condition.test(cell.get(env.index()), constant)) {
                execution.run(env);
            }
        }
    }

    /// A memory callback.
    record Memory(String plugin, long pc, RegisterAccess registers, MemoryInfo info, MemoryValueCallback callback)
            implements CallbackSite {
        @Override
        public String kind() {
            return "memory callback";
        }

        void run(CpuState env, long address, long low, long high) {
            int bits = 8 * Math.min(info.size(), Long.BYTES);
            CallbackSite site = this;
            site.begin(env);
            try {
                callback.access(env.index(), address, info, low & Bits.mask(bits), info.sizeShift() == 4 ? high : 0);
            } catch (RuntimeException | Error e) {
                throw site.failure(e);
            }
            site.end(env);
        }
    }
}
