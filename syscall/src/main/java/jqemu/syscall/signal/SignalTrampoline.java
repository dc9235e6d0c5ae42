package jqemu.syscall.signal;

import jqemu.loader.memory.GuestMemory;

/// The page with the code that signal handlers return to, what Linux keeps in its vDSO; mapped when first needed.
public final class SignalTrampoline {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    private final GuestMemory memory;
    private long address;

    /// No page yet.
    public SignalTrampoline(GuestMemory memory) {
        this.memory = memory;
    }

    /// The guest address of the code, or 0 when it was not needed so far.
    public synchronized long addressIfMapped() {
        return address;
    }

    /// Takes over the page of a parent process, which is mapped at `mappedAddress`; 0 for none.
    public synchronized void restore(long mappedAddress) {
        address = mappedAddress;
    }

    /// The guest address of the code.
    public synchronized long address() {
        if (address == 0) {
            long page = memory.space()
                    .map(0, GuestMemory.PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0, "[sigtramp]");
            if (page < 0) {
                throw new OutOfMemoryError("no room for the guest's signal trampoline");
            }
            memory.write(page, ThreadSignals.trampolineCode());
            memory.space().protect(page, GuestMemory.PAGE_SIZE, PROT_READ | PROT_EXEC);
            address = page;
        }
        return address;
    }
}
