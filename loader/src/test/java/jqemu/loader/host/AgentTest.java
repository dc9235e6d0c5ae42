package jqemu.loader.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jqemu.loader.NeedsNativeHost;
import org.junit.jupiter.api.Test;

/// Agents make system calls in processes of their own.
@NeedsNativeHost
final class AgentTest {
    private static final int SIGCHLD = 17;
    private static final int F_GETFD = 1;
    private static final int AT_FDCWD = -100;

    private final Host host = Host.open();

    private Agent start() {
        Agent agent = host.startAgent(SIGCHLD, new long[1]);
        assertNotNull(agent);
        return agent;
    }

    private int statusOf(Agent agent) {
        NativeBuffer buffer = new NativeBuffer();
        long status = buffer.allocate(4);
        assertEquals(agent.pid(), host.syscall(HostSyscall.WAIT4, agent.pid(), status, 0, 0));
        int value = buffer.getInt(status);
        buffer.free();
        return value;
    }

    private static long call(Agent agent, int number, long... a) {
        long[] all = Arrays.copyOf(a, 6);
        return agent.syscall(number, all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    @Test
    void itIsAChildWithDescriptorsOfItsOwn() {
        Agent agent = start();
        assertEquals(agent.pid(), call(agent, HostSyscall.GETPID));
        assertEquals(host.syscall(HostSyscall.GETPID), call(agent, HostSyscall.GETPPID));
        NativeBuffer buffer = new NativeBuffer();
        long root = buffer.string(new byte[] {'/'});
        long fd = call(agent, HostSyscall.OPENAT, AT_FDCWD, root, HostConstants.O_DIRECTORY);
        assertTrue(fd >= 0);
        long ours = host.syscall(HostSyscall.FCNTL, fd, F_GETFD);
        assertEquals(-9, ours, "EBADF: the descriptor is not ours");
        buffer.free();
        assertEquals(0, call(agent, HostSyscall.EXIT_GROUP, 7));
        assertTrue(agent.hasEnded());
        assertEquals(-HostConstants.ESRCH, call(agent, HostSyscall.GETPID));
        assertEquals(7 << 8, statusOf(agent));
        agent.free();
    }

    @Test
    void aRequiredCallThatFailsStopsTheListAndTheRestIsUndone() {
        Agent agent = start();
        CallList calls = new CallList()
                .add(HostSyscall.CLOSE, -1)
                .require(HostSyscall.FCHDIR, -1)
                .add(HostSyscall.EXIT_GROUP, 1);
        CallList undo = new CallList().add(HostSyscall.GETPID);
        assertTrue(agent.run(calls, undo));
        assertEquals(-9, calls.error());
        assertEquals(-9, calls.result(0));
        assertEquals(agent.pid(), undo.result(0));
        assertFalse(agent.hasEnded());
        call(agent, HostSyscall.EXIT_GROUP, 0);
        assertEquals(0, statusOf(agent));
        agent.free();
    }

    @Test
    void itLeavesByBecomingAnotherProgram() {
        Agent agent = start();
        NativeBuffer buffer = new NativeBuffer();
        long path = buffer.string("/bin/sh".getBytes(StandardCharsets.US_ASCII));
        long vector = buffer.allocate(32);
        buffer.putLong(vector, path);
        buffer.putLong(vector + 8, buffer.string(new byte[] {'-', 'c'}));
        buffer.putLong(vector + 16, buffer.string("exit 3".getBytes(StandardCharsets.US_ASCII)));
        buffer.putLong(vector + 24, 0);
        assertNotEquals(0, call(agent, HostSyscall.EXECVE, vector, vector, vector + 24));
        assertEquals(0, call(agent, HostSyscall.EXECVE, path, vector, vector + 24));
        assertTrue(agent.hasEnded());
        assertEquals(3 << 8, statusOf(agent));
        agent.free();
        buffer.free();
    }
}
