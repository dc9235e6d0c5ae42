package jqemu.tcg.instrument;

import jqemu.plugin.api.Condition;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.MemoryValueCallback;
import jqemu.plugin.api.RegisterAccess;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.VcpuCallback;

/// What a plugin asked to happen at an execution or a memory access.
sealed interface Request {
    /// Add to a cell.
    record Add(ScoreboardU64 cell, long value) implements Request {}

    /// Store to a cell.
    record Store(ScoreboardU64 cell, long value) implements Request {}

    /// Call back.
    record Call(String plugin, RegisterAccess registers, VcpuCallback callback) implements Request {}

    /// Call back when a comparison holds.
    record CallIf(Call call, Condition condition, ScoreboardU64 cell, long constant) implements Request {}

    /// Call back with a memory access.
    record MemoryCall(String plugin, RegisterAccess registers, MemoryValueCallback callback) implements Request {}

    /// A request for memory accesses of a kind.
    record OnMemory(MemoryAccess access, Request request) {}
}
