package jqemu.plugin.api;

import java.util.OptionalLong;

/// Decides whether a system call is served; see [PluginContext#filterSystemCalls].
///
/// ```java
/// context.filterSystemCalls((vcpu, call) ->
///         call.number() == 172 ? java.util.OptionalLong.of(42) : java.util.OptionalLong.empty());
/// ```
@FunctionalInterface
public interface SystemCallFilter {
    /// Looks at a system call. Registers may be read and written.
    ///
    /// @param vcpu the index of the vCPU
    /// @param call number and arguments
    /// @return empty to let it pass; otherwise it is not made, and this is its result
    OptionalLong filter(int vcpu, SystemCall call);
}
