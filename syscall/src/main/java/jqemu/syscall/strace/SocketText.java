package jqemu.syscall.strace;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import jqemu.loader.memory.GuestMemory;

/// What QEMU prints of the arguments of socket calls.
final class SocketText {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_NETLINK = 16;
    private static final int AF_PACKET = 17;
    private static final int SOCK_PACKET = 10;
    private static final int TYPE_MASK = 0xf;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MOST_BYTES = 40;
    private static final int MOST_PATH = 108;
    private static final int DATA_SIZE = 14;
    private static final int HARDWARE_ADDRESS_SIZE = 8;

    private SocketText() {}

    /// A type with its flags; an unknown type is left out.
    static String type(int type) {
        return FlagNames.of(FlagNames.SOCKET_TYPE, type & TYPE_MASK)
                + ((type & SOCK_CLOEXEC) != 0 ? "|SOCK_CLOEXEC" : "")
                + ((type & SOCK_NONBLOCK) != 0 ? "|SOCK_NONBLOCK" : "");
    }

    /// A protocol, whose names depend on the domain.
    static String protocol(int domain, int type, int protocol) {
        boolean isPacket = domain == AF_PACKET || (domain == AF_INET && type == SOCK_PACKET);
        String table = isPacket
                ? FlagNames.PACKET_PROTOCOL
                : domain == AF_NETLINK ? FlagNames.NETLINK_PROTOCOL : FlagNames.SOCKET_PROTOCOL;
        String name = FlagNames.of(table, protocol);
        return name.isEmpty() ? Integer.toString(protocol) : name;
    }

    /// The first bytes of a buffer as a string of C, octal where they are not printable.
    static String bytes(GuestMemory memory, long vaddr, int size) {
        byte[] bytes = memory.read(vaddr, Math.min(size, MOST_BYTES));
        StringBuilder text = new StringBuilder("\"");
        for (byte b : bytes) {
            if (b >= ' ' && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append('\\').append(Integer.toOctalString(Byte.toUnsignedInt(b)));
            }
        }
        return text.append(size > MOST_BYTES ? "\"..." : "\"").toString();
    }

    /// A socket's address.
    ///
    /// @param size what the guest says how long it is
    static String address(GuestMemory memory, long vaddr, int size) {
        int family = memory.readShort(vaddr) & 0xffff;
        return switch (family) {
            case AF_UNIX -> {
                byte[] path = memory.read(vaddr + 2, Math.clamp(size - 2, 0, MOST_PATH));
                int end = 0;
                while (end < path.length && path[end] != 0) {
                    end++;
                }
                yield "{sun_family=AF_UNIX,sun_path=\"" + new String(path, 0, end, StandardCharsets.ISO_8859_1) + "\"}";
            }
            case AF_INET -> {
                byte[] port = memory.read(vaddr + 2, 6);
                yield "{sin_family=AF_INET,sin_port=htons(" + bigEndian(port[0], port[1])
                        + "),sin_addr=inet_addr(\"%d.%d.%d.%d\")}"
                                .formatted(port[2] & 0xff, port[3] & 0xff, port[4] & 0xff, port[5] & 0xff);
            }
            case AF_NETLINK ->
                "{nl_family=AF_NETLINK,nl_pid=" + Integer.toUnsignedString(memory.readInt(vaddr + 4)) + ",nl_groups="
                        + Integer.toUnsignedString(memory.readInt(vaddr + 8)) + "}";
            case AF_PACKET -> packetAddress(memory, vaddr);
            default -> {
                byte[] data = memory.read(vaddr + 2, DATA_SIZE);
                yield "{sa_family=" + family + ", sa_data={" + hex(data, ", ") + "}}";
            }
        };
    }

    private static String packetAddress(GuestMemory memory, long vaddr) {
        byte[] protocol = memory.read(vaddr + 2, 2);
        int kind = memory.readByte(vaddr + 10) & 0xff;
        String name = FlagNames.of(FlagNames.PACKET_KIND, kind);
        byte[] hardware = memory.read(vaddr + 12, HARDWARE_ADDRESS_SIZE);
        return "{sll_family=AF_PACKET,sll_protocol=htons(0x%04x),if%d,pkttype=%s,sll_addr=%s}"
                .formatted(
                        bigEndian(protocol[0], protocol[1]),
                        memory.readInt(vaddr + 4),
                        name.isEmpty() ? Integer.toString(kind) : name,
                        hex(hardware, ":"));
    }

    private static int bigEndian(byte high, byte low) {
        return (high & 0xff) << 8 | (low & 0xff);
    }

    private static String hex(byte[] bytes, String separator) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(text.isEmpty() ? "" : separator).append(String.format(Locale.ROOT, "%02x", b));
        }
        return text.toString();
    }
}
