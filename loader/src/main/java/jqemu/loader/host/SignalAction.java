package jqemu.loader.host;

/// What the host does with a signal that somebody sends to us.
public enum SignalAction {
    /// The kernel's default action, on the whole process.
    DEFAULT(0),
    /// Nothing.
    IGNORE(1),
    /// It is kept in the receiving thread's slot until Java delivers it: see [ThreadSlot#PENDING].
    CATCH(2);

    private final int code;

    SignalAction(int code) {
        this.code = code;
    }

    /// {@return its number in the native library}
    int code() {
        return code;
    }
}
