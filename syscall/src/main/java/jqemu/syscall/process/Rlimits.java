package jqemu.syscall.process;

import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;

/// The host's resource limits, prlimit(2).
final class Rlimits {
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
}
