package jqemu.syscall.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.NativeBuffer;

/// `struct epoll_event` of epoll_ctl(2): packed on x86-64, with natural alignment everywhere else.
public final class EpollEvent {
    /// Its size for the guest.
    public static final int GUEST_SIZE = 16;
    /// Its size for the host.
    public static final int HOST_SIZE = HostConstants.X86 ? 12 : 16;
    /// How many are asked of the host at once; the others come with the next call.
    public static final int MOST_AT_ONCE = 4096;

    private static final int GUEST_DATA = 8;
    private static final int HOST_DATA = HOST_SIZE - 8;

    private EpollEvent() {}

    /// Writes the guest's event to host memory.
    public static void toHost(ByteBuffer guest, NativeBuffer host, long address) {
        host.putInt(address, guest.getInt(0));
        host.putInt(address + 4, 0);
        host.putLong(address + HOST_DATA, guest.getLong(GUEST_DATA));
    }

    /// {@return `count` of the host's events as the guest knows them}
    public static byte[] toGuest(NativeBuffer host, long address, int count) {
        ByteBuffer guest = ByteBuffer.allocate(count * GUEST_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            long event = address + (long) i * HOST_SIZE;
            guest.putInt(host.getInt(event)).putInt(0).putLong(host.getLong(event + HOST_DATA));
        }
        return guest.array();
    }
}
