package jqemu.syscall.abi;

import jqemu.loader.host.HostConstants;

/// The flags of open(2) that AArch64 numbers in its own way (`arch/arm64/include/uapi/asm/fcntl.h`); the others are the
/// same everywhere.
public final class OpenFlags {
    /// Writes only.
    public static final int O_WRONLY = 1;
    /// Reads and writes.
    public static final int O_RDWR = 2;
    /// Makes the file where there is none.
    public static final int O_CREAT = 0x40;
    /// Does not wait.
    public static final int O_NONBLOCK = 0x800;
    /// Must be a directory.
    public static final int O_DIRECTORY = 0x4000;
    /// Must not be a symbolic link.
    public static final int O_NOFOLLOW = 0x8000;
    /// Without the page cache.
    public static final int O_DIRECT = 0x10000;
    /// No effect on 64-bit systems.
    public static final int O_LARGEFILE = 0x20000;
    /// Is closed on exec.
    public static final int O_CLOEXEC = 0x80000;

    private static final int DIFFERENT = O_DIRECTORY | O_NOFOLLOW | O_DIRECT | O_LARGEFILE;
    private static final int DIFFERENT_ON_HOST =
            HostConstants.O_DIRECTORY | HostConstants.O_NOFOLLOW | HostConstants.O_DIRECT | HostConstants.O_LARGEFILE;

    private OpenFlags() {}

    /// {@return the host's flags}
    public static int toHost(int guest) {
        return (guest & ~DIFFERENT)
                | moved(guest, O_DIRECTORY, HostConstants.O_DIRECTORY)
                | moved(guest, O_NOFOLLOW, HostConstants.O_NOFOLLOW)
                | moved(guest, O_DIRECT, HostConstants.O_DIRECT)
                | moved(guest, O_LARGEFILE, HostConstants.O_LARGEFILE);
    }

    /// {@return the guest's flags}
    public static int toGuest(int host) {
        return (host & ~DIFFERENT_ON_HOST)
                | moved(host, HostConstants.O_DIRECTORY, O_DIRECTORY)
                | moved(host, HostConstants.O_NOFOLLOW, O_NOFOLLOW)
                | moved(host, HostConstants.O_DIRECT, O_DIRECT)
                | moved(host, HostConstants.O_LARGEFILE, O_LARGEFILE);
    }

    private static int moved(int flags, int from, int to) {
        return (flags & from) != 0 ? to : 0;
    }
}
