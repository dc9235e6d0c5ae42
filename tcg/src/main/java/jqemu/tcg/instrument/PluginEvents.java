package jqemu.tcg.instrument;

import jqemu.loader.memory.GuestMemory;
import jqemu.plugin.api.MemoryInfo;
import jqemu.plugin.api.MemoryValueCallback;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.VcpuCallback;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.ir.Bits;

/// The meaning of the IR's plugin ops, whose object operand is a block's constant: a scoreboard cell or a
/// [CallbackSite].
///
/// A guard of 0 means "do it"; see [jqemu.tcg.ir.Opcode#PLUGIN_MEM].
public final class PluginEvents {
    private PluginEvents() {}

    /// `plugin_add`: adds `value` to the cell of this vCPU.
    public static void add(Object cell, CpuState env, long guard, long value) {
        ((ScoreboardU64) cell).add(env.index(), amount(guard, value));
    }

    /// {@return what a `plugin_add` of `value` adds}
    public static long amount(long guard, long value) {
        return guard == 0 ? value : 0;
    }

    /// `plugin_store`: stores `value` to the cell of this vCPU.
    public static void store(Object cell, CpuState env, long guard, long value) {
        if (guard == 0) {
            ((ScoreboardU64) cell).set(env.index(), value);
        }
    }

    /// `plugin_call`: runs an execution callback.
    public static void call(Object site, CpuState env) {
        ((CallbackSite.Execution) site).run(env);
    }

    /// `plugin_call` of a callback that touches no registers; who calls it cares for what it throws.
    public static void run(VcpuCallback callback, CpuState env) {
        callback.run(env.index());
    }

    /// `plugin_mem_call` of a callback that touches no registers; who calls it cares for what it throws.
    public static void access(
            MemoryValueCallback callback, CpuState env, MemoryInfo info, long address, long low, long high) {
        int bits = 8 * Math.min(info.size(), Long.BYTES);
        long shownHigh = info.sizeShift() == 4 ? high : 0;
        callback.access(env.index(), address & GuestMemory.ADDRESS_MASK, info, low & Bits.mask(bits), shownHigh);
    }

    /// `plugin_conditional`: runs an execution callback when its condition holds.
    public static void callIf(Object site, CpuState env) {
        ((CallbackSite.Conditional) site).run(env);
    }

    /// `plugin_mem_call`: runs a memory callback; bits of the value above the access's size are arbitrary.
    public static void memory(Object site, CpuState env, long address, long low, long high, long guard) {
        if (guard == 0) {
            ((CallbackSite.Memory) site).run(env, address & GuestMemory.ADDRESS_MASK, low, high);
        }
    }
}
