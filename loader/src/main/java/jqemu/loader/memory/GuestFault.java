package jqemu.loader.memory;

/// A checked access to guest memory failed. Inside a system call it becomes -EFAULT, elsewhere the guest's SIGSEGV or
/// SIGBUS. It carries no stack trace and costs little.
public final class GuestFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long vaddr;
    private final boolean write;

    /// A fault at a guest address (top byte cleared).
    public GuestFault(long vaddr, boolean write) {
        super(null, null, false, false);
        this.vaddr = vaddr;
        this.write = write;
    }

    /// {@return the guest address, without its top byte}
    public long vaddr() {
        return vaddr;
    }

    /// {@return whether the access was a store}
    public boolean isWrite() {
        return write;
    }

    @Override
    public String getMessage() {
        return (write ? "guest store at 0x" : "guest load at 0x") + Long.toHexString(vaddr);
    }
}
