package jqemu.loader.host;

import static jqemu.loader.host.HostConstants.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What both hosts must do alike.
class HostTest {
    private static final long PAGE = 0x100_0000L;

    static Stream<Host> hosts() {
        return NativeLibrary.isAvailable() ? Stream.of(NativeHost.open(), JnrHost.open()) : Stream.of(JnrHost.open());
    }

    /// One page at PAGE, and a page of a file that is too short behind it.
    private static GuestMemory memory(Host host) {
        GuestMemory memory = GuestMemory.reserve(host, 1L << 36, 0);
        memory.space().map(PAGE, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0, null);
        int fd = (int) host.syscall(HostSyscall.MEMFD_CREATE, memory.hostPointer(PAGE, 1), 0);
        assertEquals(PAGE + 4096, memory.space().map(PAGE + 4096, 4096, 3, MAP_SHARED | MAP_FIXED, fd, 0, "file"));
        host.syscall(HostSyscall.CLOSE, fd);
        return memory;
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void systemCallsReturnResultOrNegativeErrno(Host host) {
        assertEquals(ProcessHandle.current().pid(), host.syscall(HostSyscall.GETPID));
        assertEquals(-9, host.syscall(HostSyscall.CLOSE, 9999));
        assertEquals(-EINVAL, host.syscall(HostSyscall.MMAP, 1, 4096, 3, MAP_FIXED | MAP_PRIVATE, -1, 1));
        long slot = host.registerThread();
        assertEquals(-9, host.interruptibleSyscall(slot, HostSyscall.CLOSE, 9999, 0, 0, 0, 0, 0));
        host.unregisterThread(slot);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void badPointersGiveEfault(Host host) {
        assumeTrue(host.has(HostCapability.FAULT_SAFE_COPY), "copies are not safe on this host");
        GuestMemory memory = memory(host);
        long[] bad = {0, PAGE - 1, PAGE + 4096, PAGE + 8192, memory.size() - 4, memory.size(), 1L << 47, -8, 1L << 55};
        for (long vaddr : bad) {
            String at = Long.toHexString(vaddr);
            assertThrows(GuestFault.class, () -> memory.readLong(vaddr), at);
            assertThrows(GuestFault.class, () -> memory.writeLong(vaddr, 1), at);
            assertThrows(GuestFault.class, () -> memory.read(vaddr, 8), at);
            assertThrows(GuestFault.class, () -> memory.write(vaddr, new byte[8]), at);
            assertEquals(-EFAULT, host.syscall(HostSyscall.CLOCK_GETTIME, 0, memory.hostPointer(vaddr, 16)), at);
        }
        assertThrows(GuestFault.class, () -> memory.readLong(PAGE + 4092));
        assertThrows(GuestFault.class, () -> memory.read(PAGE, Integer.MAX_VALUE - 1));
        memory.space().protect(PAGE, 4096, PROT_READ);
        assertEquals(0, memory.readLong(PAGE));
        GuestFault fault = assertThrows(GuestFault.class, () -> memory.writeInt(PAGE, 1));
        assertEquals("guest store at 0x1000000", fault.getMessage());
        memory.space().protect(PAGE, 4096, PROT_NONE);
        assertThrows(GuestFault.class, () -> memory.readByte(PAGE));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void valuesOfAllSizesComeBack(Host host) {
        GuestMemory memory = memory(host);
        long value = 0x8899_aabb_ccdd_eeffL;
        memory.writeLong(PAGE + 1 | 0xabL << 56, value);
        assertEquals(value, memory.readLong(PAGE + 1));
        assertEquals((int) value, memory.readInt(PAGE + 1));
        assertEquals((short) value, memory.readShort(PAGE + 1));
        assertEquals((byte) value, memory.readByte(PAGE + 1));
        memory.writeByte(PAGE + 1, 0);
        memory.writeShort(PAGE + 2, 0x1234);
        memory.writeInt(PAGE + 4, 0x55667788);
        assertEquals(0x8855_6677_8812_3400L, memory.readLong(PAGE + 1));
        memory.writeLong(PAGE, 0x5bad_c0de_0dd5_eedL);
        assertEquals(0x5bad_c0de_0dd5_eedL, memory.readLong(PAGE), "the value that stands for a fault");
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void bytesAreCopied(Host host) {
        GuestMemory memory = GuestMemory.reserve(host, 1L << 36, 0);
        memory.space().map(PAGE, 300_000, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0, null);
        byte[] bytes = new byte[200_001];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7 + (i >> 8));
        }
        memory.write(PAGE + 3, bytes, 1, 200_000);
        assertArrayEquals(Arrays.copyOfRange(bytes, 1, 200_001), memory.read(PAGE + 3, 200_000));
        assertEquals(0, memory.readByte(PAGE + 200_003));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.read(PAGE, new byte[4], 1, 4));
        assertEquals(0, memory.read(0, 0).length);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void stringsEndAtTheirZero(Host host) {
        GuestMemory memory = memory(host);
        memory.write(PAGE + 4093, "ab\0".getBytes(StandardCharsets.UTF_8));
        assertEquals("ab", memory.readString(PAGE + 4093), "ends with the page");
        assertEquals(0, memory.readString(PAGE + 4095, 10).length);
        memory.writeByte(PAGE + 4095, 'c');
        assertEquals(3, memory.readString(PAGE + 4093, 3).length);
        if (host.has(HostCapability.FAULT_SAFE_COPY)) {
            assertThrows(GuestFault.class, () -> memory.readString(PAGE + 4093, 4));
            assertThrows(GuestFault.class, () -> memory.readString(PAGE + 9000));
        }
        byte[] longOne = new byte[3000];
        Arrays.fill(longOne, (byte) 'x');
        longOne[2999] = 0;
        memory.write(PAGE, longOne);
        assertEquals(2999, memory.readString(PAGE).length());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void sixteenBytesAreExchanged(Host host) {
        GuestMemory memory = memory(host);
        memory.writeLong(PAGE, 1);
        memory.writeLong(PAGE + 8, 2);
        long[] operands = {1, 3, 7, 8};
        assertFalse(memory.compareAndExchange128(PAGE, operands));
        assertArrayEquals(new long[] {1, 2, 7, 8}, operands);
        assertTrue(memory.compareAndExchange128(PAGE, operands));
        assertEquals(7, memory.readLong(PAGE));
        assertEquals(8, memory.readLong(PAGE + 8));
        if (host.has(HostCapability.FAULT_SAFE_COPY)) {
            assertThrows(GuestFault.class, () -> memory.compareAndExchange128(PAGE + 8192, operands));
            assertThrows(GuestFault.class, () -> memory.compareAndExchange128(1L << 47, operands));
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void signalReachesARegisteredThread(Host host) throws InterruptedException {
        long slot = host.registerThread();
        assertEquals(0, host.setSignalAction(SIGUSR1, SignalAction.CATCH, 0));
        host.syscall(HostSyscall.TGKILL, ProcessHandle.current().pid(), ThreadSlot.tid(slot), SIGUSR1);
        for (int i = 0; i < 1000 && !ThreadSlot.isPending(slot); i++) {
            Thread.sleep(5);
        }
        assertTrue(ThreadSlot.isPending(slot));
        assertEquals(SIGUSR1, ThreadSlot.signal(slot));
        assertEquals(-1, ThreadSlot.poll(slot));
        assertEquals(Host.ERESTARTSYS, host.interruptibleSyscall(slot, HostSyscall.GETPID, 0, 0, 0, 0, 0, 0));
        ThreadSlot.finishSignal(slot);
        host.setSignalMask(ThreadSlot.savedMask(slot));
        assertEquals(0, host.setSignalAction(SIGUSR1, SignalAction.IGNORE, 0));
        host.syscall(HostSyscall.TGKILL, ProcessHandle.current().pid(), ThreadSlot.tid(slot), SIGUSR1);
        assertFalse(ThreadSlot.isPending(slot));
        host.unregisterThread(slot);
    }
}
