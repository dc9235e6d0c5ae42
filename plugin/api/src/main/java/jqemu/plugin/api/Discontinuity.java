package jqemu.plugin.api;

/// Why the guest went on elsewhere than its instructions say. Mirrors `qemu_plugin_discon_type`.
///
/// ```java
/// context.onDiscontinuity(java.util.Set.of(Discontinuity.EXCEPTION), (vcpu, type, from, to) ->
///         context.print(type + " at 0x" + Long.toHexString(from) + "\n"));
/// ```
public enum Discontinuity {
    /// Something from outside: a signal calls its handler.
    INTERRUPT,
    /// Something that an instruction caused: a fault calls the handler of its signal.
    EXCEPTION,
    /// A request to the host, which serves it out of the guest's sight: a system call.
    HOST_CALL
}
