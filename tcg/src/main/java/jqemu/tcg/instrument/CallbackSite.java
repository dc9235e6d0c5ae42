package jqemu.tcg.instrument;

import jqemu.plugin.api.Condition;
import jqemu.plugin.api.MemoryInfo;
import jqemu.plugin.api.MemoryValueCallback;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.VcpuCallback;
import jqemu.tcg.ir.Bits;

/// Where translated code calls a plugin: the callback and what a message about its failure needs. One per registration
/// and place, made at translation; generated code uses it as a constant.
public sealed interface CallbackSite {
    /// The plugin, as the user named it.
    String plugin();

    /// The instruction's address.
    long pc();

    /// Whether the callback at `site` may read registers, which have to be in env then.
    static boolean readsRegisters(Object site) {
        return switch (site) {
            case Execution execution -> execution.registers() != RegisterAccess.NONE;
            case Conditional conditional -> conditional.execution().registers() != RegisterAccess.NONE;
            default -> true;
        };
    }

    /// What a failing callback throws at the vCPU's run loop.
    private PluginFailure failure(String callback, Throwable cause) {
        return new PluginFailure(plugin(), callback, pc(), cause);
    }

    /// An execution callback of a block or an instruction.
    ///
    /// @param registers whether the registers must be up to date, the pc included
    record Execution(String plugin, long pc, RegisterAccess registers, VcpuCallback callback) implements CallbackSite {
        void run(int vcpu) {
            try {
                callback.run(vcpu);
            } catch (RuntimeException | Error e) {
                throw ((CallbackSite) this).failure("execution callback", e);
            }
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

        void run(int vcpu) {
            if (condition.test(cell.get(vcpu), constant)) {
                execution.run(vcpu);
            }
        }
    }

    /// A memory callback.
    record Memory(String plugin, long pc, MemoryInfo info, MemoryValueCallback callback) implements CallbackSite {
        void run(int vcpu, long address, long low, long high) {
            int bits = 8 * Math.min(info.size(), Long.BYTES);
            try {
                callback.access(vcpu, address, info, low & Bits.mask(bits), info.sizeShift() == 4 ? high : 0);
            } catch (RuntimeException | Error e) {
                throw ((CallbackSite) this).failure("memory callback", e);
            }
        }
    }
}
