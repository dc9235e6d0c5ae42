package jqemu.syscall.strace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
            HEX16; 0x0; 0x0000000000000000
            SEM_COMMAND; 0x102; IPC_STAT
            SEM_COMMAND; 0xd; SHM_STAT
            SEM_COMMAND; 0x14; 20
            SHM_FLAGS; 0xb000; SHM_RND|SHM_RDONLY|SHM_EXEC
            SOCKET_DOMAIN; 0xa; 10
            SOCKET_DOMAIN; 0x10; PF_NETLINK
            SOCKET_TYPE; 0x80801; SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK
            FUTEX; 0x8e; 0x8e
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

    private static String socketProtocol(int domain, int type, int protocol) {
        Kind[] kinds = {Kind.SOCKET_DOMAIN, Kind.SOCKET_TYPE, Kind.SOCKET_PROTOCOL};
        String text = print("socket", kinds, domain, type, protocol);
        return text.substring(text.lastIndexOf(',') + 1);
    }

    @Test
    void protocolsDependOnTheDomain() {
        assertEquals("IPPROTO_UDP", socketProtocol(2, 2, 17));
        assertEquals("IPPROTO_TCP", socketProtocol(1, 2, 6));
        assertEquals("1", socketProtocol(10, 2, 1));
        assertEquals("NETLINK_AUDIT", socketProtocol(16, 3, 9));
        assertEquals("17", socketProtocol(16, 3, 17));
        assertEquals("ETH_P_ALL", socketProtocol(17, 3, 3));
        assertEquals("768", socketProtocol(2, 10, 768));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            0100; 110; {sun_family=AF_UNIX,sun_path=""}
            01002f782f7900; 6; {sun_family=AF_UNIX,sun_path="/x/y"}
            0200fde8c0a80164; 16; {sin_family=AF_INET,sin_port=htons(65000),sin_addr=inet_addr("192.168.1.100")}
            100000000700000009; 12; {nl_family=AF_NETLINK,nl_pid=7,nl_groups=9}
            110008000200000001000006010203040506; 20; '{sll_family=AF_PACKET,sll_protocol=htons(0x0800),if2,\
            pkttype=PACKET_HOST,sll_addr=01:02:03:04:05:06:00:00}'
            4d0001020304; 5; '{sa_family=77, sa_data={01, 02, 03, 04, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00}}'
            0200fde8c0a80164; -1; 0x0000000000010100
            """)
    void socketAddresses(String bytes, int size, String expected) {
        memory.write(PAGE + 256, new byte[128]);
        memory.write(PAGE + 256, HexFormat.of().parseHex(bytes));
        String text = print("bind", new Kind[] {Kind.SOCKADDR, Kind.INT}, PAGE + 256, size);
        assertEquals(expected.replaceAll("\\\\\\s+", "") + "," + size, text);
    }

    @Test
    void whatIsSentIsPrintedLikeAString() {
        memory.write(PAGE + 512, "a\nb\"\\\0\u00ff".getBytes(StandardCharsets.ISO_8859_1));
        Kind[] kinds = {Kind.BYTES, Kind.SIZE};
        assertEquals("\"a\\12b\"\\\\0\\377\",7", print("sendto", kinds, PAGE + 512, 7));
        memory.write(PAGE + 512, "x".repeat(50).getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("\"" + "x".repeat(40) + "\"...,50", print("sendto", kinds, PAGE + 512, 50));
        assertEquals("0x000000000000000a,3", print("sendto", kinds, 10, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            10; 0; si_signo=SIGUSR1, si_code=SI_USER, si_pid=77, si_uid=88
            0; -6; si_signo=(null), si_code=SI_TKILL, si_pid=77, si_uid=88
            50; -1; si_signo=50, si_code=SI_QUEUE, si_pid=77, si_uid=88, si_sigval=99
            17; 1; si_signo=SIGCHLD, si_code=1, si_pid=77, si_uid=88, si_status=99, si_utime=5, si_stime=6
            29; -5; si_signo=SIGIO, si_code=SI_SIGIO, si_band=77, si_fd=99
            11; 1; si_signo=SIGSEGV, si_code=1, si_addr=0x000000580000004d
            11; -1; si_signo=SIGSEGV, si_code=SI_QUEUE, si_pid=77, si_uid=88, si_sigval=99
            11; 128; si_signo=SIGSEGV, si_code=SI_KERNEL, si_pid=77, si_uid=88
            """)
    void signalInformation(int signal, int code, String expected) {
        memory.writeInt(PAGE + 1024, signal);
        memory.writeInt(PAGE + 1024 + 8, code);
        memory.writeInt(PAGE + 1024 + 16, 77);
        memory.writeInt(PAGE + 1024 + 20, 88);
        memory.writeLong(PAGE + 1024 + 24, 99);
        memory.writeLong(PAGE + 1024 + 32, 5);
        memory.writeLong(PAGE + 1024 + 40, 6);
        assertEquals("{" + expected + "}", print("call", new Kind[] {Kind.SIGINFO}, PAGE + 1024));
    }

    @Test
    void futexRepeatsTheSecondAddress() {
        Kind[] kinds = {Kind.ADDR, Kind.FUTEX, Kind.INT, Kind.ADDR, Kind.ADDR, Kind.INT};
        assertEquals("NULL,FUTEX_WAIT,3,NULL,0x0000000000000005,5", print("futex", kinds, 0, 0, 3, 0, 5, 6));
    }

    @Test
    void resultsFollowTheCall() {
        ArgumentPrinter printer = new ArgumentPrinter(memory);
        printer.results(new Kind[] {Kind.CLOCK, Kind.OUT_TIMESPEC}, new long[] {0, PAGE + 64});
        assertEquals(" ({tv_sec = 1,tv_nsec = 2})", printer.text().toString());
    }
}
