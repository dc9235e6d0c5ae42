package jqemu.syscall.process;

/// Leaves the guest code of a child that is executed on its parent's thread: the child has ended, or goes on elsewhere.
///
/// Control flow, not an error: nothing of the child on the Java stack is needed any more.
final class ProcessLeft extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProcessLeft() {
        super("the child has left", null, false, false);
    }
}
