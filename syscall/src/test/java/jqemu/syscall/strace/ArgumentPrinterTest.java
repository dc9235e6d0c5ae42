package jqemu.syscall.strace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import jqemu.loader.host.Host;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.dispatch.SyscallFormats.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The expected texts were seen in the output of qemu-aarch64 10.
class ArgumentPrinterTest {
    private static final long PAGE = 0x10000;

    private static GuestMemory memory;

    @BeforeAll
    static void mapAPage() {
        memory = GuestMemory.reserve(Host.open(), 1 << 20, 0);
        assertEquals(PAGE, memory.space().map(PAGE, 4096, 3, 0x32, -1, 0, null));
        memory.write(PAGE, "/etc/\"x\"\0".getBytes(StandardCharsets.ISO_8859_1));
        memory.writeLong(PAGE + 64, 1);
        memory.writeLong(PAGE + 72, 2);
        memory.writeLong(PAGE + 80, 1L << 0 | 1L << 16);
    }

    private static String print(String name, Kind[] kinds, long... values) {
        ArgumentPrinter printer = new ArgumentPrinter(memory);
        printer.arguments(name, kinds, values);
        return printer.text().toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            OPEN_FLAGS; 0x20042; O_RDWR|O_CREAT|O_LARGEFILE
            OPEN_FLAGS; 0x3; 0x3
            PROT; 0x0; PROT_NONE
            PROT; 0x3; PROT_READ|PROT_WRITE
            PROT; 0x10; PROT_NONE|0x10
            MAP_FLAGS; 0x22; MAP_PRIVATE|MAP_ANONYMOUS
            MAP_FLAGS; 0x4; 0x4
            MAP_FLAGS; 0x10; MAP_FIXED
            ACCESS_MODE; 0x0; F_OK
            ACCESS_MODE; 0x5; R_OK|X_OK
            AT_FLAGS; 0x0; 0
            AT_FLAGS; 0x1000; 0x1000
            STATX_FLAGS; 0x900; AT_NO_AUTOMOUNT|AT_SYMLINK_NOFOLLOW|AT_STATX_SYNC_AS_STAT
            STATX_MASK; 0xfff; STATX_ALL
            FUTEX; 0x81; FUTEX_PRIVATE_FLAG|FUTEX_WAKE
            RLIMIT; 0x3; RLIMIT_STACK
            RLIMIT; 0xf; 15
            CLOCK; 0xc; 0xc
            SIGNAL; 0x11; SIGCHLD
            SIGNAL; 0x22; 34
            MODE; 0x1b6; 0666
            MODE; 0x0; 000
            OCTAL; 0x0; 0
            ADDR; 0x0; NULL
            ADDR; 0x10; 0x0000000000000010
            PTR; 0x0; (nil)
            HEX64; 0x0; 0
            UINT; 0xffffffff; 4294967295
            """)
    void argument(Kind kind, String value, String expected) {
        assertEquals(expected, print("call", new Kind[] {kind}, Long.decode(value)));
    }

    @Test
    void pathsAndStructuresAreReadFromTheGuest() {
        assertEquals("\"/etc/\"x\"\"", print("call", new Kind[] {Kind.PATH}, PAGE));
        assertEquals("0x000000000000004e", print("call", new Kind[] {Kind.PATH}, 0x4e));
        assertEquals("{tv_sec = 1,tv_nsec = 2}", print("call", new Kind[] {Kind.TIMESPEC}, PAGE + 64));
        assertEquals("{rlim_cur=1,rlim_max=2}", print("call", new Kind[] {Kind.IN_RLIMIT}, PAGE + 64));
        assertEquals("[SIGHUP SIGCHLD]", print("call", new Kind[] {Kind.SIGSET}, PAGE + 80));
        assertEquals("NULL", print("call", new Kind[] {Kind.TIMESPEC}, 0));
    }

    @Test
    void commandsDecideOnTheirArgument() {
        Kind[] fcntl = {Kind.FD, Kind.FCNTL, Kind.LONG};
        assertEquals("1,F_GETFD", print("fcntl", fcntl, 1, 1, 5));
        assertEquals("1,F_DUPFD_CLOEXEC,10", print("fcntl", fcntl, 1, 1030, 10));
        assertEquals("3,F_SETFL,O_RDONLY|O_NONBLOCK", print("fcntl", fcntl, 3, 4, 2048));
        Kind[] ioctl = {Kind.FD, Kind.IOCTL, Kind.PTR};
        assertEquals("0,TCGETS,0x0000000000010000", print("ioctl", ioctl, 0, 0x5401, PAGE));
        assertEquals("0,0x5426,0x4e", print("ioctl", ioctl, 0, 0x5426, 0x4e));
        assertEquals("0,TIOCNOTTY", print("ioctl", ioctl, 0, 0x5422, 0));
        Kind[] open = {Kind.AT, Kind.PATH, Kind.OPEN_FLAGS, Kind.MODE};
        assertEquals("AT_FDCWD,NULL,O_RDONLY", print("openat", open, -100, 0, 0, 7));
        assertEquals("AT_FDCWD,NULL,O_WRONLY|O_CREAT,0644", print("openat", open, -100, 0, 0x41, 0644));
    }

    @Test
    void resultsFollowTheCall() {
        ArgumentPrinter printer = new ArgumentPrinter(memory);
        printer.results(new Kind[] {Kind.CLOCK, Kind.OUT_TIMESPEC}, new long[] {0, PAGE + 64});
        assertEquals(" ({tv_sec = 1,tv_nsec = 2})", printer.text().toString());
    }
}
