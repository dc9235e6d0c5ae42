package jqemu.syscall.process;

import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;

/// The host's resource limits, prlimit(2).
final class Rlimits {
    /// RLIMIT_CORE.
    static final int CORE = 4;

    private static final int RLIMIT_SIZE = 16;

    private Rlimits() {}

    /// The soft limit of `resource`; -1 for none.
    static long soft(Host host, int resource) {
        NativeBuffer buffer = new NativeBuffer();
        long address = buffer.allocate(RLIMIT_SIZE);
        long error = host.syscall(HostSyscall.PRLIMIT64, 0, resource, 0, address);
        long limit = error < 0 ? -1 : buffer.getLong(address);
        buffer.free();
        return limit;
    }

    /// Sets the soft limit of `resource` and leaves the hard one.
    static void setSoft(Host host, int resource, long limit) {
        NativeBuffer buffer = new NativeBuffer();
        long address = buffer.allocate(RLIMIT_SIZE);
        if (host.syscall(HostSyscall.PRLIMIT64, 0, resource, 0, address) >= 0) {
            buffer.putLong(address, limit);
            host.syscall(HostSyscall.PRLIMIT64, 0, resource, address, 0);
        }
        buffer.free();
    }
}
