package jqemu.plugin.api;

/// Is called after a system call was served or filtered; see [PluginContext#onSystemCallReturn].
///
/// ```java
/// context.onSystemCallReturn((vcpu, number, result) -> {
///     if (result < 0) {
///         context.print("system call " + number + " failed: " + -result + "\n");
///     }
/// });
/// ```
@FunctionalInterface
public interface SystemCallReturnCallback {
    /// Handles the event. Registers may be read and written; `x0` holds the result already.
    ///
    /// @param vcpu   the index of the vCPU
    /// @param number the system call's number
    /// @param result what it returned, a negative error number when it failed; -512 when a signal interrupted it
    ///               and it is made again or fails after that, -513 when it leaves the registers as they are
    ///               (`rt_sigreturn`)
    void returned(int vcpu, long number, long result);
}
