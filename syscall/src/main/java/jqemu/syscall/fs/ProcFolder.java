package jqemu.syscall.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jqemu.loader.host.HostSyscall;
import jqemu.syscall.abi.HostPointers;
import jqemu.syscall.process.GuestThread;

/// What getdents64(2) says of `/proc/self/fd` and `/proc/self/task`: the guest's descriptors and threads in the places
/// of the host's, and none of ours.
final class ProcFolder {
    // struct linux_dirent64
    private static final int LENGTH = 16;
    private static final int NAME = 19;
    private static final int ALIGNMENT = 8;

    private final FdTable fds;

    ProcFolder(FdTable fds) {
        this.fds = fds;
    }

    /// Reads entries of any folder.
    long read(GuestThread thread, int hostFd, long buffer, long size) {
        long target = HostPointers.required(thread, buffer, size);
        long count;
        long left;
        do {
            count = thread.syscall(HostSyscall.GETDENTS64, hostFd, target, size, 0, 0, 0);
            left = count;
            if (count > 0) {
                byte[] entries = thread.memory().read(buffer, (int) count);
                String path = hasNumber(entries) ? pathBelowOwn(thread, hostFd) : "";
                if (path.equals("fd") || path.equals("task")) {
                    left = translate(thread, buffer, entries, path.equals("task"));
                }
            }
        } while (left == 0 && count > 0);
        return left;
    }

    /// Whether an entry may be a descriptor: other folders cost no look at their path.
    private static boolean hasNumber(byte[] entries) {
        ByteBuffer host = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < entries.length; at += host.getShort(at + LENGTH)) {
            if (entries[at + NAME] >= '0' && entries[at + NAME] <= '9') {
                return true;
            }
        }
        return false;
    }

    /// What follows the process's own folder in `/proc`, or nothing for other folders.
    private static String pathBelowOwn(GuestThread thread, int hostFd) {
        String own = "/proc/" + thread.process().host().syscall(HostSyscall.GETPID) + "/";
        String path = new String(HostPaths.behind(thread, hostFd), StandardCharsets.ISO_8859_1);
        return path.startsWith(own) ? path.substring(own.length()) : "";
    }

    /// Rewrites entries in the guest's memory; what is left of their bytes.
    private long translate(GuestThread thread, long buffer, byte[] entries, boolean threads) {
        ByteBuffer host = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer guest = ByteBuffer.allocate(entries.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < entries.length; at += host.getShort(at + LENGTH)) {
            String name = name(host, at);
            if (!name.startsWith(".")) {
                name = threads ? guestThread(thread, name) : guestDescriptor(name);
            }
            if (!name.isEmpty()) {
                append(host, at, name, guest);
            }
        }
        byte[] bytes = new byte[guest.position()];
        guest.get(0, bytes);
        thread.memory().write(buffer, bytes);
        return bytes.length;
    }

    private static String name(ByteBuffer entries, int at) {
        StringBuilder name = new StringBuilder();
        for (int i = at + NAME; entries.get(i) != 0; i++) {
            name.append((char) entries.get(i));
        }
        return name.toString();
    }

    /// What the guest calls a descriptor; empty for what it does not have.
    private String guestDescriptor(String name) {
        int fd = fds.guest(Integer.parseInt(name));
        return fd < 0 ? "" : Integer.toString(fd);
    }

    /// The name of one of the guest's threads; empty for those of the JVM.
    private static String guestThread(GuestThread thread, String name) {
        return thread.process().thread(Integer.parseInt(name)) == null ? "" : name;
    }

    private static void append(ByteBuffer host, int at, String name, ByteBuffer guest) {
        int start = guest.position();
        int length = (NAME + name.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (length > guest.remaining()) {
            return; // a number of five digits instead of a shorter one, and no room in the guest's buffer
        }
        guest.putLong(host.getLong(at)).putLong(host.getLong(at + 8)).putShort((short) length);
        guest.put(host.get(at + LENGTH + 2));
        guest.put(name.getBytes(StandardCharsets.ISO_8859_1));
        guest.position(start + length);
    }
}
