package jqemu.loader.memory;

import static jqemu.loader.host.HostConstants.*;

import jqemu.loader.host.FaultMode;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeHost;
import jqemu.loader.host.ThreadSlot;

/// A program for child JVMs: one guest access of some kind at some address, after the code for it has become hot.
/// In the mode "die" it must not survive; in the mode "check" it prints what was recorded.
final class WildAccess {
    static final long GOOD = 0x40_0000L;
    static final long READ_ONLY = 0x50_0000L;
    static final long NO_ACCESS = 0x60_0000L;
    static final long TRUNCATED = 0x70_0000L;

    private WildAccess() {}

    private static long access(GuestMemory memory, String kind, long vaddr) {
        return switch (kind) {
            case "load" -> load(memory, vaddr);
            case "load8" -> memory.load8(vaddr);
            case "store" -> store(memory, vaddr);
            case "dead" -> dead(memory, vaddr);
            case "overwritten" -> overwritten(memory, vaddr);
            case "add" -> memory.getAndAdd64(vaddr, 1);
            case "exchange" -> memory.compareAndExchange32(vaddr, 1, 2);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static long load(GuestMemory memory, long vaddr) {
        return memory.load64(vaddr);
    }

    private static long store(GuestMemory memory, long vaddr) {
        memory.store64(vaddr, 42);
        return 0;
    }

    /// `ldr xzr, [x0]`
    private static long dead(GuestMemory memory, long vaddr) {
        GuestMemory.sink(memory.load64(vaddr));
        return 0;
    }

    /// `ldr w1, [x0]; ldr w1, [x2]`
    private static long overwritten(GuestMemory memory, long vaddr) {
        long w1 = memory.load32(vaddr);
        GuestMemory.sink(w1);
        w1 = memory.load32(GOOD);
        return w1;
    }

    private static void mapFile(Host host, GuestMemory memory) {
        long name = memory.hostPointer(GOOD, 1); // an empty string
        int fd = (int) host.syscall(HostSyscall.MEMFD_CREATE, name, 0);
        memory.space().map(TRUNCATED, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0, "file");
    }

    public static void main(String[] args) {
        String kind = args[0];
        long vaddr = Long.parseUnsignedLong(args[1], 16);
        Host host = NativeHost.open();
        GuestMemory memory = GuestMemory.reserve(host);
        int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
        memory.space().map(GOOD, 4096, PROT_READ | PROT_WRITE, flags, -1, 0, null);
        memory.space().map(READ_ONLY, 4096, PROT_READ, flags, -1, 0, null);
        memory.space().map(NO_ACCESS, 4096, PROT_NONE, flags, -1, 0, null);
        mapFile(host, memory);
        long slot = host.registerThread();
        long sum = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += access(memory, kind, GOOD);
        }
        boolean check = args[2].equals("check");
        if (check) {
            host.setFaultMode(FaultMode.POST_CHECK);
        }
        sum += access(memory, kind, vaddr);
        if (check && ThreadSlot.isFault(slot)) {
            int signal = ThreadSlot.faultSignal(slot);
            GuestFault fault = memory.takeFault(slot);
            System.out.print("signal " + signal + ", " + fault.getMessage());
        } else {
            System.out.print("survived" + (sum == 42 ? "!" : ""));
        }
    }
}
