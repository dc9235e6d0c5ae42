package jqemu.plugin.api;

/// Is called before a system call is served; see [PluginContext#onSystemCall].
///
/// ```java
/// ScoreboardU64 calls = context.newScoreboard();
/// context.onSystemCall((vcpu, call) -> calls.add(vcpu, 1));
/// ```
@FunctionalInterface
public interface SystemCallCallback {
    /// Handles the event. Registers may be read and written, which does not change the arguments of this call.
    ///
    /// @param vcpu the index of the vCPU
    /// @param call number and arguments
    void systemCall(int vcpu, SystemCall call);
}
