package jqemu.plugin.api;

/// Is called on the thread of a vCPU: when a block or an instruction executes, or when the vCPU starts or ends.
///
/// What QEMU hands over as user data is what the lambda captures. One object serves one registration, so nothing is
/// allocated when the event occurs, and generated code can inline the call.
///
/// ```java
/// ScoreboardU64 count = context.newScoreboard();
/// VcpuCallback counting = vcpu -> count.add(vcpu, 1);
/// block.onExecute(counting);
/// ```
@FunctionalInterface
public interface VcpuCallback {
    /// Handles the event.
    ///
    /// @param vcpu the index of the vCPU, from 0
    void run(int vcpu);
}
