package jqemu.plugin.api;

/// Is called where the guest goes on elsewhere; see [PluginContext#onDiscontinuity].
///
/// ```java
/// ScoreboardU64 signals = context.newScoreboard();
/// context.onDiscontinuity(java.util.Set.of(Discontinuity.INTERRUPT), (vcpu, type, from, to) ->
///         signals.add(vcpu, 1));
/// ```
@FunctionalInterface
public interface DiscontinuityCallback {
    /// Handles the event, before the instruction at `to` executes. Registers may be read and written.
    ///
    /// @param vcpu the index of the vCPU
    /// @param type why
    /// @param from the instruction that did not complete, that was to be next, or that made the system call
    /// @param to   where the guest goes on
    void discontinued(int vcpu, Discontinuity type, long from, long to);
}
