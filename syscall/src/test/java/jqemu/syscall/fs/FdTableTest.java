package jqemu.syscall.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FdTableTest {
    private static final int F_GETFD = 1;

    private final Host host = Host.open();
    private final FdTable table = new FdTable(host);

    @AfterEach
    void closeAll() {
        for (int fd = table.next(0); fd >= 0; fd = table.next(fd + 1)) {
            table.close(fd);
        }
    }

    /// A host descriptor of our own.
    private long open() {
        NativeBuffer buffer = new NativeBuffer();
        long path = buffer.string("/dev/zero".getBytes(StandardCharsets.US_ASCII));
        long fd = host.syscall(HostSyscall.OPENAT, -100, path, 0, 0);
        buffer.free();
        assertTrue(fd > 2);
        return fd;
    }

    private boolean isOpen(long hostFd) {
        return host.syscall(HostSyscall.FCNTL, hostFd, F_GETFD) >= 0;
    }

    @Test
    void lowestFreeNumberIsGivenOut() {
        assertEquals(0, table.add(open(), false));
        assertEquals(1, table.add(open(), false));
        assertEquals(2, table.add(open(), false));
        assertEquals(0, table.close(1));
        assertEquals(1, table.duplicate(0, 0, false));
        assertEquals(10, table.duplicate(0, 10, false));
        assertEquals(11, table.duplicate(0, 10, true));
        assertEquals(1, table.closeOnExec(11));
        assertEquals(0, table.closeOnExec(10));
    }

    @Test
    void closedNumberIsBadAndItsHostDescriptorClosed() {
        long hostFd = open();
        assertEquals(0, table.add(hostFd, false));
        assertEquals(hostFd, table.host(0));
        assertEquals(0, table.guest((int) hostFd));
        assertEquals(0, table.close(0));
        assertFalse(isOpen(hostFd));
        assertEquals(-Errno.EBADF, table.close(0));
        assertEquals(-Errno.EBADF, table.host(0));
        assertEquals(-Errno.EBADF, table.duplicate(0, 0, false));
        assertEquals(-Errno.EBADF, table.host(-1));
        assertEquals(-Errno.EBADF, table.closeOnExec(99));
    }

    @Test
    void replaceClosesWhatWasThere() {
        long first = open();
        long second = open();
        table.add(first, true);
        table.add(second, true);
        assertEquals(1, table.replace(0, 1, false));
        assertFalse(isOpen(second));
        assertNotEquals(table.host(0), table.host(1));
        assertEquals(0, table.closeOnExec(1));
        assertEquals(-Errno.EBADF, table.replace(7, 1, false));
        assertTrue(table.host(1) >= 0);
    }

    @Test
    void limitIsKept() {
        table.setLimit(2);
        assertEquals(0, table.add(open(), false));
        assertFalse(table.isFull());
        assertEquals(1, table.add(open(), false));
        assertTrue(table.isFull());
        long third = open();
        assertEquals(-Errno.EMFILE, table.add(third, false));
        assertFalse(isOpen(third));
        assertEquals(-Errno.EMFILE, table.duplicate(0, 0, false));
        assertEquals(-Errno.EINVAL, table.duplicate(0, 2, false));
        assertEquals(-Errno.EBADF, table.replace(0, 2, false));
    }

    @Test
    void folderKeepsCurrentFolder() {
        assertEquals(-100, table.folder(-100));
        assertEquals(-Errno.EBADF, table.folder(3));
    }

    @Test
    void jvmsOwnFilesAreTold() {
        String jvm = System.getProperty("java.home");
        assertTrue(InheritedFds.isOfJvm(jvm + "/lib/modules"));
        assertTrue(InheritedFds.isOfJvm(jvm + "/lib/server/classes.jsa"));
        assertFalse(InheritedFds.isOfJvm("/home/user/some.jar"));
        assertFalse(InheritedFds.isOfJvm("/home/user/notes.txt"));
    }
}
